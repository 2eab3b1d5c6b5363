"""Who stands between actors that are not tied to each other.

A dot is the number of pairs that an actor brokers, and its bar says what that could be if pairs
that nobody observed had ties. Sorted, the first fifteen.
"""

import jmdi
from jmdi_report.plots.saving import save

network = jmdi.datasets.load("sample").project("actors")
brokers = network.metric("network:brokerage", groups="country")
save(brokers.plot(most=15), "figure.svg")
