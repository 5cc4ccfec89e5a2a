"""Cached loaders, the only caching; the key is the question with the store's snapshot."""
