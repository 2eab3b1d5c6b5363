"""UCINET: its command language DL and its binary files."""
