"""What the tables of a file share: records that rows of several can be about, and who reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath

import attrs

from jmdi.errors import Severity, Where
from jmdi.files.codec import Codec
from jmdi.files.mapping.silence import Silence
from jmdi.files.paths import escaped
from jmdi.graph.dataset import Dataset
from jmdi.graph.merging import merge
from jmdi.model.declare import fields_of
from jmdi.model.kinds import Actor, Claim
from jmdi.model.records import Record, evolve
from jmdi.model.relations import Tie
from jmdi.plugins.context import FirstFew, ImportContext

__all__ = ["LISTED", "Shared"]

LISTED = 10
"""How many problems of one sort are reported one by one; the rest are counted."""

SILENT = "nobody mentioned the pair; the mapping says what silence means"
"""The note of a source that says nothing of a pair."""

DISPUTED = 3
"""How many contradictions of one kind are reported one by one."""


@attrs.define(slots=True, eq=False)
class Shared:
    """What the tables of a file share: the records that rows of several can be about."""

    context: ImportContext
    codec: Codec
    held: dict[str, dict[str, Record]] = attrs.field(factory=dict)
    """Versions of the records that several rows can be about, by id and JSON text."""
    times: Counter[str] = attrs.field(factory=Counter)
    """How often content without a name was seen, by the id that it would have."""
    disputed: FirstFew = attrs.field(init=False)
    silent: dict[str, Silence] = attrs.field(factory=dict)
    """The records of ties that say what silence means, by their name in the mapping."""

    def __attrs_post_init__(self) -> None:
        self.disputed = FirstFew(self.context.limits, DISPUTED)

    def finish(self) -> Iterator[Record]:
        """The records that several rows are about, and what silence means."""
        actors = []
        for versions in self.held.values():
            records = list(versions.values())
            if isinstance(records[0], Actor):
                actors.append(records[0].id)
            if len(records) < 2:
                yield from records
            else:
                merged = merge(*(Dataset([record]) for record in _with_all_items(records)))
                self.contradictions(merged)
                yield from merged
        for kind, more in self.disputed.rest().items():
            message = f"{more:,} more {kind} of which rows say different things"
            where = Where(file=self.context.name)
            self.context.problem("J550", message, severity=Severity.INFO, where=where)
        for silence in self.silent.values():
            source = {"title": escaped(PurePath(self.context.name).name), "note": SILENT}
            for raw in silence.ties(actors, self.context):
                yield self.codec.structure({**raw, "sources": [source]}, Tie)

    def contradictions(self, merged: Dataset) -> None:
        """Reports that rows say different things of one record, of which claims are kept."""
        claims = merged.of(Claim)
        record = next(iter(merged))
        if not len(claims) or not self.disputed.takes(type(record).kind):
            return
        said = {(claim.field, str(claim.value)) for claim in claims}
        shown = "; ".join(f"{pointer[1:]}: {value:.60}" for pointer, value in sorted(said)[:4])
        self.context.problem(
            "J550",
            f"rows say different things of one {type(record).kind}; all are kept as claims",
            severity=Severity.INFO,
            where=Where(file=self.context.name, record=record.id, kind=type(record).kind),
            value=shown,
            cure="correct the rows, or say in the mapping what identifies it: key",
        )


def _with_all_items(records: Sequence[Record]) -> list[Record]:
    """Versions of one record, each with the items of all in its lists.

    Rows that name other items of a list, such as one party each, do not contradict each other.
    """
    lists = [f.name for f in fields_of(type(records[0])) if f.type.form == "tuple"]
    items = {
        name: tuple(dict.fromkeys(item for one in records for item in getattr(one, name)))
        for name in lists
        if name != "sources"
    }
    return [evolve(record, **items) for record in records]
