"""Who acts, what a role may do and where, who came in, and what was done: asked by whatever reads or writes."""
