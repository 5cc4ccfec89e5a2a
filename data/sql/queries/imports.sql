SELECT import_id, kind, file_name, row_count, accepted_count, quarantined_count,
    coalesce(held.line_count, 0) AS open_quarantine_count, duplicate_count, simulated, actor, recorded_at, facts,
    code_system, vintage, import_id IN (SELECT import_id FROM import_undo) AS undone
FROM import_record
LEFT JOIN (
    SELECT import_id, count(DISTINCT line_number) AS line_count FROM open_quarantine GROUP BY import_id
) AS held USING (import_id)
WHERE region_code = $region_code ORDER BY recorded_at DESC, import_id DESC
