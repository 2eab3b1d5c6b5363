"""The same programme in Arabic, from right to left.

The report opens in Arabic and can be switched to French and English; names stay as they are
written in the records.
"""

import jmdi
from jmdi_report.plots.saving import save

programme = jmdi.datasets.load("sample")
network = programme.project("actors")
save(network.plot(language="ar", labels=4), "figure.svg")
programme.report(lang=["ar", "fr", "en"]).write("report.html")
