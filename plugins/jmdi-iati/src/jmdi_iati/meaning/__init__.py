"""What activities and organisations say, as records."""
