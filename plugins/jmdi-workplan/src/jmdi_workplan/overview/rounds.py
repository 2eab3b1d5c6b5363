"""Two rounds of a plan side by side."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jmdi import Dataset, Table
from jmdi.words.folding import fold
from jmdi_workplan.export.layout import usual_cells
from jmdi_workplan.overview.facts import Planned, facts_of
from jmdi_workplan.overview.tables import money

__all__ = ["compare"]

LIKE = 0.75
"""How alike the words of two actions must be to be taken for one that was reworded."""

RAREST, MOST_HOLDERS, MOST = 16, 500, 12
"""Letters in a row of a text that are looked up, texts that have them, and texts compared."""

Pair = tuple[Planned, Planned, str]


def compare(before: Dataset, after: Dataset) -> dict[str, Table]:
    """Compares two rounds: which actions are new, gone or changed, and what became of the money.

    Actions are the same by id, else by the same words, else by words that are much alike; each
    row says by which. What was or is not known is ``None``.

    Args:
        before: The earlier round.
        after: The later one.

    Returns:
        ``changes`` (status, action, matched_by, what, before, after; a row per field that
        changed), ``same`` (the actions in which nothing did), and ``money`` (by currency, before
        and after, with the numbers of amounts that are not known or not added).
    """
    old, new = facts_of(before), facts_of(after)
    pairs = _pairs(old, new)
    kept = {id(one) for pair in pairs for one in pair[:2]}
    changes: list[tuple[str | None, ...]] = []
    same: list[tuple[str, str]] = []
    for first, second, how in pairs:
        rows = [*_changes(first, second)]
        name = second.action.label()
        changes += (("changed", name, how, *row) for row in rows)
        if not rows:
            same.append((name, how))
    for status, own in (("removed", old), ("added", new)):
        changes += (
            (status, one.action.label(), None, None, None, None)
            for one in own
            if id(one) not in kept
        )
    heads = ("status", "action", "matched_by", "what", "before", "after")
    return {
        "changes": Table(heads, changes),
        "same": Table(("action", "matched_by"), same),
        "money": _money(old, new),
    }


def _pairs(old: Sequence[Planned], new: Sequence[Planned]) -> list[Pair]:
    """The actions that are in both rounds, each at most once, in the order of the later one."""
    left, right = list(old), list(new)
    found: list[Pair] = []
    for how in ("id", "words"):
        ours, theirs = _by(how, left), _by(how, right)
        found += [(ours[key], theirs[key], how) for key in theirs if key in ours]
        taken = {id(one) for pair in found for one in pair[:2]}
        left = [one for one in left if id(one) not in taken]
        right = [one for one in right if id(one) not in taken]
    found += _alike(left, right)
    order = {id(one): at for at, one in enumerate(new)}
    return sorted(found, key=lambda pair: order[id(pair[1])])


def _by(how: str, actions: Sequence[Planned]) -> dict[str, Planned]:
    """Actions by their id, or by words that only one of them has."""
    if how == "id":
        return {one.action.id: one for one in actions}
    found: dict[str, list[Planned]] = {}
    for one in actions:
        found.setdefault(fold(one.action.label()), []).append(one)
    return {words: own[0] for words, own in found.items() if len(own) == 1}


def _alike(left: Sequence[Planned], right: Sequence[Planned]) -> Iterator[Pair]:
    """Pairs whose words are much alike, the most alike first."""
    ours, theirs = ([fold(one.action.label()) for one in side] for side in (left, right))
    ratios = []
    matcher = difflib.SequenceMatcher(autojunk=False)
    for at, (words, others) in enumerate(zip(theirs, _candidates(ours, theirs), strict=True)):
        matcher.set_seq2(words)
        for number in others:
            matcher.set_seq1(ours[number])
            if matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE:
                ratio = matcher.ratio()
                if ratio >= LIKE:
                    ratios.append((-ratio, number, at))
    taken: tuple[set[int], set[int]] = (set(), set())
    for ratio, number, at in sorted(ratios):
        if number not in taken[0] and at not in taken[1]:
            taken[0].add(number)
            taken[1].add(at)
            yield left[number], right[at], f"words alike by {-ratio:.0%}"


def _candidates(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Sequence[int]]:
    """For each of their texts, those of ours that share its rarest letters in a row with it.

    So the work grows with the number of texts, and not with its square.
    """
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(ours):
        for part in _threes(text):
            holders[part].append(number)
    for text in theirs:
        known = sorted(part for part in _threes(text) if part in holders)
        rarest = sorted(known, key=lambda part: len(holders[part]))[:RAREST]
        shared = Counter(number for part in rarest for number in holders[part][:MOST_HOLDERS])
        yield sorted(shared, key=lambda number: (-shared[number], number))[:MOST]


def _threes(text: str) -> set[str]:
    """The letters of a text, three in a row each; those of a shorter text."""
    return {text[at : at + 3] for at in range(max(1, len(text) - 2))}


def _changes(first: Planned, second: Planned) -> Iterator[tuple[str, str | None, str | None]]:
    """The fields whose words differ by more than case and blanks."""
    before, after = _fields(first), _fields(second)
    for name in before:
        if fold(before[name] or "") != fold(after[name] or ""):
            yield name, before[name], after[name]


def _fields(one: Planned) -> dict[str, str | None]:
    action = one.action
    cells: dict[str, str | None] = {
        name: words or None for name, words in usual_cells(action, one.facts.dataset).items()
    }
    cells["level"] = action.level.code if action.level else None
    cells["who"] = "; ".join(one.who()) or None
    return cells


def _money(old: Sequence[Planned], new: Sequence[Planned]) -> Table:
    """Known amounts by currency in both rounds, and how many are not known or not added."""
    sides = [_by_currency(money(actions)) for actions in (old, new)]
    rows = []
    for currency in sorted({*sides[0], *sides[1]}, key=lambda c: (c is None, c or "")):
        (low, unknown), (low_now, unknown_now) = (side.get(currency, (None, 0)) for side in sides)
        more = None if low is None or low_now is None else low_now - low
        rows.append((currency, low, low_now, more, unknown, unknown_now))
    heads = ("currency", "before", "after", "difference", "left_out_before", "left_out_after")
    return Table(heads, rows)


def _by_currency(table: Table) -> dict[str | None, tuple[Decimal | None, int]]:
    """The lower sum of each currency, and how many amounts of it are not known or not added."""
    found: dict[str | None, tuple[Decimal | None, int]] = {}
    for row in table.to_dicts():
        low, unknown = found.get(row["currency"], (None, 0))
        if row["amount"] is not None:
            low = row["amount"] + (low or 0)
        found[row["currency"]] = (low, unknown + row["unknown"] + row["not_added"])
    return found
