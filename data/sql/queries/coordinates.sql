-- Every row of a region that can be laid on a boundary set.
SELECT 'incident' AS kind, import_id AS row_import_id, line_number, longitude, latitude, stated_area_code,
    "precision" IN ('titik', 'rt') AS follows_point, "precision" NOT IN ('kecamatan', 'kabupaten') AS not_coarser_than_area
FROM incident JOIN valid_import USING (import_id) WHERE incident.region_code = $region_code
UNION ALL
SELECT 'station', import_id, line_number, longitude, latitude, stated_area_code, false, true
FROM station JOIN valid_import USING (import_id) WHERE station.region_code = $region_code
