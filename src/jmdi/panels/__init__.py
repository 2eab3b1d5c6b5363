"""What a panel of a report shows: plain data with a shape, never markup and never a script.

Whoever shows a body (a page, a figure, a terminal) decides how it looks. A body says what is
known; what is not known is `Unknown` with its reason, never 0 and never an empty place.
"""

from __future__ import annotations

from jmdi.panels.bodies import (
    Bar,
    Bars,
    Body,
    Card,
    Cards,
    Column,
    Curve,
    Grid,
    Level,
    Levels,
    Line,
    Mark,
    Matrix,
    Paragraphs,
    Part,
    Point,
    Row,
    Span,
    Step,
    Timeline,
    Trail,
)
from jmdi.panels.cells import (
    Cell,
    Country,
    Link,
    Range,
    Unknown,
    Words,
    link_to,
)
from jmdi.panels.codes import label_of, unknown_for
from jmdi.words.phrases import Phrases, in_language

__all__ = [
    "Bar",
    "Bars",
    "Body",
    "Card",
    "Cards",
    "Cell",
    "Column",
    "Country",
    "Curve",
    "Grid",
    "Level",
    "Levels",
    "Line",
    "Link",
    "Mark",
    "Matrix",
    "Paragraphs",
    "Phrases",
    "Part",
    "Point",
    "Range",
    "Row",
    "Span",
    "Step",
    "Timeline",
    "Trail",
    "Unknown",
    "Words",
    "in_language",
    "label_of",
    "link_to",
    "unknown_for",
]
