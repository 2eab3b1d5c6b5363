"""Nodes and edges of graph files of any format: as records, and as columns to write."""
