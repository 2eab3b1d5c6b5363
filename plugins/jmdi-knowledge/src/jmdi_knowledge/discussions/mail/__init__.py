"""Mail: mbox files, the monthly texts of mailing-list archives, and single messages."""
