-- Every row of a valid import is laid once on the boundaries in force, as soon as there are any.
WITH expected AS (
    SELECT valid_import.region_code, valid_import.import_id, boundary_import.import_id AS boundary_import_id
    FROM valid_import JOIN boundary_import USING (region_code)
),
held AS (
    SELECT import_id, count(*) AS row_count, bit_xor(hash(line_number)) AS rows_hash
    FROM imported_row WHERE placed GROUP BY import_id
),
laid AS (
    SELECT boundary_import_id, row_import_id AS import_id, count(*) AS row_count,
        bit_xor(hash(line_number)) AS rows_hash
    FROM location SEMI JOIN expected USING (boundary_import_id) GROUP BY ALL
)
SELECT region_code, import_id, held.row_count, laid.row_count
FROM expected JOIN held USING (import_id) LEFT JOIN laid USING (boundary_import_id, import_id)
WHERE held.row_count IS DISTINCT FROM laid.row_count OR held.rows_hash IS DISTINCT FROM laid.rows_hash
