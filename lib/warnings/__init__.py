"""What may come: alerts and their ledger, forecasts, and the frozen chain of what was issued."""
