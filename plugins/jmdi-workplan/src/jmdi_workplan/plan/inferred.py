"""What a column holds whose head is not known, by what stands below it and beside it.

Dates are a timeline, two columns of them a start and an end; figures under a head with a currency
are money, parts of a country places, numbers of people an audience, words such as "in progress" a
status. Organisations are those responsible, or partners or funders where their cells and the other
columns leave no other choice. What is taken so is reported as supposed; where two things are as
likely, nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set

import attrs

from jmdi.words.folding import first_word, fold
from jmdi.words.placeholders import whole
from jmdi_workplan.audience import read_audience
from jmdi_workplan.finance import read_finance, unit_of
from jmdi_workplan.finance.currencies import sign_pattern
from jmdi_workplan.places.gazetteer import is_division
from jmdi_workplan.plan.gantt import CALENDAR
from jmdi_workplan.timeline import read_timeline
from jmdi_workplan.words.lexicon import group, indefinite, lexicon
from jmdi_workplan.words.pieces import is_blank

__all__ = [
    "are_organisations",
    "are_states",
    "begins_with_verb",
    "count_people",
    "holds_figures",
    "infer",
    "is_date",
    "kind_of",
]

ROWS = 8
"""Rows that are looked at."""

NUMBER = re.compile(r"\d[\d\s.,']*")
"""An amount or another number and nothing else."""

FEWEST = 2
"""Fewest cells with words that show what a column holds."""

LONGEST = 60
"""Longest text that is a value and no sentence."""

BRACKETS = re.compile(r"\(([^()]{1,12})\)")
"""Where a head has its currency, which the country of the plan may have to tell: "(MT)"."""

WORDS = re.compile(r"[^\W\d_]{3}")
"""What a text has that is no code."""

LISTED = re.compile(r"\s*[;,،\n/]\s*")
"""What stands between the names of a list."""

INFINITIVE = re.compile(r"[^\W\d_]{2,}(?:[aei]r|[^\W\d_]re)\Z")
"""How verbs end in French, Spanish and Portuguese."""

YEARS = re.compile(r"((?:19|20)\d\d)(?:\s*[-–/]\s*((?:19|20)\d\d))?")
MOST_YEARS = 15
"""Years that a plan covers at most."""

ROLES = ("responsible", "partner", "funding-source")
TIMES = CALENDAR | {"timeline", "start", "end"}
MEASURED = frozenset(("baseline", "target"))


def infer(
    unknown: Sequence[int],
    known: Sequence[str | None],
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> dict[int, str]:
    """The meanings of columns, by their cells.

    Args:
        unknown: The columns whose head says nothing.
        known: The meaning of each column, as far as heads say it.
        heads: The heads as typed; those above joined by `` / ``.
        rows: The rows below the header.

    Returns:
        Column → meaning, where the cells and the other columns leave no other.
    """
    words = [len({text.strip() for text in row} - {""}) for row in rows[:ROWS]]
    least = max(FEWEST, max(words, default=0) // 2)  # a heading inside the table has few
    own = [row for row, count in zip(rows, words, strict=False) if count >= least]
    cells = {index: [_text(row, index) for row in own] for index in unknown}
    kinds = {index: kind_of(heads[index], texts) for index, texts in cells.items()}
    asked = frozenset(
        part.removeprefix("relative-") for one in known for part in (one or "").split("+")
    )
    sorted_out = _Sorted(asked, tuple(known), kinds)
    found = {**dict(sorted_out.dates()), **dict(sorted_out.money(heads))}
    for kind, meaning in (("people", "audience"), ("state", "status"), ("place", "place")):
        alone = sorted_out.of(kind)
        if len(alone) == 1 and not (meaning in asked or f"at-{meaning}" in asked):
            found[alone[0]] = meaning
    paid = "finance" in asked or "finance" in found.values()
    organised = {index: cells[index] for index in sorted_out.of("organisation")}
    found |= _roles(organised, asked, paid=paid)
    found |= dict(sorted_out.indicators(cells))
    return {**dict.fromkeys(sorted_out.sections(cells), "section"), **found}


@attrs.frozen
class _Sorted:
    """Columns sorted by what their cells are.

    Attributes:
        asked: The meanings that heads say.
        known: The same by column.
        kinds: What the cells of each other column are.
    """

    asked: frozenset[str]
    known: tuple[str | None, ...]
    kinds: Mapping[int, str | None]

    def of(self, kind: str) -> list[int]:
        """The columns of one kind."""
        return [index for index, one in self.kinds.items() if one == kind]

    def dates(self) -> Iterator[tuple[int, str]]:
        """Dates alone are a timeline; beside each other, or beside a start, they have an end."""
        dated = self.of("date")
        timed = self.asked & TIMES
        if not timed and len(dated) == 1:
            yield dated[0], "timeline"
        elif not timed and len(dated) == 2 and dated[1] == dated[0] + 1:
            yield from zip(dated, ("start", "end"), strict=True)
        elif len(dated) == 1 and len(timed) == 1:
            (other,) = timed
            at = self.known.index(other) if other in self.known else -1
            if other == "start" and dated[0] == at + 1:
                yield dated[0], "end"
            elif other == "end" and dated[0] == at - 1:
                yield dated[0], "start"

    def money(self, heads: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Amounts where no other column has them; several if one head stands over all of them."""
        paid = self.of("money")
        above = {heads[index].rpartition(" / ")[0] for index in paid}
        if paid and "finance" not in self.asked and (len(paid) == 1 or len(above - {""}) == 1):
            yield from ((index, "finance") for index in paid)

    def sections(self, cells: Mapping[int, Sequence[str]]) -> Iterator[int]:
        """Words to the left of the actions say what these belong to."""
        acting = next((n for n, one in enumerate(self.known) if one == "action"), 0)
        for index in filter(lambda n: n < acting, cells):
            filled = [text for text in cells[index] if text]
            if filled and self.kinds.get(index) is None and all(map(WORDS.search, filled)):
                yield index

    def indicators(self, cells: Mapping[int, Sequence[str]]) -> Iterator[tuple[int, str]]:
        """What is measured stands right before the values, each time other words."""
        if "indicator" in self.asked or not self.asked & MEASURED:
            return
        parts = [{*(one or "").split("+")} for one in self.known]
        first = next(index for index, one in enumerate(parts) if one & MEASURED)
        texts = [text for text in cells.get(first - 1, ()) if text]
        worded = len(texts) >= FEWEST and not any(text[0].isdigit() for text in texts)
        if worded and self.kinds.get(first - 1, "") is None and len(set(texts)) == len(texts):
            yield first - 1, "indicator"


