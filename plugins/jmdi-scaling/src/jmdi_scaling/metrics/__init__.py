"""The declared metrics, by subject."""
