"""How a turn of a speaker begins in a document."""

from __future__ import annotations

import re
from decimal import Decimal

import attrs

from jmdi.words.folding import as_typed
from jmdi_knowledge.discussions.speakers import LABEL, is_name, label_of

__all__ = ["Turn", "turn_of"]

TIME = r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:[.,]\d{1,3})?"
CLOCK = re.compile(rf"[\[(]{TIME}[\])]\s?")
HEADED = re.compile(rf"[ \t]*(?P<name>[^\s:][^:\n]{{0,60}}?)[ \t\u00a0]+{TIME}[ \t]*(?:\n|\Z)")
BOLD = re.compile(r"\s*(\*\*|__)(?P<name>[^*_\n]{1,60}?)\s*(?::\s*\1|\1\s*:)")

HEAD = 120
"""Characters of a paragraph in which a speaker and the time stand."""


@attrs.frozen(slots=True)
class Turn:
    """A paragraph that may begin a turn.

    Attributes:
        label: What stands where a speaker would; ``None`` if nothing does.
        text: The words after it, or all of them.
        begins: Seconds from the beginning of the recording, where a time stands beside the label.
    """

    label: str | None
    text: str
    begins: Decimal | None = None


def turn_of(text: str) -> Turn:
    """What a paragraph begins with: "Ana:", "**Ana:**", "[00:01:30] Ana:", "Ana  0:03"."""
    if headed := HEADED.match(text):
        name = as_typed(headed["name"])
        if is_name(name):
            return Turn(name, text[headed.end() :], _seconds(headed.groups()[1:]))
    if bold := BOLD.match(text):
        text = f"{bold['name']}:{text[bold.end() :]}"
    plain, begins = _without_clock(text)
    label, found = label_of(plain), LABEL.match(plain)
    if label is None or found is None:
        return Turn(None, text)
    return Turn(label, plain[found.end() :], begins)


def _without_clock(text: str) -> tuple[str, Decimal | None]:
    """A paragraph without the time at its beginning, and that time in seconds."""
    found = CLOCK.search(text, 0, HEAD)
    if found is None or ":" in text[: found.start()]:
        return text, None
    whole = text[: found.start()].rstrip() + text[found.end() :]
    return whole.lstrip(), _seconds(found.groups())


def _seconds(parts: tuple[str | None, ...]) -> Decimal:
    hours, minutes, seconds = (int(part or 0) for part in parts)
    return Decimal(hours * 3600 + minutes * 60 + seconds)
