-- The edition of each body that is the newest of a day, on the areas in force; other spellings are the same body.
WITH known AS (
    SELECT *, lower(agency) AS body, max(assessed_on) OVER (PARTITION BY lower(agency), lower(edition)) AS edition_day
    FROM current_agency_class WHERE region_code = $region_code AND assessed_on <= $as_of
),
newest AS (
    SELECT body, arg_max(lower(edition), (edition_day, lower(edition))) AS edition, first(agency ORDER BY agency) AS agency
    FROM known GROUP BY body
)
SELECT newest.agency, known.edition, known.assessed_on, current_area.area_code, known.class_code, known.reason,
    known.simulated
FROM known
JOIN newest ON newest.body = known.body AND newest.edition = lower(known.edition)
JOIN current_area ON current_area.region_code = known.region_code
    AND current_area.area_code = known.stated_area_code
ORDER BY newest.agency, current_area.area_code
