-- Rows placed on both boundary sets, by their area in each; rows of one area in both are one line of the answer.
SELECT earlier.kind, earlier.area_code AS old_code, later.area_code AS new_code, count(*) AS row_count
FROM location AS earlier
JOIN location AS later ON later.boundary_import_id = $new_import_id AND later.kind = earlier.kind
    AND later.row_import_id = earlier.row_import_id AND later.line_number = earlier.line_number
WHERE earlier.boundary_import_id = $old_import_id
    AND earlier.row_import_id IN (SELECT import_id FROM valid_import)
GROUP BY ALL ORDER BY kind, row_count DESC, old_code, new_code
