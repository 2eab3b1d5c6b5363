"""The options of the importers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from jmdi import Parameter
from jmdi.files.delimited import IsDelimiter

__all__ = [
    "BLANK",
    "DELIMITER",
    "DIRECTED",
    "EDGES_DIRECTED",
    "HEADER",
    "KINDS",
    "LAYOUT",
    "MATRIX",
    "MUTUAL",
    "RELATIONS",
    "SECOND",
]

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

BLANK = Parameter(
    "blank",
    "what an empty cell of a matrix says: 0 for no tie; not observed if not given",
    choices=("0", "unknown", None),
)
MATRIX = Parameter(
    "matrix",
    "whether a matrix is of ties between the same actors, or of two modes; by its labels if not "
    "given",
    choices=("adjacency", "incidence", None),
)
DELIMITER = Parameter(
    "delimiter",
    "what stands between cells; found out from the first line if not given",
    type=Annotated[str | None, IsDelimiter()],
)
HEADER = Parameter(
    "header",
    "whether the first row names the columns; found out if not given",
    type=bool | None,
)
LAYOUT = Parameter(
    "layout",
    "whether a row is one tie, or a name and all its neighbours; found out if not given",
    choices=("ties", "neighbours", None),
)
EDGES_DIRECTED = Parameter(
    "directed", "whether ties have a direction; not known if not given", type=bool | None
)
MUTUAL = Parameter(
    "mutual",
    "whether a mutual connection is two ties with a direction, or one without",
    "two",
    ("two", "one"),
)
KINDS = Parameter(
    "kinds",
    "kinds of elements by their type; the others are actors",
    type=Mapping[str, str] | None,
)
