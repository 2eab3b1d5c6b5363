"""What the parameters of a metric name: ids, codes and numbers, checked."""

from __future__ import annotations

import math
import numbers
from typing import TYPE_CHECKING, Any

from jmdi.errors import BadParameter, NotFound
from jmdi.model.kinds import Actor, Partnership
from jmdi.model.records import Record
from jmdi.model.relations import Participates
from jmdi_scaling.facts.codes import IATI_ROLES, code_of, role_of

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["at_least", "chosen", "fraction", "names_of", "numbers_of", "roles_of", "types_of"]


def names_of(value: Any, what: str) -> tuple[str, ...]:
    """Ids or codes given as one, as a list, or as text with commas.

    Raises:
        BadParameter: If it is none of these.
    """
    if value is None:
        return ()
    many = value.split(",") if isinstance(value, str) else list(value)
    if not all(isinstance(item, str) for item in many):
        raise BadParameter(f"{what} must be ids or codes, not {value!r}")
    return tuple(dict.fromkeys(item.strip() for item in many if item.strip()))


def types_of(dataset: Dataset, value: Any, what: str) -> tuple[str, ...]:
    """Types of actors that were named, checked; none if none was.

    Raises:
        NotFound: If one is neither in the vocabulary nor the type of an actor.
    """
    used = {code_of(actor.type) for actor in dataset.of(Actor)} if value is not None else set()
    return _known_codes(dataset, names_of(value, what), "actor-type", used)


def roles_of(dataset: Dataset, value: Any, what: str) -> tuple[str, ...]:
    """Roles that were named, checked; codes of IATI stand for theirs.

    Raises:
        NotFound: If one is neither in the vocabulary nor the role of a participant.
    """
    names = tuple(IATI_ROLES.get(name, name) for name in names_of(value, what))
    used = {role_of(part.role) for part in dataset.of(Participates)}
    used |= {role_of(party.role) for p in dataset.of(Partnership) for party in p.parties}
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


def numbers_of(value: Any, what: str) -> tuple[float, ...]:
    """Numbers given as one, as a list, or as text with commas.

    Raises:
        BadParameter: If it is none of these, or there is none.
    """
    try:
        many = value.split(",") if isinstance(value, str) else list(value)
        found = tuple(float(item) for item in many)
    except (TypeError, ValueError):
        found = (float(value),) if isinstance(value, (int, float)) else ()
    if not found or not all(math.isfinite(number) for number in found):
        raise BadParameter(f"{what} must be numbers, not {value!r}")
    return found


def fraction(value: Any, what: str) -> float:
    """A parameter that is a share, from 0 to 1.

    Raises:
        BadParameter: If it is no number, or outside.
    """
    if isinstance(value, numbers.Real) and 0 <= float(value) <= 1:
        return float(value)
    raise BadParameter(f"{what}={value!r} must be between 0 and 1")


def at_least(value: Any, least: int, what: str) -> int:
    """A parameter that counts something.

    Raises:
        BadParameter: If it is no whole number, or smaller than ``least``.
    """
    if isinstance(value, numbers.Integral) and int(value) >= least:
        return int(value)
    raise BadParameter(f"{what}={value!r} must be a whole number, {least} or more")


def chosen(dataset: Dataset, value: Any, cls: type[Record]) -> tuple[str, ...]:
    """Ids of records of a class, checked.

    Raises:
        NotFound: If there is no such record; it names the near ones.
    """
    names = names_of(value, cls.kind)
    for name in names:
        dataset.get(name, cls)
    return names
