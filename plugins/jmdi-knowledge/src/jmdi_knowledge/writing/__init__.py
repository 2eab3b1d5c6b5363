"""Products as drafts to go on with: what was quoted, counted and is missing, with its sources."""
