SELECT area_code, count(*) AS station_count, sum(voter_count_male + voter_count_female)::BIGINT AS voter_count
FROM current_station
WHERE region_code = $region_code AND election_code = $election_code AND area_code IS NOT NULL
GROUP BY area_code ORDER BY area_code
