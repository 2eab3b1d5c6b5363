"""Policy work plans as ministries type them, read into jmdi records and written back."""
