-- One typed row for each staged line; a value that cannot be read is NULL and becomes a fault later.
-- The columns of the file stay beside the typed ones, under their own names, masked: so that faults can quote them.
-- row_hash names the whole content; identity_hash names the event that the row speaks of. A number that was masked
-- names nothing any more. Both are the upper half of an MD5: what md5_number_lower gives as well, in four times the
-- time.
CREATE OR REPLACE TEMP TABLE parsed AS
SELECT *,
    coalesce(reported, occurred_on) AS reported_on,
    reported IS NULL AS report_date_missing,
    (md5_number(concat_ws(chr(31), coalesce(id_sumber, ''), coalesce(sumber, ''), occurred_on,
        coalesce(occurred_time, ''), coalesce(reported::VARCHAR, ''), category_code, severity,
        coalesce(uraian, ''), coalesce(stated_area_code, ''), coalesce(stated_district_code, ''),
        coalesce(longitude::VARCHAR, ''), coalesce(latitude::VARCHAR, ''), "precision", verification,
        stated_regency)) >> 64)::UBIGINT AS row_hash,
    (md5_number(CASE WHEN id_sumber IS NOT NULL AND NOT contains(id_sumber, 'disamarkan]')
        THEN concat_ws(chr(31), 'id', coalesce(sumber, ''), id_sumber)
        ELSE concat_ws(chr(31), 'row', coalesce(sumber, ''), occurred_on, coalesce(occurred_time, ''),
            category_code, coalesce(uraian, ''), coalesce(stated_area_code, ''),
            coalesce(stated_district_code, ''), coalesce(longitude::VARCHAR, ''),
            coalesce(latitude::VARCHAR, '')) END) >> 64)::UBIGINT AS identity_hash
FROM (
    SELECT lines.* REPLACE (
            CASE WHEN occurred.day IS NULL THEN masked(lines.tanggal_kejadian) ELSE lines.tanggal_kejadian END
                AS tanggal_kejadian,
            CASE WHEN reported.day IS NULL THEN masked(lines.tanggal_laporan) ELSE lines.tanggal_laporan END
                AS tanggal_laporan,
            CASE WHEN clock.code IS NULL THEN masked(lines.jam) ELSE lines.jam END AS jam,
            CASE WHEN category.code IS NULL THEN masked(lines.kategori) ELSE lines.kategori END AS kategori,
            CASE WHEN length(lines.keparahan) > 1 THEN masked(lines.keparahan) ELSE lines.keparahan END AS keparahan,
            place.code_text AS kode_kelurahan,
            place.area_text AS kelurahan,
            place.district_text AS kecamatan,
            CASE WHEN points.latitude IS NULL THEN masked(lines.lintang) ELSE lines.lintang END AS lintang,
            CASE WHEN points.longitude IS NULL THEN masked(lines.bujur) ELSE lines.bujur END AS bujur,
            masked(lines.kabupaten) AS kabupaten,
            masked(lines.presisi) AS presisi,
            masked(lines.status) AS status
        ),
        occurred.day AS occurred_on,
        CASE WHEN lines.jam IS NULL THEN occurred.clock ELSE clock.code END AS occurred_time,
        reported.day AS reported,
        category.code AS category_code,
        CASE WHEN lines.keparahan IN ('1', '2', '3', '4', '5') THEN lines.keparahan::TINYINT END AS severity,
        points.longitude,
        points.latitude,
        -- What is known to the region only stands for no part of it.
        CASE WHEN lower(lines.presisi) IS DISTINCT FROM 'kabupaten' THEN place.area_code END AS stated_area_code,
        CASE WHEN lower(lines.presisi) IS DISTINCT FROM 'kabupaten' THEN place.district_code END
            AS stated_district_code,
        nullif(regency.code, '') AS stated_regency,
        coalesce(lower(lines.presisi),
            CASE WHEN points.longitude IS NOT NULL THEN 'titik'
                 WHEN place.area_code IS NOT NULL THEN 'kelurahan' ELSE 'kecamatan' END) AS "precision",
        coalesce(replace(replace(lower(lines.status), ' ', '_'), '-', '_'), 'masuk') AS verification,
        coalesce(contains(lower(lines.penanda), 'simulasi'), false)
            OR coalesce(contains(lower(lines.sumber), 'simulasi'), false)
            OR coalesce(starts_with(upper(lines.id_sumber), 'SIM-'), false) AS simulated,
        place.place_id
    FROM lines
    JOIN points USING (line_number)
    LEFT JOIN date_lookup AS occurred
        ON occurred.column_name = 'tanggal_kejadian' AND occurred.text = lines.tanggal_kejadian
    LEFT JOIN date_lookup AS reported
        ON reported.column_name = 'tanggal_laporan' AND reported.text = lines.tanggal_laporan
    LEFT JOIN word_lookup AS category ON category.column_name = 'kategori' AND category.text = lines.kategori
    LEFT JOIN word_lookup AS regency ON regency.column_name = 'kabupaten' AND regency.text = lines.kabupaten
    LEFT JOIN time_lookup AS clock ON clock.text = lines.jam
    LEFT JOIN place_lookup AS place
        ON place.place_key = concat_ws(chr(31), coalesce(lines.kode_kelurahan, ''), coalesce(lines.kelurahan, ''),
            coalesce(lines.kecamatan, ''))
)
