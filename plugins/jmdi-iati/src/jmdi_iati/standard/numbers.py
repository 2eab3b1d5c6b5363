"""Numbers and currencies as IATI files have them, read without guessing."""

from __future__ import annotations

import functools
import re
from decimal import Decimal

__all__ = ["HUNDRED", "amount", "currency_of", "percentage"]

HUNDRED = Decimal(100)

# At most 40 digits on each side, so that a file of digits costs no time.
NUMBER = re.compile(r"[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})")
# A comma or space before exactly three digits separates thousands; "1,5" can be 1.5 or 15.
GROUPED = re.compile(r"([+-]?\d{1,3}(?:[,\u00a0\u202f ]\d{3})+)(\.\d{1,20})?")


def amount(text: str | None) -> tuple[Decimal | None, bool]:
    """A number, and whether thousands separators were left out; ``None`` if it is none."""
    text = (text or "").strip()
    if NUMBER.fullmatch(text):
        return Decimal(text), False
    if found := GROUPED.fullmatch(text):
        return Decimal(re.sub(r"[^\d+-]", "", found[1]) + (found[2] or "")), True
    return None, False


@functools.lru_cache(maxsize=4096)
def percentage(text: str) -> Decimal | None:
    """A percentage as a number; ``None`` if it is none."""
    return amount(text.rstrip("% "))[0]


@functools.lru_cache(maxsize=512)
def currency_of(written: str) -> str | None:
    """A currency code of three letters; ``None`` for anything else."""
    code = written.strip().upper()
    return code if len(code) == 3 and code.isascii() and code.isalpha() else None
