-- What was last stated of each area and indicator until a day, on the areas in force.
SELECT current_area.area_code, stated.indicator_code, stated.value, stated.observed_on, stated.source_name
FROM current_area_indicator AS stated
JOIN current_area ON current_area.region_code = stated.region_code
    AND current_area.area_code = stated.stated_area_code
WHERE stated.region_code = $region_code AND stated.observed_on <= $as_of
QUALIFY row_number() OVER (
    PARTITION BY current_area.area_code, stated.indicator_code
    ORDER BY stated.observed_on DESC, stated.import_id DESC, stated.line_number DESC
) = 1
ORDER BY current_area.area_code, stated.indicator_code
