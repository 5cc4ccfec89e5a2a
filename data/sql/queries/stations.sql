SELECT area_code, station_number, place_name, longitude, latitude, voter_count_male, voter_count_female,
    police_class, method, disagrees, stated_area_code, indicators, simulated
FROM current_station
WHERE region_code = $region_code AND election_code = $election_code
ORDER BY area_code, stated_area_code, station_number
