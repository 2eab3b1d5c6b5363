"""Surveys of partners and who-does-what-where tables, read by one mapping."""
