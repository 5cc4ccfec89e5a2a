-- The rows of all issued alerts; without a region those of all regions.
SELECT * FROM alert_row
WHERE $region_code IS NULL OR region_code = $region_code
ORDER BY ALL
