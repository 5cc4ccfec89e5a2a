"""The lake: the only place that writes tables; append-only, one row in a journal for whatever happens later."""
