"""Positions in texts: what they count, and where they lead."""
