"""Codes as the metrics read them, and the sets and ladders that they count by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from jmdi.model.values import Code

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi.plugins.catalog import Catalog

__all__ = [
    "AUDIENCE",
    "LADDER",
    "PROJECT",
    "code_of",
    "levels_of_iati",
    "role_meanings",
    "roles_of_iati",
    "rung",
    "side_of",
]

AUDIENCE = "target_audience"
"""The role of those whom an initiative addresses."""

PROJECT = "jmdi, operationalisation"
"""How the citation of a measure of our own begins."""


def code_of(code: Code | None) -> str | None:
    """The bare code."""
    return None if code is None else code.code


def side_of(code: Code | None) -> str | None:
    """The side; ``None`` where it is not known, or said to be unknown."""
    name = code_of(code)
    return None if name == "unknown" else name


def roles_of_iati(dataset: Dataset) -> Mapping[str, str]:
    """The roles of organisations by their codes in IATI."""
    return role_meanings(dataset.model.catalog)


def role_meanings(catalog: Catalog) -> Mapping[str, str]:
    """The roles of organisations by their codes in IATI."""
    return _meanings(catalog, "organisation-role", "iati-organisation-role")


def levels_of_iati(dataset: Dataset) -> Mapping[str, str]:
    """The levels of government by their codes in IATI."""
    return _meanings(dataset.model.catalog, "governance-level", "iati-activity-scope")


def _meanings(catalog: Catalog, scheme: str, other: str) -> Mapping[str, str]:
    vocabulary = catalog.vocabularies.get(scheme)
    return {} if vocabulary is None else vocabulary.meanings(other)


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

LADDER = ("local", "first_admin", "national", "supranational", "global")


def rung(level: str | None) -> str | None:
    """The rung of the ladder that a level of government is on; ``None`` if it is not known.

    The bare word regional is on none, for it may be sub-national or supranational.
    """
    return _RUNGS.get(level or "")
