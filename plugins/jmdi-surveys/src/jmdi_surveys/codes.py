"""The problem codes of the plugin, with what ``jmdi explain`` says of them."""

from __future__ import annotations

from jmdi import ProblemCode
from jmdi_documents import problem_codes

__all__ = ["PROBLEM_CODES"]

PROBLEM_CODES: tuple[ProblemCode, ...] = (*problem_codes("surveys"),)
"""What can be wrong with a survey."""
