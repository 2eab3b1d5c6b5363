"""Excel workbooks (.xlsx, .xlsm)."""
