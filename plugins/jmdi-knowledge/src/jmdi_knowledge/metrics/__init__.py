"""Metrics of the pillars: each is declared at its function."""
