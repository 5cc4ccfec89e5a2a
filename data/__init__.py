"""The store: tables and rows; knows nothing about maps."""
