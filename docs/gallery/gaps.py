"""Where nobody has written anything down yet.

Rows are the regions of one country, columns are themes, and a cell counts items of knowledge. An
empty cell is a gap only if the list of items is complete, and here nothing says so.
"""

import jmdi
from jmdi_report.plots.saving import save

programme = jmdi.datasets.load("sample")
territories = [place.id for place in programme.of(jmdi.Territory) if place.country == "XA"]
save(programme.metric("knowledge:gap-matrix", territory=territories).plot(), "figure.svg")
