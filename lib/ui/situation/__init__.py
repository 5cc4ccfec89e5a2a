"""The views of the pages under pages/situasi."""
