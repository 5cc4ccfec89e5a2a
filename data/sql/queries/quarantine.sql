SELECT line_number, column_name, value, rule, facts, raw_row
FROM open_quarantine WHERE import_id = $import_id ORDER BY line_number, column_name, rule
