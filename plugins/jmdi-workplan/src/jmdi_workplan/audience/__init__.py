"""Whom an action addresses."""

from jmdi_workplan.audience.reading import read_audience

__all__ = ["read_audience"]
