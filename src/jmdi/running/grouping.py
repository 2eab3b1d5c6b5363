"""Facts of which no answer alone narrows the bounds of a metric, and some together do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product, zip_longest
from typing import TypeAlias

from jmdi.running.trials import Trials, narrowing
from jmdi.running.unknowns import Change, Unknown

__all__ = ["COMBINED", "PAIRS", "groups"]

PAIRS = 500
"""Most pairs of answers that are tried, of all pairs of facts together."""

COMBINED = 64
"""Most combinations of answers to a group that are tried, to say what each would give."""


Given: TypeAlias = Sequence[tuple[Unknown, Change]]
"""Facts, each with one of its answers."""


def groups(trials: Trials, facts: Sequence[Unknown], most: int) -> Iterator[Given]:
    """The groups of facts that narrow the bounds when they are answered together.

    All pairs, if these are few enough to try all of their answers, and any narrows the bounds.
    Else groups that share no fact, and of which each fact is needed: one is looked for by giving
    all facts their first answer, or all their second, and so on, and then taking away what makes
    no difference.

    Args:
        trials: The metric.
        facts: The facts; those without an answer to try are left out.
        most: At most how many groups are looked for when pairs are too many to try, or none does.

    Yields:
        The facts of a group, each with an answer with which they narrow the bounds.
    """
    facts = [fact for fact in facts if fact.answers]
    pairs = list(combinations(facts, 2))
    if sum(len(one.answers) * len(other.answers) for one, other in pairs) <= PAIRS:
        found = [given for pair in pairs if (given := _together(trials, pair))]
        if found:
            yield from found
            return
    for _ in range(most):
        group = _needed(trials, facts)
        if not group:
            return
        yield group
        taken = [fact for fact, _ in group]
        facts = [fact for fact in facts if fact not in taken]


def _together(trials: Trials, facts: Sequence[Unknown]) -> Given:
    """The first answers to some facts that narrow the bounds; none if none do."""
    for changes in product(*(fact.answers for fact in facts)):
        given = list(zip(facts, changes, strict=True))
        if _narrows(trials, given):
            return given
    return ()


def _narrows(trials: Trials, given: Given) -> bool:
    return narrowing(trials.before, trials.after([change for _, change in given])) > 0


def _needed(trials: Trials, facts: Sequence[Unknown]) -> Given:
    """A group of facts that narrow the bounds together, and each of which is needed for it."""
    for row in zip_longest(*(fact.answers for fact in facts)):
        given = [
            (fact, fact.answers[-1] if change is None else change)
            for fact, change in zip(facts, row, strict=True)
        ]
        if _narrows(trials, given):
            return _least(trials, [], given, changed=False)
    return ()


def _least(trials: Trials, kept: Given, rest: Given, *, changed: bool) -> Given:
    """What of the rest is needed beside what is kept.

    By halves (Junker, 2004, QuickXplain), so that many facts of which few matter take few trials.

    Args:
        trials: The metric.
        kept: Facts with the answers that they have in any case.
        rest: Facts with answers that narrow the bounds together with these.
        changed: Whether more is kept than before, which may be enough by itself.
    """
    if changed and _narrows(trials, kept):
        return []
    if len(rest) == 1:
        return rest
    half = len(rest) // 2
    first, second = rest[:half], rest[half:]
    of_second = _least(trials, [*kept, *first], second, changed=True)
    of_first = _least(trials, [*kept, *of_second], first, changed=bool(of_second))
    return [*of_first, *of_second]
