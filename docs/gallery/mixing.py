"""Which types of actor work with which.

A cell is a pair of types, its shade the density of ties between them. What nobody observed is not
shown as nothing.
"""

import jmdi
from jmdi_report.plots.saving import save

network = jmdi.datasets.load("sample").project("actors")
save(network.metric("network:mixing", groups="type").plot(column="density"), "figure.svg")
