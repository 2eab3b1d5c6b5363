"""Every pair of actors, and what nobody observed.

A map cannot show that a pair was not asked about; a matrix can. Rows and columns are in an order
that puts actors with the same partners next to each other.
"""

import jmdi
from jmdi_report.plots.saving import save

network = jmdi.datasets.load("jmdi").project("actors")
save(network.plot(layout="matrix"), "figure.svg")
