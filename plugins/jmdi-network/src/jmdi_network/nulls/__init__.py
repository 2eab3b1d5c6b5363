"""Random networks like a given one, and what a metric is worth beside them."""
