"""Values in, pictures and documents out."""
