"""What readers stumble over: values, marks and bytes that are not what they seem."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

__all__ = [
    "BROKEN",
    "DEEP",
    "HARD",
    "HARD_JSON",
    "HARD_MARKUP",
    "NUMBERS",
    "TIMES",
    "Change",
    "hard_text",
    "number",
]

Change: TypeAlias = Callable[[bytes, random.Random], bytes]
"""Makes other content of content."""

# Not formatted, here and below: one value a line would make a screen of each table.
HARD: Sequence[str] = (
    "", " ", "0", "-1", "1e400", "-1E-400", "9" * 400, "NaN", "Infinity", "-inf", "1_000", "0x10",
    "²", "١٢", "1.234,56", "null", "true", "2015-02-30", "0000-00-00", "2013/nan", "9999-12-31",
    "2015-10/2014", "../..", "{}", "[]", "''", '"', "\x00", "\x0b", "\x1a", "\u2028", "\ufeff",
    "\u202e", "\ufffe", "e\u0301" * 40, "x" * 3000, "=1+1", "a;b\tc", "\r", "\n", "\\", "%", "€ 5",
    "actor", "id", "kind", "𝒜", "&#xD800;", "&nope;", "<a>", "]]>", "1" + "0" * 5000,
    "\ud800", "\udfff", "\x85", "\x1c", "\u200b", "\u00ad", "İ", "ß", "ǆ", "\u0660", "½", "Ⅻ", "㊿",
    "1e5", "1E+99999999", "-0", "0.1.2", "1,2,3", "1 000", "+5", "5-", "1/0", "24:00", "23:59:60",
    "00/00/0000", "31.12.9999", "1900-02-29", "-0044-03-15", "10000-01-01", "2015-W54", "2015-Q5",
    "2026-03-04T25:61", "2026-01-01T00:00:00+99:99", "0001-01-01T00:00:00+14:00", "1582-10-10",
    "a|b|c", "a,b;c", "#N/A", "#REF!", "$", "mailto:", "http://[", "file://", "urn:", "//", "@",
)  # fmt: skip
"""Texts that readers stumble over: numbers, dates, signs and spaces that are not what they seem."""

HARD_JSON: Sequence[Any] = (
    None, True, False, 0, -1, 10**400, 1e308, float("nan"), float("-inf"), "", [], {},
    [[]], "\ud800", {"und": None}, [None], {"kind": "tie"}, {"amount": "1"}, {"code": "x"},
    -0.0, 5e-324, 2**31, 2**63, 1e16, 253402300800, -62135596801, [""], {"": ""}, "@digits",
)  # fmt: skip
HARD_MARKUP: Sequence[bytes] = (
    b"&nope;", b"&#xD800;", b"&#0;", b"&#x110000;", b"<![CDATA[", b"]]>", b"<?x?>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"\x0c", b"&amp", b"<", b"<x xmlns:y='z'/>", b"<!---->",
    b"<y:z/>", b"<![CDATA[<a>]]>", b"&#x202E;", b"&#xFFFE;", b"\xef\xbb\xbf", b"&lt;", b"<br>",
)  # fmt: skip

NUMBERS: Sequence[str] = (
    "0", "-1", "1", "2", "64", "255", "256", "1000", "16384", "16385", "65535", "65536", "1048576",
    "1048577", "2147483647", "2147483648", "4294967295", "4294967296", "9223372036854775808",
    "99999999999999999999", "9" * 5000, "0.5", "-0.0", "1e3", "1e308", "1e309", "1e-400", "NaN",
    "inf", "1_0", "٣", " 7 ", "+3", "0x1F", "59", "60", "61", "-0.000001", "2958465",
    "2958465.9999999999", "2958466", "-693594", "253402300799", "253402300800", "-62135596801",
    "1e11", "1e15", "1e18", "3.5", "",
)  # fmt: skip
"""Numbers at the limits of spans, of rows and columns, of machines, and of dates as serials."""

TIMES = (*(1,) * 18, 2, 2, 2, 3, 3, 5, 10, 10, 30, 100, 1000)
"""How often a part is repeated; seldom so often that reading takes long."""

DEEP = (50, 64, 65, 200, 2000, 20_000)
"""Levels of nesting; readers bound them at 64, and Python itself at about 1000."""

BROKEN = (
    b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x00" * 9, b"\xff", b"\x85",
    b"\xe2\x80", b"\xf4\x90\x80\x80", b"\x00", b"\x1a", b"a\x00b\x00", b"\xfe\xff\x00a", b"\xa0",
)  # fmt: skip
"""Bytes that are no UTF-8, or stand where they should not."""


def hard_text(dice: random.Random) -> bytes:
    """One of the hard texts, lone surrogates included."""
    return dice.choice(HARD).encode("utf-8", "surrogatepass")


def number(dice: random.Random) -> bytes:
    """One of the numbers at limits."""
    return dice.choice(NUMBERS).encode()
