"""Interviews and reports as documents: by section, and by speaker where there are some."""
