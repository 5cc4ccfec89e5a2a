-- Lines whose whole content is in already: in the store, or earlier in this file.
CREATE OR REPLACE TEMP TABLE repeats AS
WITH first_here AS (
    SELECT row_hash, min(line_number) AS line_number FROM hashed GROUP BY row_hash
)
SELECT hashed.line_number, stored.import_id AS of_import_id,
    coalesce(stored.line_number, first_here.line_number) AS of_line_number
FROM hashed
JOIN first_here USING (row_hash)
LEFT JOIN stored USING (row_hash)
WHERE stored.row_hash IS NOT NULL OR hashed.line_number <> first_here.line_number
