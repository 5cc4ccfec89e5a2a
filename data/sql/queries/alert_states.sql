-- The states that people gave to one alert, oldest first; no row: there is no such alert, NULL: none so far.
SELECT alert_step.state
FROM (SELECT DISTINCT region_code, alert_id FROM alert_row) AS alert
LEFT JOIN alert_step USING (region_code, alert_id)
WHERE region_code = $region_code AND alert_id = $alert_id
ORDER BY alert_step.recorded_at, alert_step.step_id
