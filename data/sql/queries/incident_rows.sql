SELECT import_id, line_number, source_id, occurred_on, occurred_time, reported_on, report_date_missing,
    category_code, severity, coalesce(state, verification) AS verification, source_grade, content_grade,
    description, source_name, area_code, stated_area_code, point_area_code,
    coalesce(left(area_code, 8), stated_district_code) AS district_code, method, basis, distance_m, disagrees, outside_region,
    longitude, latitude, "precision", simulated,
    CASE WHEN report_count > 1 THEN event_id END AS event_id,
    coalesce(represents, true) AS represents,
    coalesce(report_count, 1) AS report_count
FROM current_incident
LEFT JOIN journal USING (import_id, line_number)
LEFT JOIN member USING (import_id, line_number)
WHERE region_code = $region_code AND reported_on <= $as_of AND occurred_on BETWEEN $start AND $end
ORDER BY occurred_on DESC, occurred_time DESC NULLS LAST, import_id, line_number
