"""What is not shown of people, because notebooks are sent around and published."""

from __future__ import annotations

import re

__all__ = ["HIDDEN", "is_personal", "masked"]

HIDDEN = "(hidden)"
"""What stands in place of a value that names a person."""

_PERSONAL = re.compile(
    r"(^|[^a-z])(persons?|people|contacts?|e[- ]?mails?|(tele)?phones?|mobiles?"
    r"|authors?|coders?|speakers?|respondents?|interviewers?|interviewees?|facilitators?"
    r"|first.?names?|last.?names?|surnames?|full.?names?)(?![a-z])"
)
_EMAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.\w+")
_PHONE = re.compile(r"\+\d[\d\s()./-]{6,18}\d")


def is_personal(name: str) -> bool:
    """Whether a column, field, kind or id holds people or their contacts, by its name.

    Args:
        name: Such as ``contact_person``, ``author``, or ``person/ana``. In an id only what
            stands before the first ``/`` counts, the kind of the record.
    """
    return _PERSONAL.search(name.partition("/")[0].casefold().replace("_", " ")) is not None


def masked(text: str) -> str:
    """A text without e-mail addresses and telephone numbers."""
    return _PHONE.sub("[phone]", _EMAIL.sub("[e-mail]", text))
