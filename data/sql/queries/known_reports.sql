-- What people had decided about reports until a day; a query that asks for the state of incidents follows.
-- The small tables stand on the right of each join, so that without decisions nearly nothing is to be done.
WITH journal AS (
    SELECT import_id, line_number,
        arg_max(state, (recorded_at, entry_id)) AS state,
        arg_max(source_grade, (recorded_at, entry_id)) AS source_grade,
        arg_max(content_grade, (recorded_at, entry_id)) AS content_grade
    FROM verification_entry
    WHERE region_code = $region_code AND decided_on <= $as_of
    GROUP BY import_id, line_number
),
standing AS (
    SELECT import_id, line_number, arg_max(decision_id, (recorded_at, decision_id)) AS event_id
    FROM event_decision_member JOIN current_event_decision USING (decision_id)
    WHERE region_code = $region_code AND outcome = 'satu' AND decided_on <= $as_of
    GROUP BY import_id, line_number
),
member AS (
    SELECT import_id, line_number, event_id, count(*) OVER (PARTITION BY event_id) AS report_count,
        row_number() OVER (
            PARTITION BY event_id
            ORDER BY coalesce(state, verification) = 'ditolak', outside_region,
                coalesce(state, verification) IN ('terverifikasi', 'ditangani', 'selesai') DESC,
                severity DESC, "precision" IN ('kecamatan', 'kabupaten'), reported_on, import_id, line_number
        ) = 1 AS represents
    FROM current_incident
    JOIN standing USING (import_id, line_number)
    LEFT JOIN journal USING (import_id, line_number)
    WHERE region_code = $region_code AND reported_on <= $as_of
)
