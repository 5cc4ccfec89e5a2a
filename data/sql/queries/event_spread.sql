-- Whether some reports lie further apart than two that are put to a person as one event (`report_pairs`).
-- $hours, $distance_m: how far two may lie apart. $categories and $families: two lists that map one to the other.
WITH report AS (
    SELECT DISTINCT area_code, coalesce(left(area_code, 8), stated_district_code) AS district_code,
        epoch(occurred_on)::BIGINT // 86400 AS day, try_cast(occurred_time || ':00' AS TIME) AS clock,
        -- Both or neither, and only where they say more than the area does.
        CASE WHEN "precision" IN ('titik', 'rt') AND latitude IS NOT NULL THEN longitude END AS longitude,
        CASE WHEN "precision" IN ('titik', 'rt') AND longitude IS NOT NULL THEN latitude END AS latitude,
        $families[list_position($categories, category_code)] AS family
    FROM current_incident
    JOIN (SELECT unnest($import_id) AS import_id, unnest($line_number) AS line_number)
        USING (import_id, line_number)
),
numbered AS (
    SELECT *, row_number() OVER () AS number, 1440 * day + 60 * hour(clock) + minute(clock) AS minute_number
    FROM report
),
measured AS (
    SELECT abs(a.minute_number - b.minute_number) / 60 AS hours_apart, abs(a.day - b.day) AS days_apart,
        -- least() passes over NULL, so that a missing point needs a word of its own.
        CASE WHEN a.longitude IS NOT NULL AND b.longitude IS NOT NULL THEN 2 * 6371008.8 * asin(least(1, sqrt(
            sin(radians(b.latitude - a.latitude) / 2) ** 2
            + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(radians(b.longitude - a.longitude) / 2) ** 2
        ))) END AS distance_m,
        a.area_code = b.area_code AS same_area,
        a.district_code = b.district_code AS same_district,
        a.family = b.family AS same_family
    FROM numbered AS a JOIN numbered AS b ON a.number < b.number
)
SELECT
    coalesce(bool_or(NOT coalesce(hours_apart <= $hours, days_apart <= greatest($hours // 24 - 1, 0))), false),
    -- A report without a point or area lies apart only where its kecamatan says so.
    coalesce(bool_or(CASE
        WHEN same_area THEN false
        WHEN distance_m IS NOT NULL THEN distance_m > $distance_m
        ELSE NOT coalesce(same_area, same_district)
    END), false),
    coalesce(bool_or(NOT same_family), false)
FROM measured
