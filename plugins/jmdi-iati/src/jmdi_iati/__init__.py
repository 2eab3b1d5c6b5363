"""IATI activities and organisations, read into jmdi records and written back."""
