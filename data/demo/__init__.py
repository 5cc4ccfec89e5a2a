"""A fictional city and simulated incidents, made by code from a fixed seed."""
