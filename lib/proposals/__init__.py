"""Four eyes: deeds that one person proposes and another confirms."""
