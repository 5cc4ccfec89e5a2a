-- One typed row for each staged line; a value that cannot be read is NULL and becomes a fault later.
-- The raw columns stay beside the typed ones, under their own names, so that faults can quote them; personal
-- numbers are masked in both.
-- row_hash names the whole content; identity_hash names the event that the row speaks of.
CREATE OR REPLACE TEMP TABLE parsed AS
SELECT *,
    id_sumber AS source_id,
    sumber AS source_name,
    coalesce(reported, occurred_on) AS reported_on,
    reported IS NULL AS report_date_missing,
    md5_number_lower(concat_ws(chr(31), coalesce(id_sumber, ''), coalesce(sumber, ''), occurred_on,
        coalesce(occurred_time, ''), coalesce(reported::VARCHAR, ''), category_code, severity,
        coalesce(description, ''), coalesce(stated_area_code, ''), coalesce(stated_district_code, ''),
        coalesce(longitude::VARCHAR, ''), coalesce(latitude::VARCHAR, ''), "precision", verification))
        AS row_hash,
    md5_number_lower(CASE WHEN id_sumber IS NOT NULL
        THEN concat_ws(chr(31), 'id', coalesce(sumber, ''), id_sumber)
        ELSE concat_ws(chr(31), 'row', coalesce(sumber, ''), occurred_on, coalesce(occurred_time, ''),
            category_code, coalesce(description, ''), coalesce(stated_area_code, ''),
            coalesce(stated_district_code, ''), coalesce(longitude::VARCHAR, ''),
            coalesce(latitude::VARCHAR, '')) END) AS identity_hash
FROM (
    SELECT staged.* EXCLUDE (uraian) REPLACE (regexp_replace(sumber, $personal, '[disamarkan]', 'g') AS sumber),
        occurred.day AS occurred_on,
        clock.code AS occurred_time,
        reported.day AS reported,
        category.code AS category_code,
        CASE WHEN staged.keparahan IN ('1', '2', '3', '4', '5') THEN staged.keparahan::TINYINT END AS severity,
        regexp_replace(staged.uraian, $personal, '[disamarkan]', 'g') AS description,
        place.area_code AS stated_area_code,
        place.district_code AS stated_district_code,
        try_cast(CASE WHEN $comma_longitude THEN replace(staged.bujur, ',', '.') ELSE staged.bujur END AS DOUBLE)
            AS longitude,
        try_cast(CASE WHEN $comma_latitude THEN replace(staged.lintang, ',', '.') ELSE staged.lintang END AS DOUBLE)
            AS latitude,
        coalesce(lower(staged.presisi),
            CASE WHEN staged.bujur IS NOT NULL THEN 'titik'
                 WHEN place.area_code IS NOT NULL THEN 'kelurahan' ELSE 'kecamatan' END) AS "precision",
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
    LEFT JOIN time_lookup AS clock ON clock.text = staged.jam
    LEFT JOIN place_lookup AS place
        ON place.place_key = concat_ws(chr(31), coalesce(staged.kode_kelurahan, ''), coalesce(staged.kelurahan, ''),
            coalesce(staged.kecamatan, ''))
)
