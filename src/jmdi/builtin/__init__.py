"""The core's own kinds, formats, checks, projections and metrics, registered as one plugin."""
