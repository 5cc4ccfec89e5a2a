-- Every import has brought exactly the rows its record says.
SELECT import_id, accepted_count, coalesce(found, 0) FROM import_record
LEFT JOIN (SELECT import_id, count(*) AS found FROM imported_row GROUP BY import_id) USING (import_id)
WHERE accepted_count <> coalesce(found, 0)
