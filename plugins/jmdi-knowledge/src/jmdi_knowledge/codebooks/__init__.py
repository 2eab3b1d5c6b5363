"""Codebooks in SKOS, REFI-QDA and CSV."""