def _roles(
    organised: Mapping[int, Sequence[str]], asked: frozenset[str], *, paid: bool
) -> dict[int, str]:
    """What organisations do, where it can be only one thing and one column has it."""
    found: dict[int, str] = {}
    for _ in ROLES:  # what one column has is no more left for the others
        known = asked | set(found.values())
        said = {
            i: _role(texts, known, paid=paid) for i, texts in organised.items() if i not in found
        }
        fresh = {index: role for index, role in said.items() if role and role not in known}
        roles = list(fresh.values())
        found |= {index: role for index, role in fresh.items() if roles.count(role) == 1}
    return found


def _role(texts: Sequence[str], asked: Set[str], *, paid: bool) -> str | None:
    """What the organisations of one column do.

    Banks and the development cooperation pay, beside the state. Those responsible are one for each
    action; where cells list several or say that there is none, they are partners.
    """
    names = list(filter(_says_something, texts))
    strong = sum(_pays(text, "funder") for text in names)
    payers = strong + sum(_pays(text, "state") for text in names)
    if strong and 4 * payers >= 3 * len(names):
        return "funding-source" if paid else None
    listed = any(len(_listed(text)) > 1 for text in names)
    none_said = len(names) < len(texts)
    if listed and (none_said or "responsible" in asked):
        return "partner"
    if "responsible" not in asked:
        return None if listed or none_said or 4 * strong > len(names) else "responsible"
    return "partner" if not paid or "funding-source" in asked else None


def _says_something(text: str) -> bool:
    return not is_blank(text) and whole(text) is None


def _text(row: Sequence[str], index: int) -> str:
    return row[index].strip() if index < len(row) else ""


def kind_of(head: str, texts: Sequence[str]) -> str | None:
    """What the cells of a column are; ``None`` if they are several things, or sentences."""
    filled = list(filter(_says_something, texts))
    if len(filled) < FEWEST or any(len(text) > LONGEST for text in filled):
        return None
    return next((kind for kind, test in KINDS.items() if test(head, filled)), None)


