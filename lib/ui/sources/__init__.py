"""The views of the pages under pages/sumber_data."""
