-- The faultless lines; row_hash names the whole content, identity_hash the TPS that the row speaks of.
CREATE OR REPLACE TEMP TABLE hashed AS
SELECT parsed.* EXCLUDE (place_rule, place_facts, max_voters), indicators.indicators,
    md5_number_lower(concat_ws(chr(31), election_code, stated_area_code, station_number,
        coalesce(place_name, ''), coalesce(longitude::VARCHAR, ''), coalesce(latitude::VARCHAR, ''),
        coalesce(voter_count_male, -1), coalesce(voter_count_female, -1), coalesce(police_class, ''),
        indicators.indicators)) AS row_hash,
    md5_number_lower(concat_ws(chr(31), election_code, stated_area_code, station_number)) AS identity_hash
FROM parsed JOIN indicators USING (line_number) ANTI JOIN faults USING (line_number)
