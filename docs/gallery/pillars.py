"""The five pillars of knowledge, and what stands on each.

The number is what is on record of a pillar; the bar below it is how far it has come, between what
is known and what the unknown allows.
"""

import jmdi
from jmdi_report.plots.saving import save

programme = jmdi.datasets.load("sample")
save(programme.plot_pillars(), "figure.svg")
