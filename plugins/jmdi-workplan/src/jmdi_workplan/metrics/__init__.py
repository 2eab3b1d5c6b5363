"""Metrics of work plans: each is declared at its function."""
