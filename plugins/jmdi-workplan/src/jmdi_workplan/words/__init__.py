"""Words of a work plan in every language: compared, counted, cut into pieces."""
