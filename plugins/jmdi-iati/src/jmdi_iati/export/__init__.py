"""Writing IATI 2.03."""
