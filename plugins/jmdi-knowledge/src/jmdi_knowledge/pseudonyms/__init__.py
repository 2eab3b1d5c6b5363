"""Who wrote or spoke without saying who: keyed pseudonyms, and names hidden in texts."""
