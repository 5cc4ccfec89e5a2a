SELECT kind, import_id IN (SELECT import_id FROM import_undo) AS undone
FROM import_record WHERE region_code = $region_code AND import_id = $import_id
