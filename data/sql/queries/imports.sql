SELECT import_id, kind, file_name, row_count, accepted_count, quarantined_count, duplicate_count, simulated,
    actor, recorded_at, facts, import_id IN (SELECT import_id FROM import_undo) AS undone
FROM import_record
WHERE region_code = $region_code ORDER BY recorded_at DESC, import_id DESC
