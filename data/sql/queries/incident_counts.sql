-- What was known on a day: one row per area, category, severity, verification and day of the event.
SELECT area_code, coalesce(left(area_code, 8), stated_district_code) AS district_code, category_code, severity,
    coalesce(state, verification) AS verification, occurred_on, count(*) AS incident_count
FROM current_incident
LEFT JOIN journal USING (import_id, line_number)
LEFT JOIN member USING (import_id, line_number)
WHERE region_code = $region_code AND reported_on <= $as_of AND occurred_on BETWEEN $start AND $end
    AND coalesce(represents, true) AND NOT outside_region
GROUP BY ALL
ORDER BY ALL
