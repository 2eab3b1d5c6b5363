"""When a practice was adopted, and how many could have adopted it.

A desk for migrants: the line is the share of actors that have one by the end of a year, and the
band is what undated adopters leave open. Colours are Rogers' categories of adopters.
"""

import jmdi
from jmdi_report.plots.saving import save

programme = jmdi.datasets.load("sample")
curve = programme.metric("scaling:adoption-curve", practice="practice/desk")
save(curve.plot(), "figure.svg")
