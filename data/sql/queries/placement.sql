-- How the incidents of a period came to their areas.
SELECT count(*) AS incident_count,
    count(*) FILTER (WHERE area_code IS NULL) AS without_area_count,
    count(*) FILTER (WHERE method = 'border') AS border_count,
    count(*) FILTER (WHERE method = 'outside') AS outside_count,
    count(*) FILTER (WHERE method = 'no_coordinate') AS no_coordinate_count,
    count(*) FILTER (WHERE disagrees) AS disagreeing_count
FROM current_incident
WHERE region_code = $region_code AND reported_on <= $as_of AND occurred_on BETWEEN $start AND $end
