"""Tables of messages or notes, read by a mapping of their columns."""
