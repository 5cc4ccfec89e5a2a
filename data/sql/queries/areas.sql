SELECT area_code, area_name, district_code, district_name, area_km2, geometry, geometry_simplified, import_id
FROM current_area WHERE region_code = $region_code ORDER BY area_code
