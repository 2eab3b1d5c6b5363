"""What metrics of several pillars ask of the records."""
