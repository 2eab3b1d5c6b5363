"""What heads say, held against the cells below them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jmdi.words.folding import fold
from jmdi_workplan.plan.composed import GUESSED, sorts_of
from jmdi_workplan.plan.header_words import corrected
from jmdi_workplan.plan.inferred import (
    are_states,
    begins_with_verb,
    count_people,
    holds_figures,
    is_date,
    kind_of,
)

__all__ = ["COUNTER", "checked", "counts"]

COUNTER = re.compile(r"\(?\d{1,3}(?:\.\d{1,2}){0,3}[.)]?\Z")
"""A running number: "3", "(3)", "1.2."."""

NAMES = frozenset(("responsible", "partner", "funding-source", "place"))
WORDED = frozenset(("action", "activity", "project", "objective", "output", "section")) | NAMES
"""Meanings of columns that hold words, never only figures."""

MEASURED = frozenset(("target", "baseline", "actual"))
TOLD = frozenset(("status", "remarks", "actual", "drop"))
"""Meanings of columns that may say how far an action is."""

ACTIONS = frozenset(("action", "activity", "project"))
"""What rows are about can be named like an organisation or place: "Help desk", "Dakar forum"."""

ROWS = 12
"""Rows that are looked at."""

PLAIN = 0.9
WEAK = 0.76
"""Heads that score less do not outweigh what all cells say."""

FITTING: Mapping[str, frozenset[str]] = {
    "organisation": NAMES - {"place"} | {"audience", "verification", "remarks", "section"},
    "place": frozenset(("place", "audience", "remarks", "level", "section")),
    "people": frozenset(("audience", "target", "actual", "output", "indicator", "baseline")),
    "money": frozenset(("finance", "actual-finance", "budget-line", "funding-source")),
}
"""What a column of such cells can be, whatever its head is."""


def checked(
    choices: Sequence[list[tuple[str, float]]],
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    fixed: float,
) -> list[list[tuple[str, float]]]:
    """The possible meanings of columns, as far as their cells allow them.

    Args:
        choices: The meanings of each column by its head, best first, with scores.
        heads: The heads as typed.
        rows: The rows below the header.
        fixed: A score from which on nothing is changed.
    """
    measured = any(one and one[0][0] == "indicator" for one in choices)
    found = []
    for index, one in enumerate(choices):
        cells = [row[index].strip() for row in rows[:ROWS] if index < len(row)]
        filled = list(filter(None, cells))
        if one and one[0][1] < fixed and filled:
            one = _held(one, filled, measured=measured, counted=counts(rows, index))
            one = _fitting(one, heads[index], filled)
        found.append(one)
    return _one_action(_reached(found, heads, rows), rows)


def _reached(
    choices: list[list[tuple[str, float]]], heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> list[list[tuple[str, float]]]:
    """Figures under "people reached" are what was reached; those of other people were the target.

    So "beneficiaries targeted" beside "beneficiaries reached". Alone, or beside who they are, the
    figures are the size of a group; "targeted" beside who they are is both.
    """
    best = [one[0][0] if one else "" for one in choices]
    sorts = [{sort for word in fold(head).split() for sort in sorts_of(word)} for head in heads]
    figures = [
        n
        for n in range(len(best))
        if holds_figures([row[n] for row in rows[:ROWS] if n < len(row)])
    ]
    counted = [n for n in figures if best[n] == "audience"]
    named = [n for n, one in enumerate(best) if one == "audience" and n not in counted]
    done = {n for n in counted if "done" in sorts[n]}
    if len(named) == 1 and "indicator" not in best:
        meant = dict.fromkeys((n for n in figures if sorts[n] == {"aim"}), "audience+target")
    else:
        meant = dict.fromkeys(counted if done else (), "target")
    meant |= dict.fromkeys(done, "actual")
    return [[(meant[n], one[0][1])] if n in meant else one for n, one in enumerate(choices)]


def _one_action(
    choices: list[list[tuple[str, float]]], rows: Sequence[Sequence[str]]
) -> list[list[tuple[str, float]]]:
    """Of several columns for the actions, one of which a plain head names or verbs begin.

    The others are what their other meanings say; without another, their cells or nobody knows.
    """
    acting = [n for n, one in enumerate(choices) if one and one[0][0] == "action"]
    weak = [n for n in acting if choices[n][0][1] < WEAK]
    if len(acting) == 2 and (not weak or _groups(rows, *acting)):
        return _parted(choices, rows, *acting)
    if len(acting) < 2 or not weak:
        return choices
    texts = {n: [row[n] for row in rows[:ROWS] if n < len(row) and row[n].strip()] for n in acting}

    def rank(index: int) -> tuple[bool, float, int, float]:
        own = texts[index]
        verbs = sum(map(begins_with_verb, own)) / max(1, len(own))
        return index not in weak, verbs, len(set(own)), choices[index][0][1]

    best = max(acting, key=rank)
    return [
        [pair for pair in one if pair[0] != "action"] if n in weak and n != best else one
        for n, one in enumerate(choices)
    ]


def _groups(rows: Sequence[Sequence[str]], left: int, right: int) -> bool:
    """Whether the texts of one column stand for several of another, each its own."""
    pairs = [(row[left].strip(), row[right].strip()) for row in rows[:ROWS] if right < len(row)]
    above, below = ([pair[side] for pair in pairs if pair[side]] for side in (0, 1))
    return len(set(above)) < len(pairs) == len(set(below)) == len(below)


def _parted(
    choices: list[list[tuple[str, float]]], rows: Sequence[Sequence[str]], left: int, right: int
) -> list[list[tuple[str, float]]]:
    """Of "Actions | Tasks", the first are the actions, and the tasks say more of them.

    Where an action stands once for several tasks, or again and again, these are the actions, and
    it is what they belong to.
    """
    texts = [row[left].strip() for row in rows[:ROWS] if max(left, right) < len(row)]
    once = all(texts) and len(set(texts)) == len(texts)
    meant = {right: "activity"} if once else {left: "section"}
    return [[(meant[n], one[0][1])] if n in meant else one for n, one in enumerate(choices)]


def _held(
    one: list[tuple[str, float]], cells: Sequence[str], *, measured: bool, counted: bool
) -> list[tuple[str, float]]:
    """The meanings of a column whose cells are figures, dates, or words for how far a thing is.

    "Goal" over figures is a target where there is an indicator. "Stage" over 1.1, 1.2 has numbers.
    "Intended" over numbers of people is an audience where nothing is measured. What "work plan and
    budget" says besides money is not in figures.
    """
    meaning, score = one[0]
    if "+" in meaning and holds_figures(cells):
        others = dict.fromkeys(part for part in meaning.split("+") if part not in WORDED)
        return [("+".join(others), score), *one[1:]] if others else one[1:]
    if are_states(cells) and not (measured and meaning in MEASURED):
        return one if meaning in TOLD else [("status", score)]
    if meaning in WORDED:
        if meaning not in NAMES and counted:
            return [("target" if measured and meaning == "objective" else "number", PLAIN)]
        return [] if holds_figures(cells) else one
    if meaning == "target" and not measured and score < PLAIN and count_people(cells):
        return [("audience", score)]
    if meaning == "target" and score <= GUESSED and not all(map(_is_value, cells)):
        return one[1:]
    return one


def _fitting(
    one: list[tuple[str, float]], head: str, cells: Sequence[str]
) -> list[tuple[str, float]]:
    """The meanings that cells allow, where the head is no plain one."""
    if not one or not ACTIONS.isdisjoint(one[0][0].split("+")):
        return one
    if one[0][1] >= WEAK and corrected(head) is None:
        return one
    allowed = FITTING.get(kind_of(head, cells) or "")
    return one if allowed is None else [pair for pair in one if pair[0] in allowed]


def _is_value(text: str) -> bool:
    """Whether a text begins with a figure and is no date."""
    return text[:1].isdigit() and not is_date(text)


def counts(rows: Sequence[Sequence[str]], index: int) -> bool:
    """Whether a column has running numbers."""
    texts = [row[index].strip() for row in rows[:50] if index < len(row) and row[index].strip()]
    return len(texts) > 1 and all(COUNTER.match(text) for text in texts)
