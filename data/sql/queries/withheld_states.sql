-- The incidents of an import that its file calls verified; with the state that nobody but the file has given them yet.
SELECT incident.region_code, import_id, line_number, verification AS state, reported_on
FROM incident
WHERE import_id = $import_id AND verification IN ('terverifikasi', 'ditangani', 'selesai')
    AND (import_id, line_number) NOT IN (
        SELECT (import_id, line_number) FROM verification_entry
        WHERE import_id = $import_id AND entry_id <> $entry_id
    )
