"""Where actors stand on the map: computed once, in Python, the same on every machine.

Every layout takes arrays with an item for each actor and gives positions as whole numbers
from 0 to `SIDE`, x to the right and y down; both axes have one scale.
"""

from jmdi_report.layouts.countries import centres
from jmdi_report.layouts.force import force
from jmdi_report.layouts.matrix import Blocks, matrix
from jmdi_report.layouts.positions import SIDE, Circle, Layout
from jmdi_report.layouts.territory import territory

__all__ = ["SIDE", "Blocks", "Circle", "Layout", "centres", "force", "matrix", "territory"]
