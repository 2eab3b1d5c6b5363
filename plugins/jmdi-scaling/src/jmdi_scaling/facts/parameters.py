"""The parameters that several metrics share: their types, and what they name in a Dataset."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from jmdi.errors import BadParameter, NotFound
from jmdi.metrics.types import Ids
from jmdi.model.kinds import Actor, Partnership
from jmdi.model.records import Record
from jmdi.model.relations import Participates
from jmdi.plugins.argument_types import AtLeast
from jmdi_scaling.facts.codes import code_of, roles_of_iati

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi.plugins.catalog import Catalog

__all__ = [
    "EXPOSED_TO",
    "TIED",
    "WEIGHED",
    "Direction",
    "Layers",
    "Positive",
    "Rule",
    "Thresholds",
    "Through",
    "Unit",
    "Years",
    "chosen",
    "falls_under",
    "is_of_type",
    "names_of",
    "numbers_of",
    "roles_of",
    "types_of",
]

Through: TypeAlias = Literal["ties+partnerships", "ties", "partnerships"]
"""What ties two actors: a tie on record, a partnership of both, or either."""

TIED: Mapping[str, str] = {
    "ties+partnerships": "tied on record or by a partnership",
    "ties": "tied on record",
    "partnerships": "tied by a partnership",
}
"""What ties two actors, as conventions say it."""

WEIGHED = "strengths weigh, the highest of several reports"
"""What a tie counts where its strength weighs, as conventions say it."""

Direction: TypeAlias = Literal["both", "out", "in"]
"""Whom an actor is exposed to: those it names, those who name it, or both."""

EXPOSED_TO: Mapping[str, str] = {
    "out": "exposed to those whom ego names",
    "in": "exposed to those who name ego",
    "both": "ties taken both ways",
}
"""A direction, as conventions say it."""

Layers: TypeAlias = Literal["aggregate", "any"]
"""Whether kinds of tie are taken together, or one of them suffices."""

Rule: TypeAlias = Literal["relative", "absolute"]
"""Whether a threshold is a share of an actor's ties, or a number of them."""

Unit: TypeAlias = Literal["year", "month", "day"]
"""The length of a period."""

Thresholds: TypeAlias = float | Mapping[str, float] | Sequence[str | float]
"""One threshold for all, one by actor, or a distribution as ``("uniform", 0, 1)``."""

Positive: TypeAlias = Annotated[int, AtLeast(1)]
"""A whole number, 1 or more."""

Years: TypeAlias = Annotated[float, AtLeast(0)]
"""A span of time in years."""


def names_of(value: Ids | None) -> tuple[str, ...]:
    """Ids or codes given as one, as several, or as text with commas; each once."""
    many = value.split(",") if isinstance(value, str) else value or ()
    return tuple(dict.fromkeys(item.strip() for item in many if item.strip()))


def numbers_of(value: float | Sequence[float], name: str) -> list[float]:
    """One number or several as a list.

    Raises:
        BadParameter: If there is none.
    """
    found = [float(x) for x in value] if isinstance(value, Sequence) else [float(value)]
    if not found:
        raise BadParameter(f"{name} is empty: give one number or more")
    return found


def chosen(dataset: Dataset, value: Ids | None, cls: type[Record]) -> tuple[str, ...]:
    """Ids of records of a class, checked.

    Raises:
        NotFound: If there is no such record; it names the near ones.
    """
    names = names_of(value)
    for name in names:
        dataset.get(name, cls)
    return names


def types_of(dataset: Dataset, value: Ids | None) -> tuple[str, ...]:
    """Types of actors that were named, checked; none if none was.

    Raises:
        NotFound: If one is neither in the vocabulary nor the type of an actor.
    """
    used = {code_of(actor.type) for actor in dataset.of(Actor)} if value is not None else set()
    return _known_codes(dataset, names_of(value), "actor-type", used)


def is_of_type(dataset: Dataset, actor: Actor, types: Collection[str]) -> bool | None:
    """Whether an actor is of one of these types, or of a case of one.

    ``None`` where its type is not known, or too broad to tell: a government may be a local one.
    """
    return falls_under(dataset.model.catalog, code_of(actor.type), types)


def falls_under(catalog: Catalog, code: str | None, types: Collection[str]) -> bool | None:
    """The same of the code of a type."""
    vocabulary = catalog.vocabularies.get("actor-type")
    if code is None or vocabulary is None:
        return None if code is None else code in types
    return vocabulary.falls_under(code, types)


def roles_of(dataset: Dataset, value: Ids | None) -> tuple[str, ...]:
    """Roles that were named, checked; codes of IATI mean the roles that match them.

    Raises:
        NotFound: If one is neither in the vocabulary nor the role of a participant.
    """
    iati = roles_of_iati(dataset)
    names = tuple(iati.get(name, name) for name in names_of(value))
    used = {code_of(part.role) for part in dataset.of(Participates)}
    used |= {code_of(party.role) for p in dataset.of(Partnership) for party in p.parties}
    return _known_codes(dataset, names, "organisation-role", used)


def _known_codes(
    dataset: Dataset, names: tuple[str, ...], scheme: str, used: set[str | None]
) -> tuple[str, ...]:
    vocabulary = dataset.model.catalog.vocabularies.get(scheme)
    known = {*used, *(vocabulary.codes() if vocabulary is not None else names)}
    for name in names:
        if name not in known:
            raise NotFound(f"code of {scheme}", name, sorted(code for code in known if code))
    return names
