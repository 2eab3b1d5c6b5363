"""What several actors report of one tie: the rule that makes one edge of it, and the reports."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from typing import Any, Literal, TypeAlias

import attrs

from jmdi.graph.pairs import State
from jmdi.model.relations import Tie

__all__ = ["Reports", "Rule", "settled"]

Rule: TypeAlias = Literal["max", "min", "mean", "both"]
"""What counts when a tie is reported more than once; see `Reports`."""


@attrs.frozen(slots=True, eq=False)
class Reports:
    """What was answered about one tie: one pair, one kind, one period.

    With ``max`` there is a tie when anybody reports one, and it weighs what the highest report
    says; with ``min`` only when nobody says that there is none, and it weighs the lowest;
    ``mean`` is as ``max``, but the tie weighs the mean, in which "no tie" is 0; with ``both`` at
    least two actors must report it, and it weighs the lowest: what one alone reports was not
    observed. A report without a weight does not change what others say of it.

    Attributes:
        ties: The reports, those that say that there is no tie included.
        states: What each says.
        rule: What counts.
    """

    ties: tuple[Tie, ...]
    states: tuple[State, ...]
    rule: Rule

    @property
    def present(self) -> list[Tie]:
        """The reports that there is a tie."""
        return [t for t, s in zip(self.ties, self.states, strict=True) if s == "present"]

    @property
    def any_tie(self) -> bool:
        """Whether anybody reports a tie."""
        return "present" in self.states

    @property
    def state(self) -> State:
        """Whether there is a tie, by the rule."""
        if not self.any_tie or ("absent" in self.states and self.rule in ("min", "both")):
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
        if self.rule != "mean":
            values = [v for v, s in zip(values, self.states, strict=True) if s == "present"]
        known = [value for value in values if not math.isnan(value)]
        if not known or (self.rule == "mean" and not any(known) and len(known) < len(values)):
            return math.nan
        if self.rule == "mean":
            return math.fsum(known) / len(known)
        return max(known) if self.rule == "max" else min(known)

    def pairs(self, number: Callable[[Tie], float]) -> tuple[tuple[str, float | None], ...]:
        """Who reports what: 0 for no tie, ``None`` where the weight is not known."""
        values = zip(self.ties, self.values(number), strict=True)
        return tuple((str(t.reported_by), None if math.isnan(v) else v) for t, v in values)


def settled(
    ties: Sequence[Tie], states: Sequence[State], rule: Rule, one_way: Collection[bool | None]
) -> tuple[list[Tie], list[State], dict[int, Reports], dict[str, int]]:
    """Ties of which those that several actors report of one pair are one, and what they report.

    What one end answers stays although the other end did not answer.

    Args:
        ties: The ties, whatever their state.
        states: The state of each.
        rule: What counts when a tie is reported more than once.
        one_way: Which values of `Tie.directed` mean from source to target only.

    Returns:
        The ties, the state of each, the reports of those that stand for several by the ``id`` of
        the object, and counts for the notes.
    """
    groups: dict[Any, list[int]] = {}
    for number, tie in enumerate(ties):
        if tie.reported_by is not None:
            groups.setdefault(_about(tie, one_way), []).append(number)
    decided = list(states)
    gone: set[int] = set()
    reports: dict[int, Reports] = {}
    twice = 0
    for members in groups.values():
        answers = [n for n in members if states[n] != "unobserved"]
        if not answers:
            continue
        gone.update(members)
        gone.difference_update(answers)
        several = len({ties[n].reported_by for n in answers}) > 1
        if several or rule == "both":
            made = Reports(tuple(ties[n] for n in answers), tuple(states[n] for n in answers), rule)
            lead = next((n for n in answers if states[n] == "present"), answers[0])
            gone.update(answers)
            gone.discard(lead)
            reports[id(ties[lead])] = made
            decided[lead] = made.state
            twice += several
    kept = [n for n in range(len(ties)) if n not in gone]
    notes = {"pairs_reported_twice": twice} if twice else {}
    return [ties[n] for n in kept], [decided[n] for n in kept], reports, notes


def _about(tie: Tie, one_way: Collection[bool | None]) -> tuple[object, ...]:
    """Which tie is reported: its ends, in order if it has a direction, its kind and its period."""
    ends = (tie.source, tie.target)
    pair = ends if tie.directed in one_way else tuple(sorted(ends))
    return (*pair, tie.directed in one_way, tie.type, tie.period)
