SELECT import_id, line_number, source_id, occurred_on, occurred_time, reported_on, report_date_missing,
    category_code, severity, verification, description, source_name, area_code, stated_area_code, point_area_code,
    coalesce(left(area_code, 8), stated_district_code) AS district_code, method, basis, distance_m, disagrees,
    longitude, latitude, "precision", simulated
FROM current_incident
WHERE region_code = $region_code AND reported_on <= $as_of AND occurred_on BETWEEN $start AND $end
ORDER BY occurred_on DESC, occurred_time DESC NULLS LAST, import_id, line_number
