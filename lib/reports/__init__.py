"""What is known: the journal of verification, events of many reports, completeness, delays."""
