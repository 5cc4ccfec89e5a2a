"""How it stands: facts, score with its parts and reasons, hot-spots, TPS, agreement with others."""
