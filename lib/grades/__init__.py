"""How often we were wrong: alerts and forecasts held against what happened, drift, the model card."""
