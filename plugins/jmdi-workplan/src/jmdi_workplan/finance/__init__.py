"""What a work plan says about money."""

from jmdi_workplan.finance.heads import Unit, unit_of, without_unit
from jmdi_workplan.finance.reading import read_finance

__all__ = ["Unit", "read_finance", "unit_of", "without_unit"]
