"""How it is stored: the codec of records, the file format, migrations and JSON Schema."""
