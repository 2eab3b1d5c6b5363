"""Which shape and colours an actor type has, on the page and in every figure.

Colour is never alone: each look has a shape too, and in a legend its label. The colours were
chosen together: every two of them differ by a ΔE2000 of 15 or more under normal vision and
under three deficiencies, and each has a contrast of 3:1 or more to its background;
``tests/test_palette.py`` computes both. Making one of them lighter by eye breaks this.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from types import MappingProxyType

import attrs

import jmdi

__all__ = ["BACKGROUND", "FAMILIES", "FAMILY_OF", "GREY", "UNKNOWN", "Look", "looks"]


@attrs.frozen
class Look:
    """How all actors of one family of types are drawn.

    Attributes:
        code: The code of the family or, where a type belongs to none, of the type.
        labels: Its label by language.
        shape: ``circle``, ``square``, ``triangle``, ``diamond``, ``down``, ``pentagon``,
            ``hexagon``, ``plus``, ``star``, ``cross``, ``bar``, ``hourglass`` or ``ring``.
        light: Its colour on a light background, as ``#rrggbb``.
        dark: Its colour on a dark background.
    """

    code: str
    labels: Mapping[str, str]
    shape: str
    light: str
    dark: str


def _read() -> Iterator[Look]:
    """The rows of ``palette.csv``: families in the order of the sectors, then the unknown."""
    text = resources.files("jmdi_report").joinpath("palette.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        code, shape, light, dark = (row.pop(name) for name in ("code", "shape", "light", "dark"))
        yield Look(code, MappingProxyType(row), shape, light, dark)


*_families, UNKNOWN = _read()

FAMILIES: tuple[Look, ...] = tuple(_families)
"""The families that have a colour, in the order of the sectors of the map."""

GREY = (UNKNOWN.light, UNKNOWN.dark)
"""Light and dark colour of types that belong to no family; their shapes and labels differ."""

BACKGROUND: Mapping[str, str] = MappingProxyType({"light": "#ffffff", "dark": "#12161d"})
"""The backgrounds that the colours are made for."""

FAMILY_OF: Mapping[str, str] = MappingProxyType(
    {
        "ingo": "civil_society",
        "national_ngo": "civil_society",
        "regional_ngo": "civil_society",
        "partner_country_ngo": "civil_society",
        "faith_based": "civil_society",
        "trade_union": "civil_society",
        "cooperative": "private_sector",
        "financial_institution": "private_sector",
    }
)
"""The family of each type of ``actor-type`` that is of one and does not name it."""

_MORE_SHAPES = ("star", "cross", "bar", "hourglass")
_BY_CODE = {look.code: look for look in FAMILIES}


def looks(
    types: Iterable[str | None], vocabulary: jmdi.Vocabulary | None = None
) -> dict[str | None, Look]:
    """The look of each actor type that occurs, in the order of the sectors of the map.

    A type that belongs to a family, by itself or by a broader code, has the look of the family.
    Others have a grey shape each, and their own label; after four of them shapes repeat.

    Args:
        types: Codes of actor types in any order, repeated or not; ``None`` where it is not known.
        vocabulary: The vocabulary ``actor-type`` of the model, for broader codes and labels.

    Returns:
        The look by type: families first, then other types in the order of the vocabulary and
        those that it lacks by code, at the end ``None``.
    """
    present = set(types)
    order = {code: i for i, code in enumerate(vocabulary.codes() if vocabulary else ())}
    rank = {look.code: i for i, look in enumerate(FAMILIES)}
    codes = sorted(
        (code for code in present if code is not None),
        key=lambda c: (rank.get(_family(c, vocabulary), len(rank)), order.get(c, len(order)), c),
    )
    found: dict[str | None, Look] = {}
    others = 0
    for code in codes:
        family = _family(code, vocabulary)
        if family in _BY_CODE:
            found[code] = _BY_CODE[family]
        else:
            concept = vocabulary.get(code) if vocabulary else None
            labels = (concept.labels if concept else None) or {"en": code.replace("_", " ")}
            shape = _MORE_SHAPES[others % len(_MORE_SHAPES)]
            found[code] = Look(code, labels, shape, *GREY)
            others += 1
    if None in present:
        found[None] = UNKNOWN
    return found


def _family(code: str, vocabulary: jmdi.Vocabulary | None) -> str:
    """The family of a type, or the broadest code above it."""
    at: str | None = code
    while at is not None:
        code = at
        if code in _BY_CODE or code in FAMILY_OF:
            break
        concept = vocabulary.get(code) if vocabulary else None
        at = concept.broader if concept else None
    return FAMILY_OF.get(code, code)
