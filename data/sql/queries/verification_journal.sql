-- The states of one incident, oldest first; the first is the one that its file gave it.
SELECT * FROM (
    SELECT NULL AS entry_id, verification AS state, NULL AS source_grade, NULL AS content_grade, NULL AS reason,
        valid_import.actor, reported_on AS decided_on, recorded_at
    FROM incident JOIN valid_import USING (region_code, import_id)
    WHERE incident.region_code = $region_code AND import_id = $import_id AND line_number = $line_number
    UNION ALL
    SELECT entry_id, state, source_grade, content_grade, reason, actor, decided_on, recorded_at
    FROM verification_entry
    WHERE region_code = $region_code AND import_id = $import_id AND line_number = $line_number
)
ORDER BY entry_id IS NOT NULL, recorded_at, entry_id
