"""Text files: delimited (.csv, .tsv) and Markdown (.md)."""
