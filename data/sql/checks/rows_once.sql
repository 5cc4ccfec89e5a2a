-- A row counts once: no import that is in force holds it twice, no two of a region and kind hold it both.
SELECT region_code, kind, min(import_id), max(import_id), count(*), row_hash
FROM imported_row JOIN valid_import USING (import_id)
WHERE line_number IS NOT NULL AND row_hash IS NOT NULL
GROUP BY region_code, kind, row_hash
HAVING count(*) > 1
