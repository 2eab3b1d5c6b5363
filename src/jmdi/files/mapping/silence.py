"""Pairs of which nobody said anything: whether that is no tie, or was not observed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

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

        Raises:
            FormatError: If there are too many pairs.
        """
        ids = list(dict.fromkeys([*actors, *self.reports, *self._named()]))
        if len(ids) ** 2 > MOST:
            raise context.beyond(f"has more than {MOST:,} pairs of actors", "rows")
        for source in ids:
            said = self.reports.get(source)
            if said and self.meaning == "absent":
                continue
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
