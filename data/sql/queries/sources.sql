SELECT DISTINCT source_name FROM incident
WHERE region_code = $region_code AND source_name IS NOT NULL AND import_id NOT IN (SELECT import_id FROM import_undo)
ORDER BY source_name
