SELECT election_code, content, withdrawn, reason, actor, decided_on, recorded_at
FROM election_entry WHERE region_code = $region_code
ORDER BY recorded_at, entry_id
