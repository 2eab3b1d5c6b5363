"""What the amounts of a table show of the others: which sign marks decimals, and which currency.

"1,250,000" shows that a comma marks thousands, "12,50" that it marks decimals; both then hold for
"300,000". Where no figure shows it, a total does that is the sum of its column in one reading only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from jmdi.words.folding import Folded
from jmdi_workplan.finance import unit_of
from jmdi_workplan.words.numerals import NUMBER, read_number

__all__ = ["ROWS", "SIGNS", "adds_up", "currency_of", "decimal_mark", "value_of"]

SIGNS = ".,"
OTHER = {",": ".", ".": ","}
DATE = re.compile(r"\d{1,4}([/.-])\d{1,2}\1\d{2,4}")
UNCERTAIN = re.compile(r"\d{1,3}[.,]\d{3}")
BARE = re.compile(r"^[^\S\n]*\d[\d.,'’ ]*$", re.MULTILINE)
WITHOUT_FIGURES = re.compile(r"[\d\s.,'’]+")
ROWS = 50
"""Rows that are looked at for sums."""

FEWEST = 2
"""Fewest rows that show a sum."""

MOST_SIGNS = 50
"""A table with more different words beside its figures is not looked at for a currency."""


def decimal_mark(columns: Sequence[Sequence[str]], totals: Sequence[Sequence[str]]) -> str | None:
    """The sign before decimals, as the figures of some columns show it.

    Args:
        columns: The texts below each head for amounts.
        totals: The texts of the totals of each of these columns.

    Returns:
        A comma or a full stop; ``None`` if nothing shows it, or if some figures contradict others.
    """
    texts = {text for group in (*columns, *totals) for text in group}
    if not UNCERTAIN.search("\n".join(texts)):
        return None
    shown = {mark for text in texts for mark in _shown(Folded.of(text).plain)}
    shown = shown or set(_summed(columns, totals))
    return shown.pop() if len(shown) == 1 else None


def _shown(text: str) -> Iterator[str]:
    """The signs before decimals that the figures of a text show."""
    for match in NUMBER.finditer(DATE.sub(" ", text)):
        figure = match[0].strip()
        marks = [mark for mark in figure if mark in SIGNS]
        behind = re.split(r"[^\d]", figure)[-1]
        if not marks:
            continue
        if len(marks) > 1 and len(set(marks)) == 1:
            if read_number(figure, 2) is not None:
                yield OTHER[marks[0]]
        elif len(behind) != 3 or " " in figure or "'" in figure:
            yield marks[-1]


def _summed(columns: Sequence[Sequence[str]], totals: Sequence[Sequence[str]]) -> Iterator[str]:
    """The signs with which the figures of a column sum up to one of its totals."""
    for column, stated in zip(columns, totals, strict=True):
        for text in stated:
            fits = [mark for mark in SIGNS if _is_sum(text, column, mark)]
            if len(fits) == 1:
                yield fits[0]


def _is_sum(total: str, texts: Sequence[str], mark: str) -> bool:
    values = [value_of(text, mark) for text in texts if text.strip()]
    known = [value for value in values if value is not None]
    return len(known) == len(values) > 1 and sum(known, Decimal(0)) == value_of(total, mark)


def value_of(text: str, mark: str) -> Decimal | None:
    """The one figure of a text if a sign marks decimals; ``None`` if it has none or several."""
    found = NUMBER.findall(Folded.of(text).plain)
    if len(found) != 1:
        return None
    whole, _, decimals = found[0].replace(OTHER[mark], "").replace(" ", "").partition(mark)
    return Decimal(f"{whole}.{decimals or 0}") if (whole + decimals).isdigit() else None


def adds_up(
    rows: Sequence[Sequence[str]], whole: int, parts: Sequence[int], fewest: int = FEWEST
) -> bool:
    """Whether the amounts of some columns sum up to another in three of four rows and more.

    Args:
        rows: The texts of the rows.
        whole: The column of the sums.
        parts: Those of their parts; each must be used, of a single row two of them.
        fewest: Rows that show it at least.
    """
    places = [whole, *parts]
    texts = [[row[n].strip() for n in places] for row in rows[:ROWS] if len(row) > max(places)]
    texts = [line for line in texts if line[0]]
    used = {n for line in texts for n, text in enumerate(line[1:]) if text}
    enough = len(parts) if len(texts) > 1 else min(2, len(parts))
    if len(texts) < fewest or len(used) < enough:
        return False
    return any(
        4 * sum(_is_sum_of(line, mark) for line in texts) >= 3 * len(texts) for mark in SIGNS
    )


def _is_sum_of(line: Sequence[str], mark: str) -> bool:
    total, *parts = (value_of(text, mark) if text else Decimal(0) for text in line)
    known = [part for part in parts if part is not None]
    return total is not None and len(known) == len(parts) and sum(known, Decimal(0)) == total


def currency_of(texts: Iterable[str], country: str | None) -> str | None:
    """The one currency that the amounts of a table name, where others beside them name none.

    Args:
        texts: The texts of the cells for amounts.
        country: ISO 3166-1 alpha-2 code of the plan's country.

    Returns:
        ISO 4217 code; ``None`` if several are named, or if one of the names can mean several.
    """
    several = set(texts)
    if not BARE.search("\n".join(several)):
        return None
    beside = {WITHOUT_FIGURES.sub(" ", text).strip() for text in several}
    if "" not in beside or not 1 < len(beside) <= MOST_SIGNS:
        return None
    signs = {unit_of(words, country).sign for words in beside} - {None}
    codes = {sign.currency for sign in signs if sign is not None}
    return codes.pop() if len(codes) == 1 else None
