"""What can be wrong with IATI files, and how it is reported."""
