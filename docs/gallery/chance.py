"""Whether actors of a country keep to themselves, beside chance.

The E-I index is 1 where all ties cross borders, and -1 where none does. The labels of countries
are dealt out anew two hundred times: the bar has 95 % of these draws, the diamond is what was
observed. Fewer ties cross borders than chance would have it, whatever the unobserved pairs are.
"""

import jmdi
from jmdi_report.plots.saving import save

network = jmdi.datasets.load("sample").project("actors")
test = network.null(
    "network:ei-index", parameters={"groups": "country"}, model="labels", draws=200, seed=1
)
save(test.plot(), "figure.svg")
