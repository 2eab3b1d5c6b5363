"""Records as rows of tables: the columns of each kind, cells in and out, rows to records."""
