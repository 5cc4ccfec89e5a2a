SELECT arg_max(region_code, activated_at) FROM region_activation
