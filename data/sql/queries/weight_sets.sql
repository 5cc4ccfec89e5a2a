SELECT content, digest, author, reason, recorded_at FROM weight_set WHERE region_code = $region_code
ORDER BY recorded_at DESC
