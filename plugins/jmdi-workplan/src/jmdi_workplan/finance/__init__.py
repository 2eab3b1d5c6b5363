"""What a work plan says about money."""

from jmdi_workplan.finance.reading import read_finance

__all__ = ["read_finance"]
