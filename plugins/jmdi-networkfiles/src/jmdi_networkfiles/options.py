"""The options of the importers."""

from __future__ import annotations

from jmdi import Parameter

__all__ = ["DIRECTED", "RELATIONS", "SECOND"]

SECOND = Parameter(
    "second",
    "kind of the second mode of a two-mode network; unless it is actor, ties are participations",
    "actor",
    ("actor", "initiative", "action", "partnership", "programme"),
)
"""Of importers whose files may be of two modes."""

DIRECTED = Parameter(
    "directed",
    "whether ties of a matrix have a direction; those of a symmetric one have none if not given",
    type=bool | None,
)
"""Of importers of matrices."""

RELATIONS = Parameter(
    "relations",
    "names of the columns of ties that are kinds of tie, with commas between them",
    type=str | None,
)
"""Of importers of tables of ties."""
