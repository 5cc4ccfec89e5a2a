SELECT region_code FROM region_activation GROUP BY region_code ORDER BY min(activated_at), region_code
