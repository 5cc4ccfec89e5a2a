-- One typed row for each staged line of structural indicators.
-- identity_hash names the indicator, the area and the day; row_hash adds the value and who says so.
CREATE OR REPLACE TEMP TABLE parsed AS
SELECT *,
    (md5_number(concat_ws(chr(31), indicator_code, coalesce(stated_area_code, ''), observed_on, value,
        lower(sumber))) >> 64)::UBIGINT AS row_hash,
    (md5_number(concat_ws(chr(31), indicator_code, coalesce(stated_area_code, ''), observed_on)) >> 64)::UBIGINT
        AS identity_hash
FROM (
    SELECT lines.* REPLACE (
            CASE WHEN observed.day IS NULL THEN masked(lines.tanggal) ELSE lines.tanggal END AS tanggal,
            CASE WHEN indicator.code IS NULL THEN masked(lines.indikator) ELSE lines.indikator END AS indikator,
            CASE WHEN amount.number IS NULL THEN masked(lines.nilai) ELSE lines.nilai END AS nilai,
            place.code_text AS kode_kelurahan,
            place.area_text AS kelurahan,
            place.district_text AS kecamatan
        ),
        observed.day AS observed_on,
        indicator.code AS indicator_code,
        indicator.least,
        indicator.most,
        amount.number AS value,
        place.area_code AS stated_area_code,
        coalesce(contains(lower(lines.penanda), 'simulasi'), false)
            OR coalesce(contains(lower(lines.sumber), 'simulasi'), false) AS simulated,
        place.place_id
    FROM lines
    LEFT JOIN date_lookup AS observed ON observed.column_name = 'tanggal' AND observed.text = lines.tanggal
    LEFT JOIN indicator_lookup AS indicator ON indicator.text = lines.indikator
    LEFT JOIN value_lookup AS amount ON amount.text = lines.nilai
    LEFT JOIN place_lookup AS place
        ON place.place_key = concat_ws(chr(31), coalesce(lines.kode_kelurahan, ''), coalesce(lines.kelurahan, ''),
            coalesce(lines.kecamatan, ''))
)
