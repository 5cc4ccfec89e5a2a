-- One typed row for each staged line of a TPS list; a value that cannot be read is NULL and becomes a fault later.
-- The raw columns stay beside the typed ones, under their own names, so that faults can quote them.
-- row_hash names the whole content; identity_hash names the TPS that the row speaks of.
CREATE OR REPLACE TEMP TABLE parsed AS
SELECT *,
    md5_number_lower(concat_ws(chr(31), election_code, stated_area_code, station_number,
        coalesce(place_name, ''), coalesce(longitude::VARCHAR, ''), coalesce(latitude::VARCHAR, ''),
        coalesce(voter_count_male, -1), coalesce(voter_count_female, -1), coalesce(police_class, ''),
        indicators)) AS row_hash,
    md5_number_lower(concat_ws(chr(31), election_code, stated_area_code, station_number)) AS identity_hash
FROM (
    SELECT staged.*,
        election.code AS election_code,
        election.max_voters,
        CASE WHEN regexp_full_match(staged.no_tps, '(?i)(tps)?[ .]*[0-9]{1,3}')
            THEN nullif(lpad(regexp_extract(staged.no_tps, '[0-9]+'), 3, '0'), '000') END AS station_number,
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
        place.facts AS place_facts,
        indicators.indicators
    FROM staged
    JOIN indicators USING (line_number)
    LEFT JOIN election_lookup AS election ON election.text = staged.pemilihan
    LEFT JOIN place_lookup AS place
        ON place.place_key = concat_ws(chr(31), coalesce(staged.kode_kelurahan, ''), coalesce(staged.kelurahan, ''),
            coalesce(staged.kecamatan, ''))
)
