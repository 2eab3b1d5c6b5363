"""Actors with many ties in common, drawn together.

Colours are communities, which modularity finds, in the Joint Migration and Development Initiative
as public facts have it. The same seed gives the same picture.
"""

import jmdi
from jmdi_report.plots.saving import save

network = jmdi.datasets.load("jmdi").project("actors")
found = network.metric("network:communities")
communities = {actor: f"community {number + 1}" for actor, number in found.values.items()}
save(network.plot(layout="force", color=communities), "figure.svg")
