"""Overviews for a programme officer: many plans, two rounds, and what was planned and done."""

from jmdi_workplan.overview.many import overview
from jmdi_workplan.overview.progress import progress
from jmdi_workplan.overview.rounds import compare

__all__ = ["compare", "overview", "progress"]