def _are_figures_of_money(head: str, texts: Sequence[str]) -> bool:
    """Whether cells are amounts: each names a currency, or the head does over bare figures."""
    if all(map(NUMBER.fullmatch, texts)):
        aside = BRACKETS.search(head)
        signed = aside is not None and sign_pattern().fullmatch(aside[1].strip()) is not None
        return signed or unit_of(head).sign is not None
    return all(any(map(str.isdigit, text)) and _is_money(text) for text in texts)


def is_date(text: str) -> bool:
    """Whether a text is a date; a year or another number alone is none."""
    has_figure = any(map(str.isdigit, text))
    return has_figure and not text.isdigit() and read_timeline(text).edtf is not None


def holds_figures(texts: Sequence[str]) -> bool:
    """Whether all cells with words are amounts or dates."""
    filled = [text.strip() for text in texts if text.strip()]
    numbers = all(NUMBER.fullmatch(text) for text in filled)
    return len(filled) >= FEWEST and (numbers or all(map(_has_day, filled)))


def _has_day(text: str) -> bool:
    return text[:1].isdigit() and len(text) <= LONGEST and is_date(text)


def are_organisations(texts: Sequence[str]) -> bool:
    """Whether three of four texts and more name organisations."""
    return 4 * sum(map(_is_organisation, texts)) >= 3 * len(texts)


def _is_organisation(text: str) -> bool:
    """Whether the first or last words of a name are a kind of organisation, or of a funder."""
    known = lexicon("organisation").keys() | lexicon("payer").keys()
    return any(not _ends(name).isdisjoint(known) for name in _listed(text))


def _ends(name: str) -> set[str]:
    """The first and last word of a name, and two of them, with and without an Arabic article.

    The last words of what begins with a verb are what is done: "Open a help desk".
    """
    words = fold(name).split()
    ends = {" ".join(one) for one in (words[:1], words[:2])}
    if not begins_with_verb(name):
        ends |= {" ".join(one) for one in (words[-1:], words[-2:])}
    return ends | set(map(indefinite, ends))


def begins_with_verb(text: str) -> bool:
    """Whether a text says what is to be done: "Organize a fair", "Former les agents"."""
    word = first_word(text)
    return INFINITIVE.match(word) is not None or indefinite(word) in lexicon("deed")


def _listed(text: str) -> list[str]:
    return [name for name in LISTED.split(text) if name]


def _pays(text: str, sort: str) -> bool:
    """Whether a name is that of a funder, or of a part of the state, which pays as well as acts."""
    words = {*fold(text).split()}
    return not (words | set(map(indefinite, words))).isdisjoint(group("payer", sort))


def count_people(texts: Sequence[str]) -> bool:
    """Whether half of some texts and more are numbers of people: "500 students"."""
    return bool(texts) and 2 * sum(map(_counts_people, texts)) >= len(texts)


def _counts_people(text: str) -> bool:
    found = read_audience(text)
    counted = all(one.size is not None and one.size.value is not None for one in found)
    return text[:1].isdigit() and bool(found) and counted and all(one.type for one in found)


def _is_money(text: str) -> bool:
    found = read_finance(text)
    return bool(found) and all(one.amount is not None and one.currency for one in found)


def are_states(texts: Sequence[str]) -> bool:
    """Whether all texts, two and more, say how far something is: "done", "en cours"."""
    return len(texts) >= FEWEST and all(fold(text) in lexicon("progress") for text in texts)


def _are_years(texts: Sequence[str]) -> bool:
    """Whether all cells are years or spans of years near each other, not all of them round."""
    found = [YEARS.fullmatch(text.strip()) for text in texts]
    years = [int(year) for match in found if match for year in match.groups() if year]
    near = all(found) and max(years) - min(years) <= MOST_YEARS
    return near and any(year % 10 for year in years)


KINDS: Mapping[str, Callable[[str, Sequence[str]], bool]] = {
    "place": lambda _, texts: all(map(is_division, texts)),
    "state": lambda _, texts: are_states(texts),
    "organisation": lambda _, texts: are_organisations(texts),
    "people": lambda _, texts: count_people(texts),
    "date": lambda _, texts: all(map(is_date, texts)) or _are_years(texts),
    "money": _are_figures_of_money,
}
"""What the cells of a column can be, and how that is seen; the first counts."""
