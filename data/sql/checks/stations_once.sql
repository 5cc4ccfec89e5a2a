-- The rows of a TPS in an election are different lists that complete each other: none twice, none contradicting.
SELECT region_code, election_code, stated_area_code, station_number, count(*)
FROM station JOIN valid_import USING (region_code, import_id)
GROUP BY ALL
HAVING count(*) > 1 AND (
    min(row_hash) IS NOT DISTINCT FROM max(row_hash)
    OR min(place_name) <> max(place_name) OR min(police_class) <> max(police_class)
    OR min(longitude) <> max(longitude) OR min(latitude) <> max(latitude)
    OR min(voter_count_male) <> max(voter_count_male) OR min(voter_count_female) <> max(voter_count_female)
    OR min(nullif(indicators, '{}')) <> max(nullif(indicators, '{}'))
)
