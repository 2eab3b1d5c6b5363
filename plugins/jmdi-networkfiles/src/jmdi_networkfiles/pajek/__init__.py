"""Networks and projects of Pajek."""

from __future__ import annotations

from jmdi import ProblemCode

__all__ = ["PROBLEM_CODES"]

PROBLEM_CODES: tuple[ProblemCode, ...] = (
    ProblemCode(
        "networkfiles:P101",
        "partition or vector of another network",
        "It has one value for each vertex of a network; here are more or fewer.",
        "Choose the network that it belongs to, or correct it.",
    ),
)
