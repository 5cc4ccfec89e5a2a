-- What was known on a day, with the day each report came in: what an earlier day knew can be cut out of it.
SELECT area_code, coalesce(left(area_code, 8), stated_district_code) AS district_code, category_code, severity,
    coalesce(state, verification) AS verification, source_name, occurred_on, reported_on, count(*) AS incident_count
FROM current_incident
LEFT JOIN journal USING (import_id, line_number)
LEFT JOIN member USING (import_id, line_number)
WHERE region_code = $region_code AND reported_on <= $as_of AND occurred_on BETWEEN $start AND $as_of
    AND coalesce(represents, true)
GROUP BY ALL
ORDER BY ALL
