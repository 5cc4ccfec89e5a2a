-- What was known on a day, with the day each report came in: what an earlier day knew can be cut out of it.
, told AS (
    SELECT event_id, min(source_name) AS first_source, max(source_name) AS last_source
    FROM member JOIN current_incident USING (import_id, line_number)
    LEFT JOIN journal USING (import_id, line_number)
    WHERE coalesce(state, verification) <> 'ditolak'
    GROUP BY event_id
)
SELECT area_code, coalesce(left(area_code, 8), stated_district_code) AS district_code, category_code, severity,
    coalesce(state, verification) AS verification, source_name,
    CASE WHEN first_source IS DISTINCT FROM source_name THEN first_source ELSE last_source END AS other_source,
    occurred_on, reported_on, count(*) AS incident_count
FROM current_incident
LEFT JOIN journal USING (import_id, line_number)
LEFT JOIN member USING (import_id, line_number)
LEFT JOIN told USING (event_id)
WHERE region_code = $region_code AND reported_on <= $as_of AND occurred_on BETWEEN $start AND $as_of
    AND coalesce(represents, true) AND NOT outside_region
GROUP BY ALL
ORDER BY ALL
