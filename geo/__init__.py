"""Geometry: polygons and points; knows nothing about risk, tables or texts."""
