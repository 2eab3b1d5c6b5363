"""Pairs of which nobody said anything: whether that is no tie, or was not observed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from jmdi.errors import Where
from jmdi.model.ids import make_id
from jmdi.plugins.context import ImportContext

__all__ = ["Silence"]

PRESENCE = "presence"

MOST = 1_000_000
"""Most pairs that are written down; a roster of a thousand actors has as many."""


@attrs.define(slots=True, eq=False)
class Silence:
    """Who reported ties, and to whom, of one record of a mapping.

    Attributes:
        rule: The name of the record in the mapping.
        meaning: What silence of somebody who reports means: ``absent`` or ``unobserved``.
        constants: What is the same in each of these ties.
        reports: By reporter, the actors that he or she was asked about and answered.
    """

    rule: str
    meaning: str
    constants: Mapping[str, Any]
    reports: dict[str, set[str]] = attrs.field(factory=dict)

    def answered(self, reporter: str, about: Iterable[str | None]) -> None:
        """Notes that an actor answered, and about whom."""
        self.reports.setdefault(reporter, set()).update(filter(None, about))

    def ties(self, actors: Iterable[str], context: ImportContext) -> Iterator[dict[str, Any]]:
        """The JSON objects of ties that nobody stated.

        Whoever reported nothing was not observed. Whoever answered and reports no tie at all has
        none, which a tie that is absent says: else he or she would count as one who is silent.

        Args:
            actors: The ids of all actors of the file.
            context: Whose limits hold.
        """
        ids = list(dict.fromkeys([*actors, *self.reports, *self._named()]))
        silent = [one for one in ids if self.meaning == "unobserved" or not self.reports.get(one)]
        more = len(silent) * (len(ids) - 1)
        if more > MOST:
            context.problem(
                "J551",
                f"{more:,} pairs that nobody mentioned are too many to write down; they count as "
                "no ties, though most were not observed",
                where=Where(file=context.name),
                cure="read a part of the table, or leave out silence in the mapping",
            )
            return
        for source in silent:
            said = self.reports.get(source)
            state = "unobserved" if said is None else self.meaning
            for target in ids:
                if target != source and (said is None or target not in said):
                    yield {
                        **self.constants,
                        "kind": "tie",
                        "id": make_id("tie", self.rule, source, target, "silence"),
                        "source": source,
                        "target": target,
                        "state": {"scheme": PRESENCE, "code": state},
                        **({} if said is None else {"reported_by": source}),
                    }

    def _named(self) -> Iterator[str]:
        for about in self.reports.values():
            yield from sorted(about)
