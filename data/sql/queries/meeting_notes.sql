SELECT held_on, title, item_kind, item_day, category_code, item_text, import_id, line_number, simulated
FROM meeting_note
WHERE region_code = $region_code AND import_id NOT IN (SELECT import_id FROM import_undo)
ORDER BY held_on DESC, title, import_id, line_number
