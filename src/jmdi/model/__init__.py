"""What a record is: kinds, field types, values, ids and vocabularies."""
