"""What a format cannot keep of data, counted by kind and member and said as problems."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from jmdi.classes import define
from jmdi.errors import Problem, Severity, Where
from jmdi.graph.pointers import json_members
from jmdi.model.json_pointer import escape
from jmdi.model.records import Record, Relation
from jmdi.model.renaming import renamed
from jmdi.model.writing import dumps

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["Losses", "differences"]

EXAMPLES = 3
"""How many records are named for each loss."""

SHOWN = 60
"""How many characters of a value are shown."""

NOT_KEPT, MEMBER, CHANGED, ADDED = "J560", "J561", "J562", "J563"


@define
class Losses:
    """Counts what a format cannot keep, for `Exporter.losses`.

    Each loss names a kind and, unless whole records are lost, a member, as a JSON pointer; it
    has a count and up to three ids of records.

    >>> import jmdi
    >>> losses = jmdi.Losses()
    >>> losses.member(jmdi.Actor(id="a", names={"en": "A"}), "/names")
    >>> [problem.message for problem in losses.problems()]
    ["'names' of 1 actor record is not kept (a)"]
    """

    _found: dict[tuple[str, str, str, str], list[str]] = attrs.field(factory=dict)
    _counts: Counter[tuple[str, str, str, str]] = attrs.field(factory=Counter)
    _shown: dict[tuple[str, str, str, str], str] = attrs.field(factory=dict)

    def record(self, record: Record, why: str = "") -> None:
        """Notes that a whole record is not written; ``why`` continues the sentence."""
        self._note((NOT_KEPT, record.kind, "", why), record.id)

    def member(self, record: Record, pointer: str, why: str = "") -> None:
        """Notes that a member is not written; ``why`` continues the sentence."""
        self._note((MEMBER, record.kind, pointer, why), record.id)

    def changed(self, record: Record, pointer: str, before: object, after: object) -> None:
        """Notes that a member is written as something else; the first change is shown."""
        key = (CHANGED, record.kind, pointer, "")
        if key not in self._shown:
            self._shown[key] = f": {_brief(before)} becomes {_brief(after)}"
        self._note(key, record.id)

    def added(self, record: Record, pointer: str = "", value: object = None) -> None:
        """Notes what a reader will find that the data lacks: a record, or a member of one."""
        key = (ADDED, record.kind, pointer, "")
        if key not in self._shown:
            self._shown[key] = f": {_brief(value)}" if pointer else ""
        self._note(key, record.id)

    def beyond(self, records: Iterable[Record], kept: Mapping[str, Collection[str]]) -> None:
        """Notes all that records say besides what is kept.

        Args:
            records: The records that are written.
            kept: The members that are kept, by kind; a kind that is not named is not kept.
        """
        for record in records:
            if record.kind not in kept:
                self.record(record)
                continue
            for pointer in _members(record):
                if pointer[1:] not in ("kind", *kept[record.kind]):
                    self.member(record, pointer)

    def problems(self) -> tuple[Problem, ...]:
        """What was noted, by kind and member."""
        order = sorted(self._counts, key=lambda key: (key[0] == ADDED, key[1:], key[0]))
        return tuple(map(self._problem, order))

    def _note(self, key: tuple[str, str, str, str], id: str) -> None:
        self._counts[key] += 1
        examples = self._found.setdefault(key, [])
        if len(examples) < EXAMPLES:
            examples.append(id)

    def _problem(self, key: tuple[str, str, str, str]) -> Problem:
        code, kind, pointer, why = key
        count, examples = self._counts[key], tuple(self._found[key])
        records = f"{count:,} {kind} record{'s' * (count > 1)}"
        what = f"{pointer[1:]!r} of {records}" if pointer else records
        done = f"{'is' if pointer or count == 1 else 'are'} {_DONE[code]}"
        more = ", …" if count > len(examples) else ""
        said = f"{what} {done}{f' {why}' if why else ''} ({', '.join(examples)}{more})"
        return Problem(
            code,
            Severity.INFO if code == ADDED else Severity.WARNING,
            said + self._shown.get(key, ""),
            Where(kind=kind, member=pointer or None),
            count=count,
            examples=examples,
        )


_DONE = {NOT_KEPT: "not kept", MEMBER: "not kept", CHANGED: "changed", ADDED: "added"}


def _brief(value: object) -> str:
    text = dumps(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def differences(before: Dataset, after: Dataset) -> tuple[Problem, ...]:
    """What a second dataset, read from a file of the first, says otherwise.

    Records are the same by id; those that got another id, which is a change of its own, by what
    else they say: everything, or the label, or the ends. Where a file comes from is no change.
    """
    losses = Losses()
    same = Counter(before.records) & Counter(after.records)
    pairing = _Pairing(_without(before.records, same), _without(after.records, same))
    pairing.match(lambda record: record.id)
    pairing.match(_content)
    pairing.match(_label)
    pairing.match(_tie)
    pairing.match(_ends)
    for mine, theirs in pairing.pairs:
        _compare(mine, renamed(theirs, pairing.names), theirs.id, losses)
    for record in pairing.old:
        losses.record(record)
    for record in pairing.new:
        losses.added(record)
    return losses.problems()


def _without(records: Iterable[Record], same: Counter[Record]) -> list[Record]:
    """The records but for so many of each that both datasets hold."""
    left = same.copy()
    kept = []
    for record in records:
        if left[record] > 0:
            left[record] -= 1
        else:
            kept.append(record)
    return kept


@define
class _Pairing:
    """Finds which record of a dataset is which of another.

    Attributes:
        old: Those of the first that are not found yet.
        new: Those of the second that are not found yet.
        pairs: Those that were found, as they are.
        names: Ids of the second and what these records are called in the first.
    """

    old: list[Record]
    new: list[Record]
    pairs: list[tuple[Record, Record]] = attrs.field(factory=list)
    names: dict[str, str] = attrs.field(factory=dict)

    def match(self, key: Callable[[Record], Hashable]) -> None:
        """Takes as the same those of one key, in order; a key ``None`` is not compared."""
        waiting: defaultdict[Hashable, list[Record]] = defaultdict(list)
        for record in reversed(self.new):
            named = renamed(record, self.names) if self.names else record
            waiting[key(named)].append(record)
        taken: set[int] = set()
        left = []
        for record in self.old:
            found = key(record)
            if found is None or not waiting[found]:
                left.append(record)
                continue
            other = waiting[found].pop()
            taken.add(id(other))
            self.pairs.append((record, other))
            if record.id != other.id:
                self.names[other.id] = record.id
        self.old = left
        self.new = [record for record in self.new if id(record) not in taken]


def _content(record: Record) -> Hashable:
    return dumps({name: value for name, value in json_members(record).items() if name != "id"})


def _label(record: Record) -> Hashable:
    """The kind and label; the label of a record without names is its id."""
    return None if isinstance(record, Relation) else (record.kind, record.label())


def _tie(record: Record) -> Hashable:
    """What tells the relations of one pair apart."""
    if not isinstance(record, Relation):
        return None
    return (
        _ends(record),
        *(getattr(record, name, None) for name in ("type", "strength", "period")),
    )


def _ends(record: Record) -> Hashable:
    return (record.kind, record.source, record.target) if isinstance(record, Relation) else None


def _compare(mine: Record, theirs: Record, id: str, losses: Losses) -> None:
    """Notes in what a record differs from the one that was read again under an id."""
    if mine.id != id:
        losses.changed(mine, "/id", mine.id, id)
    before, after = _members(mine), _members(theirs)
    for pointer in dict.fromkeys((*before, *after)):
        old, new = before.get(pointer), after.get(pointer)
        if (type(old) is type(new) and old == new) or _equal(mine, theirs, pointer):
            continue
        if old is None:
            if pointer != "/sources":
                losses.added(mine, pointer, new)
        elif new is None or pointer == "/sources":  # what was read names its own file
            losses.member(mine, pointer)
        else:
            losses.changed(mine, pointer, old, new)


def _equal(mine: Record, theirs: Record, pointer: str) -> bool:
    """Whether a field of two records holds the same, such as 3 and 3.0."""
    name = pointer[1:]
    old = getattr(mine, name, None)
    return old is not None and old == getattr(theirs, name, None)


def _members(record: Record) -> dict[str, Any]:
    """What a record says besides its id, by JSON pointer; a plugin's block by its members."""
    found: dict[str, Any] = {}
    for name, value in json_members(record).items():
        if ":" in name and isinstance(value, dict) and value:
            found |= {f"/{escape(name)}/{escape(part)}": item for part, item in value.items()}
        elif name != "id":
            found[f"/{escape(name)}"] = value
    return found
