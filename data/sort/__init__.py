"""Rows of text in; accepted, quarantined and duplicate rows out, decided per column, never per cell."""
