"""What a caller names, held against what a Dataset has: waves, kinds of records and of ties."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from itertools import chain
from typing import TYPE_CHECKING

from jmdi.errors import NotFound
from jmdi.model.kinds import Actor
from jmdi.model.records import Entity, Relation
from jmdi.model.relations import Tie

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi.metrics.types import Ids
    from jmdi.plugins.catalog import Catalog

__all__ = [
    "YEARS",
    "actor_class",
    "known_kinds",
    "known_tie_kinds",
    "known_wave",
    "moment_of",
    "no_wave",
]

YEARS = range(1000, 3000)
"""Numbers that whoever writes them may have meant as years."""


def no_wave(wave: int, known: Collection[int]) -> NotFound:
    """The error for a number that is none of the waves, which says how a year is written."""
    waves = sorted(known)
    said = "a number is a wave" if waves else "a number is a wave, and nothing here has one"
    if wave in YEARS:
        said += f"; for the year {wave} give a day of it, such as '{wave}-12-31'"
    elif not waves:
        said += "; a day is written as '2015-12-31'"
    return NotFound("wave", str(wave), map(str, waves), cure=said)


def moment_of(given: datetime.date | str | int) -> datetime.date | int:
    """A day, also in its ISO form, or the number of a wave.

    Raises:
        ValueError: If a text is no day, or it is neither.
    """
    if isinstance(given, str):
        try:
            return datetime.date.fromisoformat(given)
        except ValueError:
            year = given.isdecimal() and len(given) == 4
            cure = f"; for the year give a day of it, such as '{given}-12-31'" if year else ""
            raise ValueError(f"a day is written as '2015-12-31', not {given!r:.40}{cure}") from None
    if isinstance(given, bool) or not isinstance(given, (int, datetime.date)):
        raise ValueError(f"it is a day or the number of a wave, not {given!r:.40}")
    return given.date() if isinstance(given, datetime.datetime) else given


def known_wave(dataset: Dataset, wave: int) -> None:
    """Refuses a wave that nothing in a Dataset is of.

    Raises:
        NotFound: If there is no such wave; it says which there are.
    """
    waves = set[int]()
    of: tuple[type[Relation | Entity], ...] = (Relation, Entity)
    for record in chain.from_iterable(map(dataset.of, of)):  # the second only if it is needed
        found = None if record.period is None else record.period.wave
        if found == wave:
            return
        if found is not None:
            waves.add(found)
    raise no_wave(wave, waves)


def actor_class(catalog: Catalog, nodes: type[Actor] | str | None) -> type[Actor]:
    """The class of the actors that become nodes.

    Args:
        catalog: The known kinds.
        nodes: The class, or its kind; that of all actors if not given.

    Raises:
        ValueError: If it is not a class or kind of actors.
    """
    cls = catalog.kinds.get(nodes, nodes) if isinstance(nodes, str) else nodes
    cls = Actor if cls is None else cls
    if isinstance(cls, type) and issubclass(cls, Actor):
        return cls
    kinds = sorted(name for name, kind in catalog.kinds.items() if issubclass(kind, Actor))
    raise ValueError(
        f"nodes must be jmdi.Actor or a kind derived from it ({', '.join(kinds)}), not "
        f"{nodes!r}; for actors of a type, filter the network: filter(nodes={{'type': ...}})"
    )


def known_kinds(dataset: Dataset, names: Iterable[str]) -> None:
    """Refuses names that neither a kind of the model nor a record has.

    Raises:
        NotFound: If there is no such kind; it names the near ones.
    """
    kinds = dataset.model.catalog.kinds
    for name in names:
        if name not in kinds and all(record.kind != name for record in dataset.records):
            raise NotFound("kind", name, kinds)


def known_tie_kinds(dataset: Dataset, named: Ids | None) -> frozenset[str]:
    """Kinds of ties by their codes; none if none are named.

    Raises:
        NotFound: If neither the vocabulary nor a tie has such a code; it names the near ones.
    """
    wanted = frozenset([named] if isinstance(named, str) else named or ())
    vocabulary = dataset.model.catalog.vocabularies.get("tie-kind")
    codes = set() if vocabulary is None else set(vocabulary.codes())
    if not wanted <= codes:
        codes |= {tie.type.code for tie in dataset.of(Tie) if tie.type is not None}
    for name in sorted(wanted - codes):
        raise NotFound("tie kind", name, sorted(codes))
    return wanted
