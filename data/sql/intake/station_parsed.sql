-- One typed row for each staged line of a TPS list.
CREATE OR REPLACE TEMP TABLE parsed AS
SELECT
    staged.line_number,
    election.code AS election_code,
    election.max_voters,
    CASE WHEN regexp_full_match(staged.no_tps, '(?i)(tps)?[ .]*[0-9]{1,3}')
        THEN lpad(regexp_extract(staged.no_tps, '[0-9]+'), 3, '0') END AS station_number,
    staged.lokasi AS place_name,
    place.area_code AS stated_area_code,
    try_cast(CASE WHEN $comma_longitude THEN replace(staged.bujur, ',', '.') ELSE staged.bujur END AS DOUBLE)
        AS longitude,
    try_cast(CASE WHEN $comma_latitude THEN replace(staged.lintang, ',', '.') ELSE staged.lintang END AS DOUBLE)
        AS latitude,
    CASE WHEN regexp_full_match(staged.dpt_l, '[0-9]{1,5}') THEN staged.dpt_l::INTEGER END AS voter_count_male,
    CASE WHEN regexp_full_match(staged.dpt_p, '[0-9]{1,5}') THEN staged.dpt_p::INTEGER END AS voter_count_female,
    lower(staged.kelas_polri) AS police_class,
    coalesce(contains(lower(staged.penanda), 'simulasi'), false) AS simulated,
    place.rule AS place_rule,
    place.facts AS place_facts
FROM staged
LEFT JOIN election_lookup AS election ON election.text = staged.pemilihan
LEFT JOIN place_lookup AS place
    ON place.place_key = concat_ws(chr(31), coalesce(staged.kode_kelurahan, ''), coalesce(staged.kelurahan, ''),
        coalesce(staged.kecamatan, ''))
