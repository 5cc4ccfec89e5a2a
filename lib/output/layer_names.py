"""The layers that can lie over the areas of a map, as they are named in commands and addresses."""

STATIONS, INCIDENTS, DENSITY = "tps", "kejadian", "panas"
LAYERS = (STATIONS, INCIDENTS, DENSITY)
