-- What became of the coordinates: faults and repairs with the file's own texts, and no point where there is a fault.
CREATE OR REPLACE TEMP TABLE coordinate_faults AS
SELECT line_number, column_name,
    CASE WHEN rule IN ('swapped', 'zero', 'far_away', 'one_cell', 'not_repaired') THEN concat_ws('; ', lintang, bujur)
         WHEN rule = 'half_coordinate' THEN NULL
         WHEN column_name = 'lintang' THEN coalesce(lintang, bujur)
         ELSE coalesce(bujur, lintang) END AS value,
    rule, facts
FROM found_faults JOIN staged USING (line_number);

UPDATE points SET latitude = NULL, longitude = NULL
FROM coordinate_faults WHERE coordinate_faults.line_number = points.line_number;

CREATE OR REPLACE TEMP TABLE coordinate_repairs AS
SELECT line_number, column_name,
    CASE column_name WHEN 'lintang' THEN lintang ELSE bujur END AS original_value,
    CASE column_name WHEN 'lintang' THEN latitude ELSE longitude END::VARCHAR AS repaired_value,
    rule, confidence
FROM (
    SELECT line_number, column_name, concat_ws('+', written.rule, placed.rule) AS rule,
        least(written.confidence, placed.confidence) AS confidence
    FROM (SELECT * FROM found_repairs WHERE rule = 'one_cell') AS written
    FULL JOIN (SELECT * FROM found_repairs WHERE rule <> 'one_cell') AS placed USING (line_number, column_name)
)
JOIN staged USING (line_number)
JOIN points USING (line_number)
WHERE latitude IS NOT NULL;

DROP TABLE found_faults;
DROP TABLE found_repairs;
DROP TABLE coordinate_unread;
DROP TABLE coordinate_lookup;
DROP TABLE coordinate_read;
