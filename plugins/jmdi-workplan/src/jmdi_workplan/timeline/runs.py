"""The dates among the words of a timeline, as typed.

What one date of a run leaves out stays out here; `jmdi_workplan.timeline.dates` takes it from the
dates beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve

from jmdi_workplan.timeline.items import Item, Run
from jmdi_workplan.timeline.tokens import Date, Token
from jmdi_workplan.timeline.words import ROMAN

__all__ = ["find_runs"]

_SKIPPED = frozenset(("glue", "of", "soft", "weekday", "noise", "month of"))
_LEADS = frozenset(("since", "until", "before", "after", "start", "end", "between"))
_STARTS_A_DATE = frozenset(("month", "year", "date", "group", "isoweek", "fiscal"))
_ENDS_A_PHRASE = frozenset(
    ("comma", "colon", "open", "close", "stop", "break", "year", "date", "month")
)
_IN_LISTS = frozenset(("comma", "and", "or", "dash", "range", "soft", "glue", "of", "weekday"))
_SHORT_YEARS = re.compile(r"(\d\d)/(\d\d)")
# A list of days is never longer than a month.
_LONGEST_LIST = 31


def find_runs(tokens: Sequence[Token]) -> list[Run]:
    """Every run of dates, from left to right."""
    finder = _Finder(tokens)
    runs: list[Run] = []
    at = 0
    while at < len(tokens):
        run, at = finder.run(at)
        if run is not None:
            runs.append(run)
    return runs


class _Finder:
    """Finds dates in a list of tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens

    def kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def touches(self, at: int) -> bool:
        """Whether nothing stands between a token and those beside it."""
        if not 1 <= at < len(self.tokens) - 1:
            return False
        before, token, after = self.tokens[at - 1 : at + 2]
        return before.end == token.start and token.end == after.start

    def run(self, at: int) -> tuple[Run | None, int]:
        """The run that starts at a token, if any, and where to look for the next."""
        first = self.item(at, None)
        if first is None:
            return None, max(at + 1, self._lead(Item(at, at), at))
        items = [first]
        end = self._tail(first)
        while (nxt := self._next(items[-1], end)) is not None:
            items.append(nxt)
            end = self._tail(nxt)
        end = self._open(items[-1], end)
        if len(items) == 1 and first.only_year and not self._is_year(first, at, end):
            return None, end
        self._check(items, at, end)
        return Run(items, at, end, loose=self.kind(end) in ("word", "noise")), end

    def _next(self, last: Item, at: int) -> Item | None:
        """The date that is joined to the last one."""
        joint, after = self._joint(last, at)
        if not joint:
            return None
        item = self.item(after, last)
        if item is not None:
            item.joint = "range" if last.lead == "between" and joint == "list" else joint
        return item

    def _tail(self, item: Item) -> int:
        """Marks and words right after a date that belong to it."""
        at = item.end
        if self.kind(at) == "unsure" and self.tokens[at].text == "?":
            item.unsure = True
            at += 1
        if self.kind(at) == "onwards":
            item.lead = item.lead or "since"
            at += 1
        return at

    def _open(self, last: Item, at: int) -> int:
        """A range without a second date: to the present, to be determined, nothing."""
        joint, after = self._joint(last, at)
        if joint != "range":
            return at
        state = {"present": "open", "ongoing": "open", "tbd": "unknown", "": "unknown"}
        if self.kind(after) not in state or (self.kind(after) == "" and self.kind(at) != "dash"):
            return at
        last.end_state = state[self.kind(after)]
        return min(after + 1, len(self.tokens))

    def _joint(self, last: Item, at: int) -> tuple[str, int]:
        """What joins two dates, and where the second may start."""
        kind = self.kind(at)
        if last.only_year and not last.lead:
            if kind in ("colon", "open"):
                return "head", at + 1
            if kind in ("dash", "slash") and self.kind(at + 1) in ("month", "group"):
                return "head", at + 1
            if kind in ("month", "group", "ordinal", "unit"):
                return "head", at
        if kind == "break" and self.kind(at + 1) in ("range", "until"):
            at, kind = at + 1, self.kind(at + 1)
        if kind == "comma" and self.kind(at + 1) in ("and", "or"):
            at, kind = at + 1, self.kind(at + 1)
        if kind in ("and", "or") and self.kind(at + 1) in ("slash", "or", "and"):
            return "", at
        if kind in ("dash", "range", "soft"):
            return "range", at + (2 if self.kind(at + 1) == "break" else 1)
        joint = {"comma": "list", "and": "list", "or": "or", "until": "range", "slash": "slash"}
        return joint.get(kind, ""), at + 1

    def item(self, at: int, last: Item | None) -> Item | None:
        """The date that starts at a token, with the words that introduce it."""
        item = Item(at, at)
        at = self._lead(item, at)
        at = self._core(item, at, last)
        if not at:
            return None
        item.end = at if item.year is not None else self._year(item, at)
        return item

    def _lead(self, item: Item, at: int) -> int:
        part = ""
        while kind := self.kind(at):
            token, after = self.tokens[at], self.kind(at + 1)
            if kind == "part" and after == "colon" and token.unit != "mid":
                item.lead = "start" if token.unit == "early" else "end"
                at += 1
            elif kind == "part":
                part = token.unit
                at += after == "dash"
            elif kind in _LEADS:
                item.lead = kind
                at += after == "colon"
            elif kind == "approx":
                item.approx = True
            elif kind == "length" and token.unit == "week" and after == "of":
                item.week = True
            elif not (kind in _SKIPPED or (kind == "length" and after in ("year", "split"))):
                break
            at += 1
        exact = (item.lead, part) in (("until", "late"), ("since", "early"), ("before", "early"))
        if (item.lead, part) in (("before", "late"), ("before", "mid")):
            item.lead, exact = "until", part == "late"
        item.approx = item.approx or bool(part and not exact)
        return at

    def _core(self, item: Item, at: int, last: Item | None) -> int:
        """What a date is made of besides its year; 0 if there is none here."""
        kind = self.kind(at)
        token = self.tokens[at] if kind else None
        if token is None:
            return 0
        roman = self._roman(at, last)
        if kind in ("day", "ordinal") or roman:
            return self._number_first(item, at, roman or token.number, last)
        if kind == "date" and token.date is not None:
            return _take_figures(item, token.date) and at + 1
        if kind == "isoweek":
            item.unit, item.style, item.year = "isoweek", "last", int(token.text[:4])
            item.number = int(token.text[-2:])
        elif kind == "group":
            item.unit, item.number, item.style = token.unit, token.number, "last"
        elif kind == "month":
            item.month = token.number
            return self._number_last(item, at + 1)
        elif kind == "unit" or (kind == "length" and token.unit == "week"):
            return self._unit_number(item, at) or self._week_of_year(item, at)
        elif kind == "season":
            item.season = token.number
        elif kind in ("year", "split"):
            item.year, item.split = token.number, kind == "split"
        elif kind == "fiscal":
            return self._fiscal(item, at)
        elif kind in ("unclear", "fardate"):
            item.problem = "ambiguous" if kind == "unclear" else "not_dated"
            item.year = token.number
        else:
            return 0
        return at + 1

    def _roman(self, at: int, last: Item | None) -> int:
        """The number of a numeral: ``I y II trimestre``, ``trimestres I y II``."""
        number = ROMAN.get(self.tokens[at].text, 0) if self.kind(at) == "word" else 0
        if not number or self.kind(at + 1) == "unit":
            return number
        follows = last is not None and last.unit in ("quarter", "semester") and last.style == "last"
        return number if follows or self._leads_to_a_head(at, "unit") else 0

    def _number_first(self, item: Item, at: int, number: int, last: Item | None) -> int:
        """``19 October``, ``3rd quarter``, ``first week of May``, or ``19`` in a list."""
        head = at + 1
        if self.kind(head) in ("dash", "slash") and self.touches(head):
            head += self.kind(head + 1) == "month"
        while self.kind(head) in ("of", "glue"):
            head += 1
        item.number, item.style = number, "first"
        kind = self.kind(head)
        if kind == "month":
            item.month = self.tokens[head].number
            return head + 1
        if kind == "unit" or (kind == "length" and self.tokens[head].unit == "week"):
            return self._unit_month(item, head)
        follows = last is not None and last.style in ("last", "bare")
        counts = self.kind(at + 1) in ("word", "count", "length", "money")
        if (follows and not counts) or self._leads_to_a_head(at):
            item.style = "bare"
            return at + 1
        return 0

    def _unit_month(self, item: Item, at: int) -> int:
        """``quarter``, ``week of May``, ``half of the year``."""
        item.unit = self.tokens[at].unit
        at += 1
        after = at
        while self.kind(after) in ("of", "glue", "month of"):
            after += 1
        if self.kind(after) == "month":
            item.month = self.tokens[after].number
            return after + 1
        if self.kind(after) == "length" and self.tokens[after].unit == "year":
            return after + 1
        return at if item.unit != "week" else 0

    def _leads_to_a_head(self, at: int, only: str = "") -> bool:
        """Whether numbers in a list end in one with a month or unit: ``19, 20 and 21 May``."""
        for _ in range(_LONGEST_LIST):
            at += 1
            joints = 0
            while self.kind(at) in _IN_LISTS:
                at, joints = at + 1, joints + 1
            kind = self.kind(at)
            if only and kind == "month":
                return False
            if kind == "date":
                date = self.tokens[at].date
                return bool(joints and date and (date.day or date.either))
            if kind == "unit" or (kind == "length" and self.tokens[at].unit == "week"):
                return True
            if kind == "month":
                return self.kind(at - 1) not in ("comma", "and", "or", "dash", "range", "soft")
            roman = kind == "word" and self.tokens[at].text in ROMAN
            if not joints or not (roman or kind in ("day", "ordinal")):
                return False
        return False

    def _number_last(self, item: Item, at: int) -> int:
        """``October 19``; also ``Oct-15``, which may be a year."""
        day = at
        glued = self.kind(at) in ("dash", "slash") and self.kind(at + 1) == "day"
        if glued and self.touches(at):
            day += 1
        while self.kind(day) == "glue" and self.tokens[day].text in ("the", "le"):
            day += 1
        token = self.tokens[day] if self.kind(day) in ("day", "ordinal") else None
        after = self.kind(day + 1)
        if token is None or after in ("count", "length", "money", "word"):
            return at
        if after == "month" or (after == "of" and self.kind(day + 2) == "month"):
            item.problem = "ambiguous"
        item.number, item.style = token.number, "last"
        item.short = token.kind == "day" and len(token.text) == 2
        if day > at and self.kind(day - 1) in ("dash", "slash"):
            item.problem = "" if self._year(evolve(item), day + 1) > day + 1 else "ambiguous"
        return day + 1

    def _unit_number(self, item: Item, at: int) -> int:
        """``quarter 3``, ``trimestre III``; in Arabic also ``week first of May``."""
        token = self.tokens[at + 1] if self.kind(at + 1) else None
        if token is None:
            return 0
        number = token.number if token.kind in ("day", "ordinal") else ROMAN.get(token.text, 0)
        if not number:
            return 0
        if token.kind == "ordinal" and self.kind(at + 2) == "of" and self.kind(at + 3) == "month":
            item.unit, item.number, item.style = self.tokens[at].unit, number, "first"
            item.month = self.tokens[at + 3].number
            return at + 4
        if self.kind(at) != "unit" or self.tokens[at].text == "sem":  # a semester or a week
            return 0
        item.unit, item.number, item.style = self.tokens[at].unit, number, "last"
        return at + 2

    def _week_of_year(self, item: Item, at: int) -> int:
        """``Week 12, 2024``; without its year, a week may be one of a project."""
        number = self.tokens[at + 1].number if self.kind(at + 1) == "day" else 0
        number = number or (int(self.tokens[at + 1].text) if self._small(at + 1) else 0)
        if self.tokens[at].kind != "length" or not 0 < number <= 53:
            return 0
        end = self._year(item, at + 2)
        item.unit, item.number, item.style = "isoweek", number, "last"
        return end if item.year is not None else 0

    def _small(self, at: int) -> bool:
        """Whether a token is a number of two digits that can be no day."""
        return self.kind(at) == "number" and re.fullmatch(r"\d\d", self.tokens[at].text) is not None

    def _fiscal(self, item: Item, at: int) -> int:
        """``FY 2015/16``, ``FY16``; a fiscal year of another calendar is not dated."""
        at += 1
        while self.kind(at) in ("of", "glue") or (
            self.kind(at) == "length" and self.tokens[at].unit == "year"
        ):
            at += 1
        kind = self.kind(at)
        item.fiscal = True
        if kind in ("year", "split"):
            item.year, item.split = self.tokens[at].number, kind == "split"
            joined = self.kind(at + 1) in ("slash", "dash") and self.kind(at + 2) == "year"
            if joined and self.tokens[at + 2].number == item.year + 1:
                item.split = True
                at += 2
        elif kind in ("faryear", "fardate"):
            item.year, item.problem = self.tokens[at].number, "not_dated"
        elif kind == "number" and (two := _SHORT_YEARS.fullmatch(self.tokens[at].text)):
            item.year, item.split = 2000 + int(two[1]), True
            item.problem = "" if int(two[2]) == int(two[1]) + 1 else "ambiguous"
        elif kind in ("day", "unclear"):
            item.year, item.problem = self.tokens[at].number, "ambiguous"
        else:
            return 0
        return at + 1

    def _year(self, item: Item, at: int) -> int:
        """The year after a date, if there is one; else the same place."""
        after, opened = at, False
        if self.kind(after) in ("dash", "slash"):
            after += 1
            short = self.kind(after) == "day" and len(self.tokens[after].text) == 2
            part = item.unit in ("quarter", "semester") or (item.month and item.style == "first")
            if short and part and self.touches(after - 1):
                item.year = 2000 + self.tokens[after].number
                return after + 1
        while self.kind(after) in ("comma", "of", "glue", "open") or (
            self.kind(after) == "length" and self.tokens[after].unit == "year"
        ):
            opened = opened or self.kind(after) == "open"
            after += 1
            if after > at + 4:
                return at
        kind = self.kind(after)
        if kind in ("year", "split"):
            number = self.tokens[after].number
            if number % 50 == 0 and self.kind(after + 1) == "word":
                item.problem = "ambiguous"
            item.year, item.split = number, kind == "split"
        elif kind in ("faryear", "fardate"):
            item.year, item.problem = self.tokens[after].number, "not_dated"
        elif kind != "fiscal" or (after := self._fiscal(item, after) - 1) < 0:
            item.fiscal = False
            return at
        return after + (2 if opened and self.kind(after + 1) == "close" else 1)

    def _is_year(self, item: Item, at: int, end: int) -> bool:
        """Whether four digits that stand alone are a year and not a number of something."""
        if item.fiscal or item.problem:
            return True
        before = item.end - 2
        while self.kind(before) in ("of", "soft"):
            before -= 1
        if self.kind(before) in ("word", "count", "number", "day", "mark", "calendar"):
            return False
        if self.kind(before) == "colon" and self.kind(before - 1) == "count":
            return False
        joined = self.kind(end) in ("dash", "range", "slash", "and", "or")
        if joined and self.kind(end + 1) in ("number", "day", "faryear"):
            return False
        return self.kind(end) not in ("word", "count", "number", "money")

    def _check(self, items: list[Item], at: int, end: int) -> None:
        """Mark a run that stands too near to another number or date to be sure of it."""
        first = items[0]
        doubts = (
            self._is_numbered(first, at),
            self._goes_on(items[-1], end),
            self._depends(first, at),
            self._counts(items, at, end),
        )
        if any(doubts):
            first.problem = first.problem or "ambiguous"

    def _is_numbered(self, first: Item, at: int) -> bool:
        """Whether a number belongs to what stands before: ``Phase 2 October``, ``5-7/2015``."""
        named = self.kind(at - 1) in ("word", "length", "unit", "relative")
        behind = self.kind(at) == "ordinal" and "\u0600" <= self.tokens[at].text <= "\u06ff\uffff"
        after_word = named and (self.kind(at) == "day" or behind)
        if (after_word and first.style in ("first", "bare")) or self.kind(at - 1) == "range":
            return True
        if self.kind(at - 1) in ("dash", "slash") and self.touches(at - 1):
            return self.kind(at - 2) in ("day", "number", "ordinal")
        return self.kind(at - 1) == "number" and self.kind(at) in ("month", "day", "group")

    def _goes_on(self, last: Item, end: int) -> bool:
        """Whether a date or a number follows that was not understood."""
        if self.kind(end) in _STARTS_A_DATE or self.kind(end) in ("faryear", "fardate"):
            return True
        joint, after = self._joint(last, end)
        if not joint or self.kind(after) not in ("day", "ordinal"):
            return False
        return self.kind(after + 1) in ("", "break", "comma", "and", "close", "stop", "dash")

    def _depends(self, first: Item, at: int) -> bool:
        """Whether the date only says what another time is before or after, or what is excepted."""
        if self.kind(at - 1) == "length" and first.lead in ("before", "after"):
            return True
        while (kind := self.kind(at - 1)) and kind not in _ENDS_A_PHRASE:
            at -= 1
            if kind in ("before", "after", "except"):
                return True
        return False

    def _counts(self, items: list[Item], at: int, end: int) -> bool:
        """Whether years can be numbers of people or things."""
        counted = self.kind(end) == "count" or (
            self.kind(at - 1) == "count" and self.kind(at) == "year"
        )
        return counted and all(item.only_year for item in items)


def _take_figures(item: Item, date: Date) -> bool:
    """Fill a date from figures."""
    item.year, item.month, item.number = date.year, date.month, date.day
    item.either, item.short = date.either, date.short
    item.style = "first" if date.day or date.either else ""
    return True
