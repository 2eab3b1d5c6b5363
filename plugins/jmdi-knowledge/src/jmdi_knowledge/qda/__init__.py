"""Coded projects of tools for qualitative analysis: REFI-QDA, QualCoder and Taguette."""
