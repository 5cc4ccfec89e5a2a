-- A TPS is counted once in an election.
SELECT region_code, election_code, stated_area_code, station_number, count(*)
FROM station JOIN valid_import USING (region_code, import_id)
GROUP BY ALL HAVING count(*) > 1
