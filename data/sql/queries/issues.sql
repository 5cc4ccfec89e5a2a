-- What was issued, oldest first; without a region that of all regions.
SELECT issue_id, region_code, kind, as_of, horizon_days, snapshot, weights_digest, method, row_count, rows_sha256,
    previous_sha256, sha256, simulated, actor, issued_on, recorded_at
FROM issue
WHERE $region_code IS NULL OR region_code = $region_code
ORDER BY recorded_at, issue_id
