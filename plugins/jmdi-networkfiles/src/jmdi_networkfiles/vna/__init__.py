"""NetDraw's format VNA: tables of vertices and ties in one file."""

from __future__ import annotations

from jmdi import ProblemCode

__all__ = ["PROBLEM_CODES"]

PROBLEM_CODES: tuple[ProblemCode, ...] = (
    ProblemCode(
        "networkfiles:V101",
        "columns read as kinds of tie",
        "A column of numbers in the data of ties is a kind of tie, unless one column is named "
        "strength, weight or value; the file does not say which are.",
        "Name them with --option relations=friends,advice.",
    ),
    ProblemCode(
        "networkfiles:V102",
        "vertices that only ties name",
        "They are not among the data of nodes. They were added, with nothing but their id.",
        "Look for misspelt names, or list them.",
    ),
)
