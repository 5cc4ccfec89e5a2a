-- What people did about the alerts of a region, oldest first.
SELECT step_id, alert_id, state, note, actor, decided_on, recorded_at
FROM alert_step
WHERE region_code = $region_code
ORDER BY recorded_at, step_id
