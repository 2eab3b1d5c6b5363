"""Words that people type, in every language: compared, and listed in tables."""
