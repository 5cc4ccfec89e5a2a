"""Boundary files and point files in, layers out."""
