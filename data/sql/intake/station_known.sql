-- The TPS that stand in the store, each with what its lists say together.
CREATE OR REPLACE TEMP TABLE station_known AS
SELECT identity_hash, election_code, stated_area_code, station_number, max(place_name) AS place_name,
    max(longitude) AS longitude, max(latitude) AS latitude, max(voter_count_male) AS voter_count_male,
    max(voter_count_female) AS voter_count_female, max(police_class) AS police_class,
    max(nullif(indicators, '{}')) AS indicators
FROM station JOIN valid_import USING (region_code, import_id)
WHERE region_code = $region_code GROUP BY ALL
