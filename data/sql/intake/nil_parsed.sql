-- One typed row for each staged line of reports that say nothing happened.
-- identity_hash names who speaks of which place and days; row_hash adds when it was said.
CREATE OR REPLACE TEMP TABLE parsed AS
SELECT *,
    coalesce(reported, period_end) AS reported_on,
    (md5_number(concat_ws(chr(31), sumber, coalesce(stated_area_code, ''), coalesce(stated_district_code, ''),
        period_start, period_end, coalesce(reported::VARCHAR, ''))) >> 64)::UBIGINT AS row_hash,
    (md5_number(concat_ws(chr(31), sumber, coalesce(stated_area_code, ''), coalesce(stated_district_code, ''),
        period_start, period_end)) >> 64)::UBIGINT AS identity_hash
FROM (
    SELECT lines.* REPLACE (
            CASE WHEN first_day.day IS NULL THEN masked(lines.tanggal_mulai) ELSE lines.tanggal_mulai END
                AS tanggal_mulai,
            CASE WHEN last_day.day IS NULL THEN masked(lines.tanggal_selesai) ELSE lines.tanggal_selesai END
                AS tanggal_selesai,
            CASE WHEN reported.day IS NULL THEN masked(lines.tanggal_laporan) ELSE lines.tanggal_laporan END
                AS tanggal_laporan,
            place.code_text AS kode_kelurahan,
            place.area_text AS kelurahan,
            place.district_text AS kecamatan
        ),
        first_day.day AS period_start,
        CASE WHEN lines.tanggal_selesai IS NULL THEN first_day.day ELSE last_day.day END AS period_end,
        reported.day AS reported,
        place.area_code AS stated_area_code,
        place.district_code AS stated_district_code,
        coalesce(contains(lower(lines.penanda), 'simulasi'), false)
            OR coalesce(contains(lower(lines.sumber), 'simulasi'), false) AS simulated,
        place.place_id
    FROM lines
    LEFT JOIN date_lookup AS first_day
        ON first_day.column_name = 'tanggal_mulai' AND first_day.text = lines.tanggal_mulai
    LEFT JOIN date_lookup AS last_day
        ON last_day.column_name = 'tanggal_selesai' AND last_day.text = lines.tanggal_selesai
    LEFT JOIN date_lookup AS reported
        ON reported.column_name = 'tanggal_laporan' AND reported.text = lines.tanggal_laporan
    LEFT JOIN place_lookup AS place
        ON place.place_key = concat_ws(chr(31), coalesce(lines.kode_kelurahan, ''), coalesce(lines.kelurahan, ''),
            coalesce(lines.kecamatan, ''))
)
