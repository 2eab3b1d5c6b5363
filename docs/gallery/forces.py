"""What has many ties in common is drawn together.

Colours say which community an actor is in, by modularity; the same seed gives the same picture.
"""

import jmdi
from jmdi_report.plots.saving import save

network = jmdi.datasets.load("sample").project("actors")
communities = network.metric("network:communities")
save(network.plot(layout="force", color=communities, labels=5), "figure.svg")
