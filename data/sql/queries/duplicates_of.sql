-- The valid imports that delivered rows of another import too, as duplicates, and how many.
SELECT import_id, count(*) AS row_count
FROM duplicate_row
WHERE of_import_id = $import_id AND import_id <> $import_id
    AND import_id NOT IN (SELECT import_id FROM import_undo)
GROUP BY import_id ORDER BY import_id
