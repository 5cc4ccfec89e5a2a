SELECT frozen_on, prior_pressure, prior_exposure, theta_reference, incident_count, author, reason
FROM score_scale WHERE region_code = $region_code AND weights_digest = $weights_digest
ORDER BY recorded_at DESC LIMIT 1
