SELECT coalesce(area_code, stated_district_code) AS area_code, source_name
FROM current_incident
WHERE region_code = $region_code AND import_id = $import_id AND line_number = $line_number
