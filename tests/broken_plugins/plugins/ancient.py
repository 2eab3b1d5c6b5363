"""Written for a plugin interface that is no longer spoken."""

JMDI_API = 0
