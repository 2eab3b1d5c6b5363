"""Loops over nodes and ties that numba compiles on first use and keeps on disk."""
