"""The IATI standard: its code lists, its order of elements, how older versions are written."""
