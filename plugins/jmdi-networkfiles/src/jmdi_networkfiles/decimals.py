"""Numbers as network programs write them, as plain decimal text."""

from __future__ import annotations

import math
import re
from decimal import Decimal

__all__ = ["is_zero", "number_of"]

LONGEST = 400
"""Characters of the longest number; a double has no more digits than this."""

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eEdD][+-]?[0-9]{1,3})?")


def number_of(text: str) -> str | None:
    """A number as decimal text without an exponent, such as ``0.00001`` of ``1e-5``.

    Args:
        text: What a file has.

    Returns:
        The same number; ``None`` if it is none, or too large for a number of eight bytes.
    """
    if len(text) > LONGEST:
        return None
    if _PLAIN.fullmatch(text):
        return text
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text.upper().replace("D", "E"))):
        return None
    return format(Decimal(text.upper().replace("D", "E")), "f")


def is_zero(number: str) -> bool:
    """Whether a number that `number_of` gave is 0."""
    return not number.strip("-0.")
