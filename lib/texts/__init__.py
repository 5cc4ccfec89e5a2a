"""Every text a user reads, in Indonesian; one module per place where it is read."""
