"""Networks and projects of Pajek."""
