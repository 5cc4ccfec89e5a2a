-- Coordinates that cannot be right, for any table with lintang and bujur.
CREATE OR REPLACE TEMP TABLE coordinate_faults AS
SELECT line_number, 'lintang' AS column_name, lintang AS value, 'number' AS rule, NULL::VARCHAR AS facts
FROM parsed WHERE lintang IS NOT NULL AND (latitude IS NULL OR NOT isfinite(latitude))
UNION ALL
SELECT line_number, 'bujur', bujur, 'number', NULL
FROM parsed WHERE bujur IS NOT NULL AND (longitude IS NULL OR NOT isfinite(longitude))
UNION ALL
SELECT line_number, 'lintang', NULL, 'half_coordinate', bujur
FROM parsed WHERE lintang IS NULL AND bujur IS NOT NULL
UNION ALL
SELECT line_number, 'bujur', NULL, 'half_coordinate', lintang
FROM parsed WHERE bujur IS NULL AND lintang IS NOT NULL
UNION ALL
SELECT line_number, 'lintang', lintang || '; ' || bujur, 'swapped', NULL
FROM parsed WHERE latitude BETWEEN 94 AND 142 AND longitude BETWEEN -12 AND 8
UNION ALL
SELECT line_number, 'lintang', lintang, 'latitude_range', NULL
FROM parsed
WHERE isfinite(latitude) AND latitude NOT BETWEEN -12 AND 8
    AND NOT coalesce(latitude BETWEEN 94 AND 142 AND longitude BETWEEN -12 AND 8, false)
UNION ALL
SELECT line_number, 'bujur', bujur, 'longitude_range', NULL
FROM parsed
WHERE isfinite(longitude) AND longitude NOT BETWEEN 94 AND 142
    AND NOT coalesce(latitude BETWEEN 94 AND 142 AND longitude BETWEEN -12 AND 8, false)
