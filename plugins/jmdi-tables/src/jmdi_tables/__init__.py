"""More data than one machine holds: registries as Parquet tables."""
