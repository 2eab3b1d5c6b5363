"""Merging datasets so that nothing is overwritten: a conflict between sources becomes claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

from jmdi.errors import DataError, Problem, Severity, Where
from jmdi.graph.pointers import Part, at_pointer, parts_of, with_parts
from jmdi.model.frozen import FrozenMap
from jmdi.model.ids import make_id
from jmdi.model.kinds import Claim
from jmdi.model.records import Entity, Record, evolve
from jmdi.model.values import Source

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["OnConflict", "merge", "merged_header"]

OnConflict: TypeAlias = (
    Literal["claim", "raise", "keep", "replace"] | Callable[[Record, Record], Record]
)


def merge(mine: Dataset, theirs: Dataset, *, on_conflict: OnConflict = "claim") -> Dataset:
    """One dataset of two; records with the same id become one.

    What only one of them says is taken over: fields, languages of a text, sources,
    identifiers, unknown members. Where both say something else, ``on_conflict`` decides:

    - ``claim``: the record keeps what ``mine`` says, and two claims record what was said and
      by which sources. Merging again adds nothing.
    - ``raise``: a DataError lists the conflicts.
    - ``keep``: what ``mine`` says stays, the other is lost.
    - ``replace``: what ``theirs`` says stays, the other is lost.
    - a function ``(mine, theirs) -> record``: called for each pair of records in conflict.

    Args:
        mine: The dataset whose records come first.
        theirs: The other.
        on_conflict: What to do where they contradict each other.

    Returns:
        The records of ``mine`` in order, then what ``theirs`` adds, then new claims.

    Raises:
        DataError: With ``raise``, if there is a conflict.
        ValueError: If ``on_conflict`` is none of these, or the function changed the id.
    """
    if not callable(on_conflict) and on_conflict not in ("claim", "raise", "keep", "replace"):
        raise ValueError(
            f"on_conflict is 'claim', 'raise', 'keep', 'replace' or a function, not {on_conflict!r}"
        )
    run = _Merge(mine, theirs, on_conflict)
    merged = {
        record.id: run.record(record) for record in theirs.by_id.values() if record.id in mine.by_id
    }
    if run.conflicts:
        raise DataError(run.conflicts)
    records: list[Record] = [_replaced(record, mine, merged) for record in mine.records]
    records += [record for record in theirs.records if record.id not in mine.by_id]
    return type(mine)(
        _with_claims(records, run.claims),
        model=mine._model or theirs._model,
        header=merged_header(mine.header, theirs.header),
        problems=dict.fromkeys((*mine.problems, *theirs.problems)),
    )


def _replaced(record: Record, mine: Dataset, merged: Mapping[str, Record]) -> Record:
    """The merged record in place of the one it was made from; duplicates stay as they are."""
    return merged.get(record.id, record) if mine.by_id[record.id] is record else record


def _with_claims(records: list[Record], claims: Mapping[str, Claim]) -> Iterator[Record]:
    """The records with claims added; a claim that is there already gets the new sources."""
    rest = dict(claims)
    for record in records:
        claim = rest.pop(record.id, None)
        if isinstance(record, Claim) and claim is not None:
            record = evolve(record, sources=_union(record.sources, claim.sources))
        yield record
    yield from rest.values()


@attrs.define(slots=True)
class _Merge:
    """One run: the two sides and what was found so far."""

    mine: Dataset
    theirs: Dataset
    on_conflict: OnConflict
    claims: dict[str, Claim] = attrs.field(factory=dict)
    conflicts: list[Problem] = attrs.field(factory=list)
    my_claims: Mapping[str, frozenset[tuple[str, str]]] = attrs.field(init=False)
    their_claims: Mapping[str, frozenset[tuple[str, str]]] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.my_claims = _said(self.mine)
        self.their_claims = _said(self.theirs)

    def record(self, their: Record) -> Record:
        """The record that two of the same id become."""
        my = self.mine.by_id[their.id]
        said = my.id in self.my_claims or my.id in self.their_claims
        if my == their and not said:
            return my
        if type(my) is not type(their):
            return self._settle(my, their, my, [""])
        mine, other = parts_of(my), parts_of(their)
        differ = [p for p, part in other.items() if p in mine and mine[p].value != part.value]
        merged = my if my == their else _joined(my, their, mine, other)
        return self._settle(my, their, merged, differ)

    def _settle(self, my: Record, their: Record, merged: Record, differ: list[str]) -> Record:
        """Decides where the two differ."""
        if self.on_conflict == "claim":
            self._claim(my, their, differ)
            return merged
        if not differ or self.on_conflict == "keep":
            return merged
        if self.on_conflict == "raise":
            self.conflicts.extend(_conflict(my, their, pointer) for pointer in differ)
            return merged
        if self.on_conflict == "replace":
            return their if differ == [""] else _joined(their, my, parts_of(their), parts_of(my))
        chosen = self.on_conflict(my, their)
        if not isinstance(chosen, Record) or chosen.id != my.id:
            raise ValueError(f"on_conflict must return a record with the id {my.id!r}")
        return chosen

    def _claim(self, my: Record, their: Record, differ: list[str]) -> None:
        """Claims for what the two say where they differ, now or in an earlier merge."""
        mine = self.my_claims.get(my.id, frozenset())
        theirs = self.their_claims.get(my.id, frozenset())
        pointers = dict.fromkeys((*differ, *sorted({field for field, _ in mine | theirs})))
        for pointer in pointers:
            for record, known in ((my, mine), (their, theirs)):
                value = at_pointer(record, pointer)
                # What this side said before has its sources in its claim: those of the
                # record may by now include the other side's.
                if value is not None and (pointer, value) not in known:
                    self._add(record, pointer, value)

    def _add(self, record: Record, pointer: str, value: str) -> None:
        claim = Claim(
            id=make_id("claim", record.id, pointer, value),
            about=record.id,
            field=pointer,
            value=value,
            sources=record.sources,
        )
        known = self.claims.get(claim.id)
        if known is not None:
            claim = evolve(known, sources=_union(known.sources, claim.sources))
        self.claims[claim.id] = claim


def _said(dataset: Dataset) -> dict[str, frozenset[tuple[str, str]]]:
    """What the claims of a dataset say: field and value, by record."""
    said: dict[str, set[tuple[str, str]]] = {}
    for claim in dataset.of(Claim):
        said.setdefault(claim.about, set()).add((claim.field, claim.value))
    return {about: frozenset(pairs) for about, pairs in said.items()}


def _joined(
    first: Record, second: Record, own: Mapping[str, Part], other: Mapping[str, Part]
) -> Record:
    """The first record with what only the second says."""
    merged = with_parts(first, [part for p, part in other.items() if p not in own])
    changes: dict[str, Any] = {"sources": _union(first.sources, second.sources)}
    if isinstance(first, Entity) and isinstance(second, Entity):
        changes["identifiers"] = _union(first.identifiers, second.identifiers)
    return evolve(merged, **changes)


def _union(first: tuple[Any, ...], second: tuple[Any, ...]) -> tuple[Any, ...]:
    """The items of both in order, each as often as in the one that has more of it."""
    left = Counter(first)
    added = []
    for item in second:
        if left[item] > 0:
            left[item] -= 1
        else:
            added.append(item)
    return (*first, *added) if added else first


def _conflict(my: Record, their: Record, pointer: str) -> Problem:
    mine, theirs = at_pointer(my, pointer), at_pointer(their, pointer)
    where = Where(record=my.id, kind=my.kind)
    who = " and ".join(filter(None, (_first_title(my.sources), _first_title(their.sources))))
    message = f"two sources contradict each other: {mine} and {theirs}"
    if who:
        message += f" ({who})"
    cure = "merge with on_conflict='claim' to keep both"
    return Problem("J330", Severity.ERROR, message, where, pointer, theirs, cure)


def _first_title(sources: Iterable[Source]) -> str | None:
    return next((s.title or s.url for s in sources if s.title or s.url), None)


def merged_header(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Mapping[str, Any]:
    """Both headers' members; of a table of kinds or facets the entries of both."""
    if mine == theirs or not theirs:
        return mine
    merged = {**theirs, **mine}
    for name in ("kinds", "facets"):
        tables = [h[name] for h in (theirs, mine) if isinstance(h.get(name), Mapping)]
        if tables:
            merged[name] = {key: entry for table in tables for key, entry in table.items()}
    return FrozenMap(merged)
