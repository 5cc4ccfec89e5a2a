-- A report for a district or the whole region is one row for each area that it covers.
SELECT current_area.area_code, report.import_id, report.line_number, report.source_name, report.period_start,
    report.period_end, report.reported_on
FROM current_nil_report AS report
JOIN current_area ON current_area.region_code = report.region_code
    AND coalesce(
        report.stated_area_code = current_area.area_code,
        report.stated_district_code = current_area.district_code,
        true
    )
WHERE report.region_code = $region_code AND report.reported_on BETWEEN $since AND $as_of
    AND report.period_start <= $as_of
ORDER BY ALL
