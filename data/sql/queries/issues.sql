-- What was issued, oldest first, and the newest report that the store held by then; without a region that of all.
WITH known AS (
    SELECT incident.region_code, recorded_at, max(reported_on) AS newest
    FROM incident JOIN import_record USING (import_id)
    GROUP BY ALL
)
SELECT issue_id, region_code, kind, as_of, horizon_days, snapshot, weights_digest, method, row_count, rows_sha256,
    previous_sha256, sha256, simulated, actor, issued_on, recorded_at,
    (
        SELECT max(newest) FROM known
        WHERE known.region_code = issue.region_code AND known.recorded_at <= issue.recorded_at
    ) AS newest_report_on
FROM issue
WHERE $region_code IS NULL OR region_code = $region_code
ORDER BY recorded_at, issue_id
