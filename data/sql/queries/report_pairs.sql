-- Reports of a period that may tell of one event; only neighbours in time, place and family are ever compared.
-- $hours, $distance_m: how far two reports may lie apart. $text_minimum, $same_category_bonus,
-- $confidence_without_text, $ignored_words: how alike they must be. $categories and $families: two lists that
-- map one to the other. $most_reports, $most_per_block, $most_pairs: bounds of the work.
, asked AS (
    SELECT import_id, line_number, occurred_on, occurred_time, category_code, severity, source_name, description,
        coalesce(state, verification) AS verification, area_code,
        -- Both or neither, and only where they say more than the area does.
        CASE WHEN "precision" IN ('titik', 'rt') AND latitude IS NOT NULL THEN longitude END AS longitude,
        CASE WHEN "precision" IN ('titik', 'rt') AND longitude IS NOT NULL THEN latitude END AS latitude,
        coalesce(event_id, import_id || ':' || line_number) AS event_key
    FROM current_incident
    LEFT JOIN journal USING (import_id, line_number)
    LEFT JOIN member USING (import_id, line_number)
    WHERE region_code = $region_code AND reported_on <= $as_of AND occurred_on BETWEEN $start AND $end
        AND coalesce(state, verification) <> 'ditolak'
),
placed AS MATERIALIZED (
    SELECT * FROM asked WHERE area_code IS NOT NULL OR longitude IS NOT NULL
),
newest AS (
    SELECT *, epoch(occurred_on)::BIGINT // 86400 AS day, try_cast(occurred_time || ':00' AS TIME) AS clock
    FROM placed ORDER BY occurred_on DESC, import_id, line_number LIMIT $most_reports
),
described AS (
    SELECT *,
        row_number() OVER (ORDER BY day, clock NULLS LAST, import_id, line_number) AS number,
        $families[list_position($categories, category_code)] AS family,
        1440 * day + 60 * hour(clock) + minute(clock) AS minute_number,
        -- A cell is at least as wide and high as the distance; cos(latitude) is above 0.97 all over Indonesia.
        floor(longitude * 111320 * 0.97 / $distance_m)::BIGINT AS cell_x,
        floor(latitude * 110574 / $distance_m)::BIGINT AS cell_y,
        list_distinct(list_filter(
            string_split_regex(lower(strip_accents(description)), '[^a-z0-9]+'),
            lambda word: length(word) > 2 AND NOT list_contains($ignored_words, word)
        )) AS words
    FROM newest
),
report AS MATERIALIZED (
    SELECT *,
        area_code IS NOT NULL AND row_number() OVER (
            PARTITION BY family, day, area_code ORDER BY number DESC) <= $most_per_block AS in_area,
        cell_x IS NOT NULL AND row_number() OVER (
            PARTITION BY family, day, cell_x, cell_y ORDER BY number DESC) <= $most_per_block AS in_cell
    FROM described
),
step AS (SELECT unnest(range(ceil($hours / 24)::BIGINT + 1)) AS step),
near AS (
    SELECT DISTINCT first_number, second_number FROM (
        SELECT a.number AS first_number, b.number AS second_number
        FROM (SELECT number, family, area_code, day + step AS day FROM report, step WHERE in_area) AS a
        JOIN (SELECT number, family, area_code, day FROM report WHERE in_area) AS b USING (family, area_code, day)
        UNION ALL
        SELECT a.number, b.number
        FROM (
            SELECT number, family, cell_x + x AS cell_x, cell_y + y AS cell_y, day + step AS day
            FROM report, step, (SELECT unnest([-1, 0, 1]) AS x), (SELECT unnest([-1, 0, 1]) AS y) WHERE in_cell
        ) AS a
        JOIN (SELECT number, family, cell_x, cell_y, day FROM report WHERE in_cell) AS b
            USING (family, cell_x, cell_y, day)
    ) WHERE first_number < second_number
),
measured AS (
    SELECT first_number, second_number, a.event_key AS first_event, b.event_key AS second_event,
        abs(a.minute_number - b.minute_number) / 60 AS hours_apart,
        b.day - a.day AS days_apart,
        CASE WHEN a.cell_x IS NOT NULL AND b.cell_x IS NOT NULL THEN 2 * 6371008.8 * asin(least(1, sqrt(
            sin(radians(b.latitude - a.latitude) / 2) ** 2
            + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(radians(b.longitude - a.longitude) / 2) ** 2
        ))) END AS distance_m,
        coalesce(a.area_code = b.area_code, false) AS same_area,
        a.category_code = b.category_code AS same_category,
        a.words AS first_words, b.words AS second_words
    FROM near
    JOIN report AS a ON a.number = first_number
    JOIN report AS b ON b.number = second_number
    WHERE a.event_key <> b.event_key
),
compared AS (
    SELECT * EXCLUDE (first_words, second_words),
        -- Jaccard: shared words / all words; NULL where either text is missing or holds no word.
        CASE WHEN len(first_words) > 0 AND len(second_words) > 0 THEN
            len(list_intersect(first_words, second_words))
            / (len(first_words) + len(second_words) - len(list_intersect(first_words, second_words))) END AS similarity
    FROM measured
    WHERE (same_area OR distance_m <= $distance_m)
        -- Without both hours: so many days that the hours may be what they like.
        AND coalesce(hours_apart <= $hours, days_apart <= greatest($hours // 24 - 1, 0))
),
judged AS (
    SELECT *,
        CASE WHEN similarity IS NOT NULL THEN least(1, similarity + if(same_category, $same_category_bonus, 0))
             WHEN same_category THEN $confidence_without_text END AS confidence
    FROM compared
),
apart_member AS (
    SELECT decision_id, coalesce(event_id, import_id || ':' || line_number) AS event_key
    FROM event_decision_member JOIN current_event_decision USING (decision_id)
    LEFT JOIN member USING (import_id, line_number)
    WHERE region_code = $region_code AND outcome = 'terpisah' AND decided_on <= $as_of
),
apart AS (
    SELECT DISTINCT a.event_key AS first_event, b.event_key AS second_event
    FROM apart_member AS a JOIN apart_member AS b USING (decision_id)
),
best AS (
    SELECT * FROM judged ANTI JOIN apart USING (first_event, second_event)
    WHERE confidence IS NOT NULL AND (similarity IS NULL OR confidence >= $text_minimum)
    QUALIFY row_number() OVER (
        PARTITION BY least(first_event, second_event), greatest(first_event, second_event)
        ORDER BY confidence DESC, first_number, second_number
    ) = 1
),
facts AS (
    SELECT (SELECT count(*) FROM placed) AS report_count,
        (SELECT count(*) FROM report WHERE in_area OR in_cell) AS searched_count,
        (SELECT count(*) FROM best) AS pair_count
),
shown AS (SELECT * FROM best ORDER BY confidence DESC, second_number DESC, first_number DESC LIMIT $most_pairs)
SELECT a.import_id AS first_import_id, a.line_number AS first_line_number, a.occurred_on AS first_occurred_on,
    a.occurred_time AS first_occurred_time, a.category_code AS first_category_code, a.severity AS first_severity,
    a.verification AS first_verification, a.description AS first_description, a.source_name AS first_source_name,
    a.area_code AS first_area_code,
    b.import_id AS second_import_id, b.line_number AS second_line_number, b.occurred_on AS second_occurred_on,
    b.occurred_time AS second_occurred_time, b.category_code AS second_category_code, b.severity AS second_severity,
    b.verification AS second_verification, b.description AS second_description, b.source_name AS second_source_name,
    b.area_code AS second_area_code,
    hours_apart, days_apart, distance_m, same_area, same_category, similarity, confidence,
    report_count, searched_count, pair_count
FROM facts
LEFT JOIN shown ON true
LEFT JOIN report AS a ON a.number = first_number
LEFT JOIN report AS b ON b.number = second_number
ORDER BY confidence DESC NULLS LAST, second_number DESC, first_number DESC
