"""Workbooks to fill in: only the sheets and columns that chosen metrics need."""

from jmdi_workbook import plugin

__all__ = ["plugin"]
