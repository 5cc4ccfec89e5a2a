-- What the texts mean that are no plain numbers: points, and the faults of those that mean nothing.
CREATE OR REPLACE TEMP TABLE coordinate_read AS
SELECT line_number, unread.lintang, unread.bujur, latitude, longitude, one_cell, latitude_rule, longitude_rule
FROM coordinate_unread AS unread
JOIN coordinate_lookup AS lookup
    ON unread.lintang IS NOT DISTINCT FROM lookup.lintang AND unread.bujur IS NOT DISTINCT FROM lookup.bujur;

UPDATE points SET latitude = coordinate_read.latitude, longitude = coordinate_read.longitude
FROM coordinate_read WHERE coordinate_read.line_number = points.line_number;

INSERT INTO found_faults
SELECT line_number, 'lintang', latitude_rule, CASE WHEN latitude_rule = 'half_coordinate' THEN bujur END
FROM coordinate_read WHERE latitude_rule IS NOT NULL
UNION ALL
SELECT line_number, 'bujur', longitude_rule, CASE WHEN longitude_rule = 'half_coordinate' THEN lintang END
FROM coordinate_read WHERE longitude_rule IS NOT NULL;
