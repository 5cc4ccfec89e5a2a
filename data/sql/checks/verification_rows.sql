-- A journal entry is about an incident of its region, gives it a known state, and says why.
WITH entry AS MATERIALIZED (
    SELECT import_id, line_number, region_code, entry_id, state,
        coalesce(trim(reason), '') = '' OR decided_on IS NULL
            OR state NOT IN ('terverifikasi', 'ditangani', 'selesai', 'masuk', 'tidak_dapat_dipastikan', 'ditolak')
            OR coalesce(source_grade NOT IN ('A', 'B', 'C', 'D', 'E', 'F'), false)
            OR coalesce(content_grade NOT IN ('1', '2', '3', '4', '5', '6'), false) AS wrong
    FROM verification_entry
),
known AS (
    SELECT import_id, line_number, region_code, true AS known
    FROM incident SEMI JOIN entry USING (import_id, line_number)
)
SELECT entry_id, region_code, import_id, line_number, state
FROM entry LEFT JOIN known USING (import_id, line_number, region_code)
WHERE wrong OR known IS NULL
