"""Every judgement and name that stands in TOML, and their one reader; computes nothing."""
