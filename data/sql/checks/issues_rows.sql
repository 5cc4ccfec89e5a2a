-- An issue stands once and has brought exactly its rows.
SELECT issue_id, region_code, issue.kind, max(issue.row_count), max(found.row_count)
FROM issue
LEFT JOIN (
    SELECT 'ramalan' AS kind, issue_id, region_code, count(*) AS row_count FROM forecast_row GROUP BY ALL
    UNION ALL SELECT 'peringatan', issue_id, region_code, count(*) FROM alert_row GROUP BY ALL
) AS found USING (kind, issue_id, region_code)
GROUP BY issue_id, region_code, issue.kind
HAVING count(*) > 1 OR max(issue.row_count) <> coalesce(max(found.row_count), 0)
    OR issue.kind NOT IN ('ramalan', 'peringatan')
