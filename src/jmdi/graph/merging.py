"""Merging datasets so that nothing is overwritten: a conflict between sources becomes claims."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

from jmdi.classes import define
from jmdi.errors import DataError, NotFound, Problem, Severity, Where
from jmdi.graph.pointers import Part, at_pointer, parts_of, with_parts
from jmdi.model.frozen import EMPTY, FrozenMap
from jmdi.model.ids import make_id
from jmdi.model.kinds import Claim
from jmdi.model.records import Entity, Record, evolve
from jmdi.model.renaming import renamed
from jmdi.model.values import Source

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["OnConflict", "merge", "merged_header"]

JOINED, UNTITLED = " + ", "other data"
"""Between the titles of merged datasets, and for one without a title."""

OnConflict: TypeAlias = (
    Literal["claim", "raise", "keep", "replace"] | Callable[[Record, Record], Record]
)


def merge(
    first: Dataset,
    *others: Dataset,
    on_conflict: OnConflict = "claim",
    same: Mapping[str, str] = EMPTY,
) -> Dataset:
    """One dataset of several, one after the other; records with the same id become one.

    What only one of them says is taken over: fields, languages of a text, sources,
    identifiers, unknown members. Where both say something else, ``on_conflict`` decides:

    - ``claim``: the record keeps what the earlier says, and two claims record what was said
      and by which sources. Merging again adds nothing.
    - ``raise``: a DataError lists the conflicts.
    - ``keep``: what the earlier says stays, the later is lost.
    - ``replace``: what the later says stays, the earlier is lost.
    - a function ``(earlier, later) -> record``: called for each pair of records in conflict.

    Args:
        first: The dataset whose records come first.
        *others: The others, in order.
        on_conflict: What to do where they contradict each other.
        same: Records that are another one, by their ids: the id that stays of each. All that
            refers to one refers to the other then.

    Returns:
        The records of ``first`` in order, then what each of the others adds, with new claims.
        The time it takes is linear in all records, however many datasets there are.

    Raises:
        DataError: With ``raise``, if there is a conflict.
        NotFound: If there is no record of an id in ``same``.
        ValueError: If ``on_conflict`` is none of these, or the function changed the id; if an id
            in ``same`` stays and does not stay.
    """
    if not callable(on_conflict) and on_conflict not in ("claim", "raise", "keep", "replace"):
        raise ValueError(
            f"on_conflict is 'claim', 'raise', 'keep', 'replace' or a function, not {on_conflict!r}"
        )
    for other in others:
        if not isinstance(other, type(first)):
            raise TypeError(f"a Dataset is merged with others, not with {other!r:.80}")
    if not others and not same:
        return first
    run = _Merge(on_conflict)
    for dataset in _as_one(first, others, same) if same else (first, *others):
        run.add(dataset)
    if run.conflicts:
        raise DataError(run.conflicts)
    datasets = (first, *others)
    return type(first)(
        run.records,
        model=next((d._model for d in datasets if d._model is not None), None),
        header=functools.reduce(merged_header, (d.header for d in datasets)),
        problems=dict.fromkeys(problem for d in datasets for problem in d.problems),
        unread={name: problem for d in datasets for name, problem in d.unread.items()},
        inputs=dict.fromkeys(name for d in datasets for name in d.inputs),
    )


def _as_one(
    first: Dataset, others: Sequence[Dataset], same: Mapping[str, str]
) -> Iterator[Dataset]:
    """The datasets with ids as they stay, and each record that is another one in one of its own."""
    datasets = (first, *others)
    for id in (*same, *same.values()):
        if not any(id in dataset for dataset in datasets):
            raise NotFound("record", id, cure="give ids of records of these datasets")
    if both := same.keys() & set(same.values()):
        raise ValueError(f"{min(both)!r} cannot stay and be another record: give the id that stays")
    for dataset in datasets:
        staying = (record for record in dataset.records if record.id not in same)
        yield type(first)(renamed(record, same) for record in staying)
    for dataset in datasets:
        for record in dataset.records:
            if record.id in same:
                yield type(first)([renamed(record, same)])


Said: TypeAlias = Counter[tuple[str, str]]
"""How many claims say of a record that a field has a value."""


@define
class _Merge:
    """What was merged so far; each further dataset costs only what it holds itself."""

    on_conflict: OnConflict
    records: list[Record] = attrs.field(factory=list)
    first_at: dict[str, int] = attrs.field(factory=dict)
    """Where in ``records`` an id occurs first; duplicates within a dataset stay as they are."""
    conflicts: list[Problem] = attrs.field(factory=list)
    claims: dict[str, Claim] = attrs.field(factory=dict)
    my_claims: dict[str, Said] = attrs.field(factory=dict)
    their_claims: dict[str, Said] = attrs.field(factory=dict)

    def add(self, theirs: Dataset) -> None:
        """Merges one more dataset into what there is."""
        self.claims, self.their_claims = {}, {}
        for claim in theirs.of(Claim):
            _say(self.their_claims, claim, 1)
        places = {i: self.first_at[i] for i in theirs.by_id if i in self.first_at}
        before = [self.records[at] for at in places.values()]
        after = [self.record(my, theirs.by_id[my.id]) for my in before]
        for at, record in zip(places.values(), after, strict=True):
            self.records[at] = record
        new = [record for record in theirs.records if record.id not in places]
        self._append(new)
        claims = [claim for claim in self.claims.values() if not self._said_already(claim)]
        self._append(claims)
        # Only now: what was said before this dataset decides what it adds.
        for records, by in ((before, -1), (after, 1), (new, 1), (claims, 1)):
            for record in records:
                if isinstance(record, Claim):
                    _say(self.my_claims, record, by)

    def _append(self, records: Iterable[Record]) -> None:
        for record in records:
            self.first_at.setdefault(record.id, len(self.records))
            self.records.append(record)

    def _said_already(self, claim: Claim) -> bool:
        """Whether the claim is there; then it gets the new sources."""
        at = self.first_at.get(claim.id)
        if at is None:
            return False
        known = self.records[at]
        if isinstance(known, Claim):
            self.records[at] = evolve(known, sources=_union(known.sources, claim.sources))
        return True

    def record(self, my: Record, their: Record) -> Record:
        """The record that two of the same id become."""
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
        mine = self.my_claims.get(my.id, Counter())
        theirs = self.their_claims.get(my.id, Counter())
        pointers = dict.fromkeys((*differ, *sorted({field for field, _ in (*mine, *theirs)})))
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


def _say(said: dict[str, Said], claim: Claim, by: int) -> None:
    """Counts a claim, or with -1 takes it out again."""
    pairs = said.setdefault(claim.about, Counter())
    pair = (claim.field, claim.value)
    pairs[pair] += by
    if not pairs[pair]:
        del pairs[pair]
    if not pairs:
        del said[claim.about]


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
    """Both headers' members; of a table of kinds or facets the entries of both.

    Titles are joined, so that those of invented data do not stand for others, nor others for them.
    """
    if mine == theirs or not mine or not theirs:
        return mine or theirs
    merged = {**theirs, **mine}
    for name in ("kinds", "facets"):
        tables = [h[name] for h in (theirs, mine) if isinstance(h.get(name), Mapping)]
        if tables:
            merged[name] = {key: entry for table in tables for key, entry in table.items()}
    if "title" in merged:
        titles = [str(h.get("title", UNTITLED)).split(JOINED) for h in (mine, theirs)]
        merged["title"] = JOINED.join(dict.fromkeys(part for title in titles for part in title))
    return FrozenMap(merged)
