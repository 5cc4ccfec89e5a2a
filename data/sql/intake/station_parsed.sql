-- One typed row for each staged line of a TPS list; a value that cannot be read is NULL and becomes a fault later.
-- The columns of the file stay beside the typed ones, under their own names, masked: so that faults can quote them.
-- row_hash names the whole content; identity_hash names the TPS that the row speaks of.
CREATE OR REPLACE TEMP TABLE parsed AS
SELECT *,
    (md5_number(concat_ws(chr(31), election_code, stated_area_code, station_number,
        coalesce(lokasi, ''), coalesce(longitude::VARCHAR, ''), coalesce(latitude::VARCHAR, ''),
        coalesce(voter_count_male, -1), coalesce(voter_count_female, -1), coalesce(police_class, ''),
        indicators)) >> 64)::UBIGINT AS row_hash,
    (md5_number(concat_ws(chr(31), election_code, stated_area_code, station_number)) >> 64)::UBIGINT AS identity_hash
FROM (
    SELECT lines.* REPLACE (
            CASE WHEN election.code IS NULL THEN masked(lines.pemilihan) ELSE lines.pemilihan END AS pemilihan,
            masked(lines.no_tps) AS no_tps,
            place.code_text AS kode_kelurahan,
            place.area_text AS kelurahan,
            place.district_text AS kecamatan,
            CASE WHEN points.latitude IS NULL THEN masked(lines.lintang) ELSE lines.lintang END AS lintang,
            CASE WHEN points.longitude IS NULL THEN masked(lines.bujur) ELSE lines.bujur END AS bujur,
            CASE WHEN male.count IS NULL THEN masked(lines.dpt_l) ELSE lines.dpt_l END AS dpt_l,
            CASE WHEN female.count IS NULL THEN masked(lines.dpt_p) ELSE lines.dpt_p END AS dpt_p,
            CASE WHEN both_sexes.count IS NULL THEN masked(lines.dpt) ELSE lines.dpt END AS dpt,
            masked(lines.kelas_polri) AS kelas_polri
        ),
        election.code AS election_code,
        election.most::INTEGER AS max_voters,
        CASE WHEN regexp_full_match(lines.no_tps, '(?i)(tps)?[ .:\-]*(no(mor)?[ .:]*)?[0-9]{1,3}([.,]0+)?')
            THEN nullif(lpad(regexp_extract(lines.no_tps, '[0-9]+'), 3, '0'), '000') END AS station_number,
        points.longitude,
        points.latitude,
        place.area_code AS stated_area_code,
        male.count::INTEGER AS voter_count_male,
        female.count::INTEGER AS voter_count_female,
        both_sexes.count::INTEGER AS voter_count,
        lower(lines.kelas_polri) AS police_class,
        coalesce(contains(lower(lines.penanda), 'simulasi'), false) AS simulated,
        place.place_id,
        indicators.indicators
    FROM lines
    JOIN points USING (line_number)
    JOIN indicators USING (line_number)
    LEFT JOIN word_lookup AS election ON election.column_name = 'pemilihan' AND election.text = lines.pemilihan
    LEFT JOIN count_lookup AS male ON male.column_name = 'dpt_l' AND male.text = lines.dpt_l
    LEFT JOIN count_lookup AS female ON female.column_name = 'dpt_p' AND female.text = lines.dpt_p
    LEFT JOIN count_lookup AS both_sexes ON both_sexes.column_name = 'dpt' AND both_sexes.text = lines.dpt
    LEFT JOIN place_lookup AS place
        ON place.place_key = concat_ws(chr(31), coalesce(lines.kode_kelurahan, ''), coalesce(lines.kelurahan, ''),
            coalesce(lines.kecamatan, ''))
)
