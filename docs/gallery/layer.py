"""Who learns from whom, as one layer of the network.

A tie has a kind, and a layer has the ties of one: here the exchange of knowledge, without who
funds whom and who works on the same project.
"""

import jmdi
from jmdi_report.plots.saving import save

network = jmdi.datasets.load("sample").project("actors")
save(network.layer("knowledge_exchange").plot(), "figure.svg")
