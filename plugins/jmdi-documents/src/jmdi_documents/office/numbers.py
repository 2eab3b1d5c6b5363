"""Numbers of a spreadsheet as text: exact, with the date or unit that their format shows."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from typing import Literal, TypeAlias

import attrs

__all__ = ["BUILT_IN", "GENERAL", "NotADate", "NumberFormat", "number_text", "percent_text"]

Sort: TypeAlias = Literal["number", "percent", "date", "time", "datetime", "duration"]

BUILT_IN: dict[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
    48: "0.0E+0",
    49: "@",
    **dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy-mm-dd"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm:ss"),
}
"""The formats that files name by number only."""

PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]'
    r"|\[(?P<elapsed>[hms]+)\]|\[[^\]]*\]|(?P<noon>AM/PM|A/P)|"
    r"(?P<code>General|E[+-]|[#0?.,/@%dmyhsegb])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
# Excel allows no longer number format.
LONGEST = 255
CALENDAR = set("dyegb")
CLOCK = set("hs")
DIGITS = set("#0?@")
# 31 December 9999, the last day that Excel knows.
LAST_SERIAL = 2_958_465
DAY = 86_400


class NotADate(ValueError):
    """A number has a date format but is outside the calendar."""


def number_text(number: float) -> str:
    """A number in its shortest exact decimal form, never with an exponent."""
    text = format(Decimal(repr(number)), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent_text(number: float) -> str:
    """A share as percent: ``0.25`` is ``25%``."""
    text = format(Decimal(repr(number)) * 100, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"


@attrs.frozen(slots=True)
class NumberFormat:
    """What a number format says of a number.

    Attributes:
        sort: What the number is.
        before: Words and currency signs shown before it.
        after: Words and currency signs shown after it.
        day: Whether a date is shown with its day.
        month: Whether a date is shown with its month.
    """

    sort: Sort = "number"
    before: str = ""
    after: str = ""
    day: bool = True
    month: bool = True

    @classmethod
    def parse(cls, code: str) -> NumberFormat:
        """Reads a format code such as ``#,##0.00 [$€-407]`` by its section for positive numbers."""
        before, after, codes = _pieces(code[:LONGEST])
        sort = _sort(codes)
        if sort in ("number", "percent"):
            return cls(sort, _shown(before), _shown(after))
        return cls(sort, day="d" in codes, month="m" in codes)

    def text(self, raw: str, *, from_1904: bool = False) -> str:
        """The text of a number.

        Args:
            raw: The number as the file holds it.
            from_1904: Whether days count from 1904 instead of 1900.

        Raises:
            NotADate: If it is formatted as a date and cannot be one.
        """
        try:
            number = float(raw)
        except ValueError:
            return raw
        if not math.isfinite(number):
            return raw
        if self.sort == "percent":
            return percent_text(number)
        if self.sort == "duration":
            return _duration(number)
        if self.sort in ("date", "time", "datetime"):
            return self._date(number, from_1904)
        return _joined(self.before, number_text(number), self.after)

    def _date(self, serial: float, from_1904: bool) -> str:
        if not 0 <= serial <= LAST_SERIAL:
            raise NotADate(number_text(serial))
        days, seconds = divmod(round(serial * DAY), DAY)
        clock = (dt.datetime.min + dt.timedelta(seconds=seconds)).time().isoformat()
        if self.sort == "time" and days == 0:
            return clock
        try:
            date = _day(days, from_1904)
        except OverflowError:
            raise NotADate(number_text(serial)) from None
        if seconds:
            return f"{date.isoformat()}T{clock}"
        if not self.day and date.day == 1:
            return date.isoformat()[: 7 if self.month or date.month != 1 else 4]
        return date.isoformat()


GENERAL = NumberFormat()


def _day(days: int, from_1904: bool) -> dt.date:
    """The day of a serial number; Excel counts 29 February 1900, which did not exist."""
    if from_1904:
        return dt.date(1904, 1, 1) + dt.timedelta(days)
    if days in (0, 60):
        raise NotADate(str(days))
    return dt.date(1899, 12, 31 if days < 60 else 30) + dt.timedelta(days)


def _duration(days: float) -> str:
    seconds = round(abs(days) * DAY)
    sign = "-" if days < 0 and seconds else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _pieces(code: str) -> tuple[str, str, list[str]]:
    """Words before the digits, words after them, and the codes themselves in small letters."""
    words = ["", ""]
    codes: list[str] = []
    for piece in PIECE.finditer(code):
        if piece["other"] == ";":
            break
        if piece["code"] or piece["elapsed"] or piece["noon"]:
            codes.append("elapsed" if piece["elapsed"] else (piece["code"] or "h").lower())
            continue
        shown = piece["quoted"] or piece["escaped"] or piece["currency"] or piece["other"] or ""
        words[any(item in DIGITS or item == "general" for item in codes)] += shown
    return words[0], words[1], codes


def _sort(codes: list[str]) -> Sort:
    if "elapsed" in codes:
        return "duration"
    if "general" in codes:
        return "number"
    calendar = not CALENDAR.isdisjoint(codes)
    clock = not CLOCK.isdisjoint(codes)
    if calendar or clock or "m" in codes:
        return "datetime" if calendar and clock else "time" if clock else "date"
    return "percent" if "%" in codes else "number"


def _shown(words: str) -> str:
    """Words of a format without signs and brackets, which belong to the number."""
    return words.replace("\u00a0", " ").strip(" -+()")


def _joined(before: str, number: str, after: str) -> str:
    gap = " " if before and before[-1].isalpha() else ""
    rest = f" {after}" if after else ""
    return f"{before}{gap}{number}{rest}"
