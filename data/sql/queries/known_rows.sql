-- Those of some rows that the region has and that count.
SELECT import_id, line_number
FROM incident JOIN (SELECT unnest($import_id) AS import_id, unnest($line_number) AS line_number)
    USING (import_id, line_number)
WHERE region_code = $region_code AND import_id NOT IN (SELECT import_id FROM import_undo)
