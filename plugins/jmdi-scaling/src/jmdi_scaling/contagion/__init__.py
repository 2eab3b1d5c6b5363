"""Threshold cascades: many of them, fast, and what they say of tipping points."""
