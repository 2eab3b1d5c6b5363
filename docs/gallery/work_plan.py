"""A work plan as a ministry typed it in Word.

Filled bars have dates, hatched ones are still to be determined, and words that are no date stay
words. Money that is in kind, or part of another budget, is not turned into 0.
"""

import jmdi
from jmdi_report.plots.saving import save

plan = jmdi.read("examples/workplan/workplan.docx")
save(plan.plot_gantt(), "figure.svg")
plan.report().write("report.html")
