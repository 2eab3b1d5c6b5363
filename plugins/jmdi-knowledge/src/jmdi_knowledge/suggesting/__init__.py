"""Suggestions for what nobody has coded yet: by a transparent baseline, with reasons."""
