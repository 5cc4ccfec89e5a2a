SELECT area_code, area_name, district_code, district_name, area_km2, geometry, geometry_simplified, import_id
FROM area WHERE import_id = $import_id AND import_id IN (SELECT import_id FROM valid_import) ORDER BY area_code
