"""What several actors report of one tie: the rule that makes one edge of it, and the reports."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Literal, TypeAlias

from jmdi.classes import frozen
from jmdi.graph.pairs import State, state_of
from jmdi.model.relations import Tie

__all__ = ["Answers", "Reports", "Rule", "about", "settled"]

Rule: TypeAlias = Literal["max", "min", "mean", "both"]
"""What counts when a tie is reported more than once; see `Reports`."""


@frozen(eq=False)
class Reports:
    """What was answered about one tie: one pair, one kind, one period.

    With ``max`` there is a tie when anybody reports one, and it weighs what the highest report
    says; with ``min`` only when nobody says that there is none, and it weighs the lowest;
    ``mean`` is as ``max``, but the tie weighs the mean, in which "no tie" is 0; with ``both`` at
    least two actors must report it, and it weighs the lowest: what one alone reports was not
    observed. A report without a weight does not change what others say of it. An end that
    answered about other ties, and reports no tie of this pair, says that there is none.

    Attributes:
        ties: The reports, those that say that there is no tie included.
        states: What each says.
        rule: What counts.
        unanswered: The records by which somebody says that it was not observed.
        silent: Ids of the ends that answered and do not report a tie.
    """

    ties: tuple[Tie, ...]
    states: tuple[State, ...]
    rule: Rule
    unanswered: tuple[Tie, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def records(self) -> tuple[Tie, ...]:
        """All records about the tie."""
        return self.ties + self.unanswered

    @property
    def present(self) -> list[Tie]:
        """The reports that there is a tie."""
        return [t for t, s in zip(self.ties, self.states, strict=True) if s == "present"]

    @property
    def any_tie(self) -> bool:
        """Whether anybody reports a tie."""
        return "present" in self.states

    @property
    def denied(self) -> bool:
        """Whether anybody says that there is none."""
        return "absent" in self.states or bool(self.silent)

    @property
    def disputed(self) -> bool:
        """Whether some say that there is a tie and some that there is none."""
        return self.any_tie and self.denied

    @property
    def state(self) -> State:
        """Whether there is a tie, by the rule."""
        if not self.any_tie or (self.denied and self.rule in ("min", "both")):
            return "absent"
        alone = len({tie.reported_by for tie in self.ties}) == 1
        return "unobserved" if alone and self.rule == "both" else "present"

    def values(self, number: Callable[[Tie], float]) -> list[float]:
        """What each report says, 0 for no tie, NaN where it is not known.

        Args:
            number: What a tie weighs.
        """
        pairs = zip(self.ties, self.states, strict=True)
        return [number(tie) if state == "present" else 0.0 for tie, state in pairs]

    def value(self, number: Callable[[Tie], float]) -> float:
        """What the edge weighs, by the rule; NaN where no report says it."""
        if self.state == "absent":
            return 0.0
        values = self.values(number)
        if self.rule == "mean":
            values += [0.0] * len(self.silent)
        else:
            values = [v for v, s in zip(values, self.states, strict=True) if s == "present"]
        known = [value for value in values if not math.isnan(value)]
        if not known or (self.rule == "mean" and not any(known) and len(known) < len(values)):
            return math.nan
        if self.rule == "mean":
            return math.fsum(known) / len(known)
        return max(known) if self.rule == "max" else min(known)

    def pairs(self, number: Callable[[Tie], float]) -> tuple[tuple[str, float | None], ...]:
        """Who reports what: 0 for no tie, ``None`` where that or the weight is not known."""
        said = zip(self.ties, self.values(number), strict=True)
        found: list[tuple[str, float | None]] = [
            (str(tie.reported_by), None if math.isnan(v) else v) for tie, v in said
        ]
        found += [(str(tie.reported_by), None) for tie in self.unanswered]
        return (*found, *((id, 0.0) for id in self.silent))


@frozen
class Answers:
    """Who answered, as far as reports show it, and about which end of a tie.

    Attributes:
        respondents: Ids of the actors that reported anything.
        ends: Which ends of a tie from source to target reported any: 0, 1 or both. Where all
            report only the ties that they send, nobody was asked who sends ties to them.
    """

    respondents: frozenset[str]
    ends: frozenset[int]

    @classmethod
    def of(cls, ties: Iterable[Tie], one_way: Collection[bool | None]) -> Answers:
        """The answers that ties show; one that was not observed is none."""
        found = [t for t in ties if t.reported_by is not None and state_of(t) != "unobserved"]
        sent = any(t.directed not in one_way or t.reported_by == t.source for t in found)
        received = any(t.directed not in one_way or t.reported_by == t.target for t in found)
        ends = frozenset(end for end, said in enumerate((sent, received)) if said)
        return cls(frozenset(str(tie.reported_by) for tie in found), ends)

    def asked(self, tie: Tie, one_way: Collection[bool | None]) -> tuple[str, ...]:
        """The ends of a tie that answered about such ties."""
        ends = enumerate((tie.source, tie.target))
        way = tie.directed in one_way
        return tuple(
            id for end, id in ends if id in self.respondents and (end in self.ends or not way)
        )


def settled(
    ties: Sequence[Tie],
    states: Sequence[State],
    rule: Rule,
    one_way: Collection[bool | None],
    answers: Answers,
) -> tuple[list[Tie], list[State], dict[int, Reports], dict[str, int]]:
    """Ties of which those that several actors report of one pair are one, and what they report.

    What one end answers stays although the other end did not answer.

    Args:
        ties: The ties, whatever their state.
        states: The state of each.
        rule: What counts when a tie is reported more than once.
        one_way: Which values of `Tie.directed` mean from source to target only.
        answers: Who answered.

    Returns:
        The ties, the state of each, the reports of those that stand for several by the ``id`` of
        the object, and counts for the notes.
    """
    groups: dict[Any, list[int]] = {}
    spoken: dict[Any, set[str]] = {}
    for number, tie in enumerate(ties):
        if tie.reported_by is not None:
            same = about(tie, one_way)
            groups.setdefault(same, []).append(number)
            if states[number] == "present":
                spoken.setdefault(same[:3], set()).add(tie.reported_by)
    decided = list(states)
    gone: set[int] = set()
    reports: dict[int, Reports] = {}
    twice = disputed = 0
    for same, members in groups.items():
        said = [n for n in members if states[n] != "unobserved"]
        if not said:
            gone.update(members[1:])  # nobody knows of one tie, whoever was asked about it
            continue
        unanswered = [n for n in members if states[n] == "unobserved"]
        gone.update(unanswered)
        reporters = {ties[n].reported_by for n in said}
        known = {ties[n].reported_by for n in members} | spoken.get(same[:3], set())
        lead = next((n for n in said if states[n] == "present"), said[0])
        asked = answers.asked(ties[lead], one_way) if states[lead] == "present" else ()
        silent = tuple(id for id in asked if id not in known)
        several = len(reporters) > 1
        if several or silent or unanswered or rule == "both":
            made = Reports(
                tuple(ties[n] for n in said),
                tuple(states[n] for n in said),
                rule,
                tuple(ties[n] for n in unanswered),
                silent,
            )
            gone.update(said)
            gone.discard(lead)
            reports[id(ties[lead])] = made
            decided[lead] = made.state
            twice += several
            disputed += made.disputed
    kept = [n for n in range(len(ties)) if n not in gone]
    counts = {"pairs_reported_twice": twice, "reports_disputed": disputed}
    notes = {name: count for name, count in counts.items() if count}
    return [ties[n] for n in kept], [decided[n] for n in kept], reports, notes


def about(tie: Tie, one_way: Collection[bool | None]) -> tuple[object, ...]:
    """Which tie is reported: its ends, in order if it has a direction, its kind and its period."""
    ends = (tie.source, tie.target)
    pair = ends if tie.directed in one_way else tuple(sorted(ends))
    return (*pair, tie.directed in one_way, tie.type, tie.period)
