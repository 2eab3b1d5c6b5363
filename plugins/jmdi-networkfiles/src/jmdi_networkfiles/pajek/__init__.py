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
    ProblemCode(
        "networkfiles:P102",
        "names of classes from comments",
        "A partition holds numbers. Comments of the form '% 2 = public' say what they stand for, "
        "and all of its classes have one.",
        "Delete the comments if they mean something else.",
    ),
    ProblemCode(
        "networkfiles:P103",
        "quote that never ends",
        "All that follows it on its line was taken for the label.",
        "Close the quote.",
    ),
    ProblemCode(
        "networkfiles:P104",
        "partition of one of several networks",
        "A project does not say to which of its networks a partition or vector belongs. It was "
        "taken for the network that was chosen, which has as many vertices.",
        "Make a project of the network and its own partitions.",
    ),
)
