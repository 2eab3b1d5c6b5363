"""Somebody is there who is not recorded: what such an answer means as records."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from jmdi import Actor, Adopts, Code, Participates, Practice, Record, Source, code, evolve, make_id

__all__ = ["Answered", "somebody"]


@attrs.frozen(slots=True)
class Answered:
    """Somebody takes part, or has adopted.

    Attributes:
        kind: The class of the record in whose list they would be.
        owner: Its id.
        type: Code of what they are; ``None`` for anybody.
        side: Code of their side; ``None`` for any.
        level: Code of their level; ``None`` for any.
    """

    kind: builtins.type[Record]
    owner: str
    type: str | None
    side: str | None
    level: str | None

    @classmethod
    def of(cls, kind: builtins.type[Record], owner: str, raw: Mapping[str, Any]) -> Answered:
        """The answer of a row's JSON object."""
        return cls(kind, owner, *(_code(raw.get(name)) for name in ("type", "side", "level")))

    def is_named(self, added: Iterable[Record], actors: Mapping[str, Actor]) -> bool:
        """Whether a row that was added says who it is.

        Args:
            added: The records of rows that were added.
            actors: All actors by id.
        """
        return any(
            isinstance(one, (Participates, Adopts))
            and one.target == self.owner
            and self.type in (None, _name(getattr(actors.get(one.source), "type", None)))
            and (self.side is None or _name(getattr(one, "side", None)) in (self.side, "both"))
            and self.level in (None, _name(getattr(one, "level", None)))
            for one in added
        )


def _code(raw: object) -> str | None:
    return raw.get("code") if isinstance(raw, Mapping) else None


def _name(found: Code | None) -> str | None:
    return None if found is None else found.code


def somebody(answer: Answered, source: Source) -> Iterator[Record]:
    """An actor of whom only this is known, and that it takes part, or has adopted."""
    parts = ("somebody", answer.owner, answer.type, answer.side, answer.level)
    type = None if answer.type is None else code("actor-type", answer.type)
    side = None if answer.side is None else code("side", answer.side)
    level = None if answer.level is None else code("governance-level", answer.level)
    sources = (source,)
    actor = Actor(id=make_id("actor", *parts), type=type, level=level, sources=sources)
    yield actor
    fact: Adopts | Participates
    if issubclass(answer.kind, Practice):
        fact = Adopts(id=make_id("adopts", *parts), source=actor.id, target=answer.owner)
        yield evolve(fact, level=level, sources=sources)
    else:
        fact = Participates(
            id=make_id("participates", *parts), source=actor.id, target=answer.owner
        )
        yield evolve(fact, side=side, sources=sources)
