"""How far an initiative has been scaled, in five directions.

Each component has a range of its own: it is wide where facts are missing, and no component is
filled in by a guess.
"""

import jmdi
from jmdi_report.plots.saving import save

programme = jmdi.datasets.load("sample")
save(programme.metric("scaling:vector").plot(), "figure.svg")
