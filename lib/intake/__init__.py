"""How things come in: kinds of rows, mappings, place names, placing, pasted text."""
