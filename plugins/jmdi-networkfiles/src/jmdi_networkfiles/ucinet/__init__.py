"""UCINET: its command language DL and its binary files."""

from __future__ import annotations

from jmdi import ProblemCode

__all__ = ["PROBLEM_CODES"]

PROBLEM_CODES: tuple[ProblemCode, ...] = (
    ProblemCode(
        "networkfiles:U101",
        "header of UCINET without its data",
        "UCINET writes a dataset into two files: .##h says what it is, .##d has the numbers.",
        "Keep both in one folder, and read the one that ends in .##h.",
    ),
    ProblemCode(
        "networkfiles:U102",
        "data of another header",
        "The file of numbers has more or fewer than its header says, so it is damaged or that of "
        "another dataset.",
        "Copy both files again from where UCINET wrote them.",
    ),
    ProblemCode(
        "networkfiles:U103",
        "matrices too large for a file",
        "A matrix has a cell for each pair, so it grows with the square of the network.",
        "Write a list of edges: --option layout=list.",
    ),
    ProblemCode(
        "networkfiles:U104",
        "square matrix of two modes",
        "It has as many rows as columns, but nothing says that they are the same actors: their "
        "labels differ, or the header gives the number of rows and that of columns.",
        "If they are the same, give both the same labels, or write N= in the header of DL.",
    ),
)
