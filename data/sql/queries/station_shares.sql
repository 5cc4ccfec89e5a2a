-- Of each area and indicator: how many TPS are known to answer, and how many of these answer yes.
SELECT area_code, answer.key AS indicator_code, count(*) FILTER (answer.value = 'true') AS yes_count,
    count(*) AS known_count
FROM current_station, json_each(indicators) AS answer
WHERE region_code = $region_code AND election_code = $election_code AND area_code IS NOT NULL
    AND answer.value IN ('true', 'false')
GROUP BY ALL ORDER BY ALL
