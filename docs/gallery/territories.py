"""Who works with whom, by country.

A disc is a country, and each type of actor has its sector of it: the best connected stand nearest
to the centre. The invented programme `sample` has eight countries.
"""

import jmdi
from jmdi_report.plots.saving import save

programme = jmdi.datasets.load("sample")
network = programme.project("actors")
save(network.plot(), "figure.svg")
programme.report(title="An invented programme").write("report.html")
