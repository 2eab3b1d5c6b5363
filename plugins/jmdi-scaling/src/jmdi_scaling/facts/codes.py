"""Codes as the metrics read them, and the sets and ladders that they count by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jmdi.model.relations import Rates
from jmdi.model.values import Code

if TYPE_CHECKING:
    pass

__all__ = ["LADDER", "code_of", "rung"]


def code_of(code: Code | None) -> str | None:
    """The bare code."""
    return None if code is None else code.code


IATI_ROLES = {"1": "funding", "2": "accountable", "3": "extending", "4": "implementing"}


def role_of(code: Code | None) -> str | None:
    name = code_of(code)
    return IATI_ROLES.get(name or "", name)


def side_of(code: Code | None) -> str | None:
    name = code_of(code)
    return None if name == "unknown" else name


_RUNGS = {
    "single_location": "local",
    "second_admin": "local",
    "local": "local",
    "first_admin": "first_admin",
    "multi_first_admin": "first_admin",
    "national": "national",
    "multinational": "supranational",
    "supranational_region": "supranational",
    "global": "global",
}

_IATI_LEVELS = {
    "1": "global",
    "2": "supranational_region",
    "3": "multinational",
    "4": "national",
    "5": "multi_first_admin",
    "6": "first_admin",
    "7": "second_admin",
    "8": "single_location",
}

PROJECT = "jmdi, operationalisation"
"""How the citation of a measure of our own begins."""
LADDER = ("local", "first_admin", "national", "supranational", "global")


def rung(level: str | None) -> str | None:
    """The rung of the ladder that a governance level stands on; ``None`` if it is not known.

    The bare word regional stands on none: sub-national or supranational must be said.
    """
    return _RUNGS.get(_IATI_LEVELS.get(level or "", level or ""))


def place_on_scale(rating: Rates) -> tuple[float, float] | None:
    """Where a score lies on its scale, from 0 to 1, and the length of the scale.

    A scale that is not stated runs from 1 to 4 (PARTNER). ``None`` for a score outside its
    scale, and for a scale without length.
    """
    low = 1.0 if rating.low is None else float(rating.low)
    high = 4.0 if rating.high is None else float(rating.high)
    if rating.score is None or low >= high or not low <= float(rating.score) <= high:
        return None
    return (float(rating.score) - low) / (high - low), high - low
