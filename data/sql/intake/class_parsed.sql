-- One typed row for each staged line of other bodies' classes.
-- identity_hash names the body, its edition and the area, however the first two are capitalised; row_hash adds
-- the rest.
CREATE OR REPLACE TEMP TABLE parsed AS
SELECT *,
    (md5_number(concat_ws(chr(31), lower(lembaga), lower(edisi), coalesce(stated_area_code, ''), assessed_on,
        class_code, coalesce(alasan_kelas, ''))) >> 64)::UBIGINT AS row_hash,
    (md5_number(concat_ws(chr(31), lower(lembaga), lower(edisi), coalesce(stated_area_code, ''))) >> 64)::UBIGINT
        AS identity_hash
FROM (
    SELECT lines.* REPLACE (
            CASE WHEN assessed.day IS NULL THEN masked(lines.tanggal) ELSE lines.tanggal END AS tanggal,
            CASE WHEN class.code IS NULL THEN masked(lines.kelas) ELSE lines.kelas END AS kelas,
            place.code_text AS kode_kelurahan,
            place.area_text AS kelurahan,
            place.district_text AS kecamatan
        ),
        assessed.day AS assessed_on,
        class.code AS class_code,
        place.area_code AS stated_area_code,
        coalesce(contains(lower(lines.penanda), 'simulasi'), false)
            OR coalesce(contains(lower(lines.lembaga), 'simulasi'), false) AS simulated,
        place.place_id
    FROM lines
    LEFT JOIN date_lookup AS assessed ON assessed.column_name = 'tanggal' AND assessed.text = lines.tanggal
    LEFT JOIN class_lookup AS class ON class.text = lines.kelas
    LEFT JOIN place_lookup AS place
        ON place.place_key = concat_ws(chr(31), coalesce(lines.kode_kelurahan, ''), coalesce(lines.kelurahan, ''),
            coalesce(lines.kecamatan, ''))
)
