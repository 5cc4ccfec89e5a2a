SELECT area_code, area_name, district_code, district_name
FROM current_area WHERE region_code = $region_code ORDER BY area_code
