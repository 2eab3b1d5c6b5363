"""What people type under "Timeline / duration", as EDTF or undated with a reason.

A small grammar by hand; its words are in the tables of the languages. It guesses nothing: a year
that is not typed stays unknown, figures that can be read in two ways are not read, and a feast or a
date of another calendar is kept as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import evolve, frozen

from jmdi.model import edtf
from jmdi.words.folding import Folded
from jmdi.words.placeholders import UNDECIDED, whole
from jmdi_workplan.timeline.dates import Element, Settings, Unreadable, elements_of
from jmdi_workplan.timeline.items import Run
from jmdi_workplan.timeline.labelled import halves
from jmdi_workplan.timeline.runs import find_runs
from jmdi_workplan.timeline.tokens import Token, tokens_of

__all__ = ["Timeline", "read_timeline"]

LONGEST = 5000
"""How many characters are read."""

_UNDATED = frozenset(
    (
        "ongoing",
        "feast",
        "calendar",
        "length",
        "month of",
        "each",
        "month",
        "part",
        "season",
        "weekday",
        "relative",
        "group",
        "unit",
        "faryear",
        "fardate",
        "date",
        "time",
        "present",
    )
)
_BLANK = frozenset(
    (
        "glue",
        "of",
        "soft",
        "noise",
        "and",
        "or",
        "comma",
        "colon",
        "stop",
        "dash",
        "slash",
        "open",
        "close",
        "break",
        "mark",
        "range",
    )
)
_UNSAID = frozenset(("word", "number", "count", "money", "short"))
_LABELS = frozenset(
    ("word", "count", "number", "day", "ordinal", "group", "relative", "feast", "money", "year")
)
_EACH = {
    "month": ("01", "12", re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")),
    "quarter": ("33", "36", re.compile(r"\d{4}-3[3-6]")),
    "semester": ("40", "41", re.compile(r"\d{4}-4[01]")),
    "year": ("", "", re.compile(r"\d{4}")),
}


@frozen
class Timeline:
    """A timeline as typed, and as read.

    Attributes:
        edtf: When, in EDTF; ``None`` when that is not known or cannot be dated.
        reason: Why there is no date: ``not_stated``, ``to_be_determined``, ``not_dated`` (a feast,
            a duration, a month without a year, a date of another calendar), ``ambiguous`` or
            ``unreadable``.
        parts: A date for each region, group or step, with its label as typed.
        words: The text as typed.
        rest: The words for which neither the date nor the reason accounts.
        every: How often, if it says so: each ``day``, ``week``, ``month``, ``quarter``,
            ``semester``, ``year``, or ``two months``, ``twice a month``, ``twice a year``.
        ongoing: Whether it only says that the time has no end.
    """

    edtf: str | None
    reason: str | None
    parts: tuple[tuple[str, str], ...]
    words: str
    rest: str
    every: str | None = None
    ongoing: bool = False


@frozen
class _Dated:
    """A run that was read, with its label."""

    run: Run
    elements: tuple[Element, ...]
    one_of: bool
    label: str = ""

    def text(self) -> str | None:
        """In EDTF, if it can be said."""
        return _joined(self.elements, one_of=self.one_of)


def read_timeline(
    text: str,
    *,
    default_year: int | None = None,
    day_first: bool | None = None,
    fiscal_year_start: int | None = None,
) -> Timeline:
    """Read a timeline.

    Args:
        text: What was typed.
        default_year: The year of months and days when no year is typed at all.
        day_first: Whether 03/04/2015 is in April; else only what the figures show is read.
        fiscal_year_start: The month, 1 to 12, in which the fiscal year starts.

    Raises:
        ValueError: If a setting is out of range.
    """
    if fiscal_year_start is not None and not 1 <= fiscal_year_start <= 12:
        raise ValueError(f"fiscal_year_start is a month from 1 to 12, not {fiscal_year_start}")
    if default_year is not None and not 1900 <= default_year <= 2060:
        raise ValueError(f"default_year is a year from 1900 to 2060, not {default_year}")
    if len(text) > LONGEST:
        return Timeline(None, "unreadable", (), text, text.strip())
    folded = Folded.of(text)
    missing = whole(text)
    if not any(mark.isalnum() for mark in text) or (missing and missing not in UNDECIDED):
        return Timeline(None, "not_stated", (), text, "")
    if _is_edtf(text.strip()):
        return Timeline(edtf.parse(text.strip()).text, None, (), text, "")
    settings = Settings(default_year, day_first, fiscal_year_start)
    if ":" in text and (ends := halves(text)):
        dates = [_Reader(Folded.of(end), settings).read().edtf or "" for end in ends]
        if edtf.parse_or_none(both := "/".join(dates)) is not None and all(dates):
            return Timeline(both, None, (), text, "")
    return _Reader(folded, settings).read()


def _is_edtf(text: str) -> bool:
    """Whether a text is EDTF and cannot be anything else."""
    if re.fullmatch(r"\d{4}-\d\d|.*\d[T:]\d.*|.*[X ].*", text) or edtf.parse_or_none(text) is None:
        return False
    years = [int(year) for year in re.findall(r"(?<![\d-])-?\d{4}(?!\d)", text)]
    return bool(years) and all(1900 <= year <= 2060 for year in years) and "Y" not in text


class _Reader:
    """Reads one text."""

    def __init__(self, folded: Folded, settings: Settings) -> None:
        self.folded = folded
        self.tokens = tokens_of(folded)
        self.settings = settings
        if settings.day_first is None:
            self.settings = evolve(settings, day_first=_order_shown(self.tokens))
        self.clauses = _clauses(self.tokens)
        self.problems: list[str] = []
        self.used: set[int] = set()

    def read(self) -> Timeline:
        """The timeline."""
        runs = self._usable(find_runs(self.tokens))
        dated = self._refined(self._labelled(list(self._dated(runs))))
        dated = self._doubted(dated, runs)
        whole = self._whole(dated)
        labelled = any(one.label for one in dated)
        texts = [(one.label, one.text()) for one in dated] if labelled else []
        parts = tuple((label, date) for label, date in texts if date is not None)
        reason = None if whole else self._reason()
        every = {token.unit for token in self.tokens if token.kind == "each"}
        often = every.pop() if len(every) == 1 and "other" not in every else None
        ongoing = whole is None and any(token.kind == "ongoing" for token in self.tokens)
        rest = self._rest(reason)
        return Timeline(whole, reason, parts, self.folded.typed, rest, often, ongoing)

    def _usable(self, runs: list[Run]) -> list[Run]:
        """The runs that are dates of the Gregorian calendar."""
        kinds = {token.kind for token in self.tokens}
        if "calendar" in kinds:
            return [
                run
                for run in runs
                if any(item.month for item in run.items)
                and all(self.tokens[at].kind != "date" for at in range(run.start, run.end))
            ]
        return [
            run
            for run in runs
            if not (
                all(item.only_year for item in run.items)
                and "feast" in {self.tokens[at].kind for at in range(*self.clauses[run.start])}
            )
        ]

    def _dated(self, runs: list[Run]) -> Iterator[_Dated]:
        """The runs that can be dated; the others leave a reason."""
        years = self._years(runs)
        for run, year in zip(runs, years, strict=True):
            if year == 0:
                self.used.update(range(run.start, run.end))
                continue
            try:
                elements, one_of = elements_of(run, self.settings, year)
            except Unreadable as problem:
                self.problems.append(str(problem))
                continue
            if any(self.tokens[at].kind == "length" for at in range(*self.clauses[run.start])):
                elements = [_not_for_ever(element) for element in elements]
            one = _Dated(run, tuple(elements), one_of)
            if one.text() is None:
                self.problems.append(self._why_not(one))
                continue
            self.used.update(range(run.start, run.end))
            yield one

    def _why_not(self, one: _Dated) -> str:
        days = [element.alone() for element in one.elements]
        impossible = any("/" not in day and edtf.parse_or_none(day) is None for day in days)
        return "unreadable" if impossible else "ambiguous"

    def _years(self, runs: list[Run]) -> list[int | None]:
        """The year for each run without one: that of a heading, of the list, or the default.

        A heading year itself gets 0: it says no more than the dates under it.
        """
        with_year = [at for at, run in enumerate(runs) if run.has_year]
        bare = [run for run in runs if not run.has_year and not run.loose]
        years: list[int | None] = [None] * len(runs)
        if not runs or not bare:
            return years
        if not with_year:
            default = self.settings.default_year
            return [None if run.loose else default for run in runs]
        if len(with_year) > 1:
            return years
        head = runs[with_year[0]]
        first = head.items[0]
        after = self.tokens[head.end].kind if head.end < len(self.tokens) else ""
        if with_year == [0] and len(head.items) == 1 and first.only_year and not first.split:
            if after in ("colon", "break") and not (first.lead or first.fiscal or first.problem):
                return [0, *(None if run.loose else first.year for run in runs[1:])]
            return years
        if with_year == [len(runs) - 1] and self._ascending(runs, first.year):
            return [None if run.loose else first.year for run in runs]
        return years

    def _ascending(self, runs: list[Run], year: int | None) -> bool:
        """Whether dates that share a last year are in order, so that they can share it."""
        starts = []
        for run in runs:
            try:
                elements, _ = elements_of(run, self.settings, year)
            except Unreadable:
                return False
            parsed = edtf.parse_or_none(elements[0].start)
            starts.append(parsed.first if parsed else None)
        known = [start for start in starts if start is not None]
        return known == sorted(known) and len({item.year for item in runs[-1].items} - {None}) == 1

    def _labelled(self, dated: list[_Dated]) -> list[_Dated]:
        """The dates with the words before a colon or, of several, in brackets behind."""
        labelled: list[_Dated] = []
        edge = 0
        for one in dated:
            start = max(edge, self.clauses[one.run.start][0])
            label = self._before(start, one.run.start)
            edge = one.run.end
            if label is None and len(dated) > 1:
                label, edge = self._behind(edge)
            labelled.append(evolve(one, label=label or ""))
        return labelled

    def _before(self, start: int, end: int) -> str | None:
        """The label between two tokens, if it ends with a colon or a dash."""
        sign = end - 1
        if sign <= start or self.tokens[sign].kind not in ("colon", "dash"):
            return None
        while start < sign and self.tokens[start].kind in ("dash", "comma", "stop", "mark", "and"):
            start += 1
        return self._label(start, sign)

    def _behind(self, at: int) -> tuple[str | None, int]:
        """The label in brackets that open at a token, and where they end."""
        if at >= len(self.tokens) or self.tokens[at].kind != "open":
            return None, at
        for end in range(at + 1, min(at + 40, len(self.tokens))):
            if self.tokens[end].kind in ("unsure", "tbd") or end in self.used:
                return None, at
            if self.tokens[end].kind == "close":
                return self._label(at + 1, end), end + 1
        return None, at

    def _label(self, start: int, end: int) -> str | None:
        kinds = {self.tokens[at].kind for at in range(start, end)}
        if not kinds & _LABELS:
            return None
        self.used.update(range(start, end))
        return self.folded.words(self.tokens[start].start, self.tokens[end - 1].end)

    def _refined(self, dated: list[_Dated]) -> list[_Dated]:
        """Without a date that another in brackets says again or more exactly, and with ends."""
        kept: list[_Dated] = []
        for one in dated:
            last = kept[-1] if kept else None
            if last is not None and self._says_again(last, one):
                kept[-1] = evolve(one, label=last.label)
            elif last is not None and (whole := _from_start_to_end(last, one)) is not None:
                kept[-1] = evolve(last, elements=(whole,))
            else:
                kept.append(one)
        return kept

    def _says_again(self, last: _Dated, one: _Dated) -> bool:
        if last.run.end + 1 != one.run.start or self.tokens[last.run.end].kind != "open":
            return False
        outer, inner = edtf.parse(last.text() or ""), edtf.parse(one.text() or "")
        bounds = (outer.first, inner.first, inner.last, outer.last)
        return None not in bounds and list(bounds) == sorted(b for b in bounds if b is not None)

    def _doubted(self, dated: list[_Dated], runs: list[Run]) -> list[_Dated]:
        """The dates, marked uncertain where their clause or a remark on all of them says so."""
        inside = {at for run in runs for at in range(run.start, run.end)}
        doubts = {
            at
            for at, token in enumerate(self.tokens)
            if token.kind in ("unsure", "tbd") and at not in inside
        }
        everywhere = {
            at for span in set(self.clauses) if self._is_remark(span) for at in range(*span)
        } & doubts
        marked: list[_Dated] = []
        for one in dated:
            doubt = everywhere | (doubts & set(range(*self.clauses[one.run.start])))
            self.used |= doubt
            elements = map(_uncertain, one.elements) if doubt else one.elements
            marked.append(evolve(one, elements=tuple(elements)))
        return marked

    def _is_remark(self, span: tuple[int, int]) -> bool:
        """Whether a clause says no more than that dates are to be determined."""
        kinds = {self.tokens[at].kind for at in range(*span)}
        return bool(kinds & {"unsure", "tbd"}) and not kinds - _BLANK - {"unsure", "tbd"}

    def _whole(self, dated: list[_Dated]) -> str | None:
        """All dates as one."""
        if not dated or any(problem != "not_dated" for problem in self.problems):
            return None
        if len(dated) == 1:
            one = dated[0]
            return self._each(one) or one.text()
        if any(one.one_of for one in dated):
            self.problems.append("ambiguous")
            return None
        whole = _joined([element for one in dated for element in one.elements])
        if whole is None:
            self.problems.append("ambiguous")
        return whole

    def _each(self, one: _Dated) -> str | None:
        """Every month, quarter, semester or year of a time, if that is what is said."""
        units = {token.unit for token in self.tokens if token.kind == "each"}
        if len(units) != 1 or len(one.elements) != 1 or (unit := units.pop()) not in _EACH:
            return None
        first, last, fits = _EACH[unit]
        element = one.elements[0]
        ends = (element.start, element.end or "")
        if re.fullmatch(r"\d{4}", ends[0]) and element.end is None and first:
            ends = (f"{element.start}-{first}", f"{element.start}-{last}")
        if not all(fits.fullmatch(end) for end in ends):
            return None
        self.used |= {at for at, token in enumerate(self.tokens) if token.kind == "each"}
        return f"{{{ends[0]}..{ends[1]}}}"

    def _reason(self) -> str:
        """Why there is no date."""
        kinds = {token.kind for token in self.tokens}
        for problem in ("ambiguous", "unreadable"):
            if problem in self.problems:
                return problem
        if "not_dated" not in self.problems and kinds & {"tbd", "unsure"}:
            return "to_be_determined"
        if "not_dated" in self.problems or kinds & _UNDATED:
            return "not_dated"
        return "unreadable"

    def _rest(self, reason: str | None) -> str:
        """The words that are neither in the date nor in the reason."""
        if reason in ("ambiguous", "unreadable"):
            return self.folded.typed.strip()
        left: list[list[Token]] = [[]]
        for at, token in enumerate(self.tokens):
            if at in self.used or token.kind == "break" or self._is_said(token, reason):
                left.append([])
            else:
                left[-1].append(token)
        spans = [span for span in map(_trimmed, left) if span]
        return "; ".join(self.folded.words(span[0].start, span[-1].end) for span in spans)

    def _is_said(self, token: Token, reason: str | None) -> bool:
        """Whether the date or the reason says what a word says."""
        if reason is None:
            return token.kind in ("weekday", "ongoing")
        return token.kind not in _UNSAID and token.kind not in _BLANK


def _trimmed(tokens: list[Token]) -> list[Token]:
    """Tokens without the small words and marks around them."""
    solid = [at for at, token in enumerate(tokens) if token.kind not in _BLANK]
    return tokens[solid[0] : solid[-1] + 1] if solid else []


def _clauses(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """For each token the bounds of its clause: a line, or what stands between semicolons."""
    breaks = [at for at, token in enumerate(tokens) if token.kind == "break"]
    bounds = [-1, *breaks, len(tokens)]
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(bounds):
        spans += [(start + 1, end)] * (end - start)
    return spans


def _order_shown(tokens: Sequence[Token]) -> bool | None:
    """Whether the day comes first, as the figures of one date show for the others."""
    shown = {
        token.date.either[0] > 12
        for token in tokens
        if token.date
        and token.date.either
        and token.date.month
        and not token.date.short
        and token.date.either[0] != token.date.either[1]
    }
    return shown.pop() if len(shown) == 1 else None


def _joined(elements: Sequence[Element], *, one_of: bool = False) -> str | None:
    """Dates as one; ``None`` if EDTF cannot say it."""
    elements = list(dict.fromkeys(elements))
    if len(elements) == 1:
        text = elements[0].alone()
    else:
        if any(element.end == "" or element.start == "" for element in elements):
            return None
        members = ",".join(element.member() for element in elements)
        text = f"[{members}]" if one_of else f"{{{members}}}"
    parsed = edtf.parse_or_none(text)
    return parsed.text if parsed else None


def _from_start_to_end(first: _Dated, last: _Dated) -> Element | None:
    """An interval from a date said to be the start and one said to be the end."""
    if len(first.elements) != 1 or len(last.elements) != 1:
        return None
    start, end = first.elements[0], last.elements[0]
    if start.end not in ("", "..") or end.start not in ("", "..") or not (start.start and end.end):
        return None
    if first.label or last.label or start.start == "..":
        return None
    return Element(start.start, end.end)


def _not_for_ever(element: Element) -> Element:
    """A start with a stated duration: its end is unknown, not open."""
    return evolve(element, end="") if element.end == ".." else element


def _uncertain(element: Element) -> Element:
    """The same date, marked uncertain."""
    end = None if element.end is None else _questioned(element.end)
    return Element(_questioned(element.start), end)


def _questioned(date: str) -> str:
    """One date with a question mark; an open or unknown end stays what it is."""
    if date in ("", ".."):
        return date
    return date.rstrip("?~%") + ("%" if date[-1] in "~%" else "?")
