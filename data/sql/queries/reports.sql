-- Reports as they came in: how many of one event day, from one source, on one day of reporting.
SELECT area_code, coalesce(left(area_code, 8), stated_district_code) AS district_code, source_name, category_code, occurred_on, reported_on, report_date_missing, count(*) AS report_count
FROM current_incident
WHERE region_code = $region_code AND reported_on BETWEEN $since AND $as_of AND NOT outside_region
GROUP BY ALL
ORDER BY ALL
