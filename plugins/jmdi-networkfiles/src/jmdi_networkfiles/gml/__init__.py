"""GML, in and out."""
