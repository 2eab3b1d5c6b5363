"""One HTML file that shows what a Dataset holds and what its metrics say, and opens offline."""

from jmdi_report import plugin

__all__ = ["plugin"]
