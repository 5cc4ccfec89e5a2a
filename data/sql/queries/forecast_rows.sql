-- The rows of all issued forecasts; without a region those of all regions.
SELECT * FROM forecast_row
WHERE $region_code IS NULL OR region_code = $region_code
ORDER BY ALL
