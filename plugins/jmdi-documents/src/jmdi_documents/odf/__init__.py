"""OpenDocument files: spreadsheets (.ods) and texts (.odt)."""
