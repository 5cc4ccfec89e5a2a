-- Every row that stands in an event, with its event.
SELECT import_id, line_number, event_id FROM member ORDER BY event_id, import_id, line_number
