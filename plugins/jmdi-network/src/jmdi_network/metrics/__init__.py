"""The metrics of networks, by subject."""
