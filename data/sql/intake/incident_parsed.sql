-- One typed row for each staged line; a value that cannot be read is NULL and becomes a fault later.
CREATE OR REPLACE TEMP TABLE parsed AS
SELECT
    staged.line_number,
    staged.id_sumber AS source_id,
    occurred.day AS occurred_on,
    CASE WHEN regexp_full_match(staged.jam, '([01]?[0-9]|2[0-3])[.:][0-5][0-9]([.:][0-5][0-9])?')
        THEN lpad(regexp_extract(staged.jam, '^[0-9]+'), 2, '0') || ':'
            || regexp_extract(staged.jam, '[.:]([0-9]{2})', 1) END AS occurred_time,
    reported.day AS reported_on,
    category.code AS category_code,
    CASE WHEN regexp_full_match(staged.keparahan, '[1-5]') THEN staged.keparahan::TINYINT END AS severity,
    CASE WHEN regexp_matches(staged.uraian, '[0-9@]')
        THEN regexp_replace(staged.uraian, $personal, '[disamarkan]', 'g')
        ELSE staged.uraian END AS description,
    place.area_code AS stated_area_code,
    place.district_code AS stated_district_code,
    try_cast(CASE WHEN $comma_longitude THEN replace(staged.bujur, ',', '.') ELSE staged.bujur END AS DOUBLE)
        AS longitude,
    try_cast(CASE WHEN $comma_latitude THEN replace(staged.lintang, ',', '.') ELSE staged.lintang END AS DOUBLE)
        AS latitude,
    coalesce(lower(staged.presisi),
        CASE WHEN staged.bujur IS NOT NULL THEN 'titik'
             WHEN place.area_code IS NOT NULL THEN 'kelurahan' ELSE 'kecamatan' END) AS "precision",
    CASE WHEN regexp_matches(staged.sumber, '[0-9@]')
        THEN regexp_replace(staged.sumber, $personal, '[disamarkan]', 'g')
        ELSE staged.sumber END AS source_name,
    coalesce(replace(replace(lower(staged.status), ' ', '_'), '-', '_'), 'masuk') AS verification,
    coalesce(contains(lower(staged.penanda), 'simulasi'), false)
        OR coalesce(contains(lower(staged.sumber), 'simulasi'), false)
        OR coalesce(starts_with(upper(staged.id_sumber), 'SIM-'), false) AS simulated,
    place.rule AS place_rule,
    place.facts AS place_facts
FROM staged
LEFT JOIN date_lookup AS occurred
    ON occurred.column_name = 'tanggal_kejadian' AND occurred.text = staged.tanggal_kejadian
LEFT JOIN date_lookup AS reported
    ON reported.column_name = 'tanggal_laporan' AND reported.text = staged.tanggal_laporan
LEFT JOIN category_lookup AS category ON category.text = staged.kategori
LEFT JOIN place_lookup AS place
    ON place.place_key = concat_ws(chr(31), coalesce(staged.kode_kelurahan, ''), coalesce(staged.kelurahan, ''),
        coalesce(staged.kecamatan, ''))
