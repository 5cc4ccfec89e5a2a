"""The map sheet: polygons, names and keys in, pixels out."""
