"""What is not shown of people, because notebooks are sent around and published."""

from __future__ import annotations

import re

__all__ = [
    "ADDRESS",
    "EMAIL",
    "HIDDEN",
    "NUMBER",
    "PERSON",
    "PHONE",
    "is_contact",
    "is_personal",
    "masked",
]

HIDDEN = "(hidden)"
"""What stands in place of a value that names a person."""

PERSON = "individuals"
"""The code of ``actor-type`` of people, whose names are hidden."""

_CONTACT = re.compile(
    r"mail|phone|mobile|fax|contact|correo|courriel|telefon|teléfono|téléphone|telefone|whatsapp"
    r"|address|adresse|dirección|endereço|هاتف|بريد|عنوان",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(^|[^a-z])(persons?|people|authors?|coders?|speakers?|respondents?|interviewers?"
    r"|interviewees?|facilitators?|first.?names?|last.?names?|surnames?|full.?names?"
    r"|focal.?points?|points? focal|puntos? focal|pontos? focal)(?![a-z])"
)
# The look-behind lets a search begin once per run of letters, so that the time stays linear. What
# is no part of an address is left, so that a text of HTML or JSON stays one.
ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")
NUMBER = re.compile(r"(?<![\w+])\+\d(?:[ ()./-]{0,3}\d){7,14}(?!\d)")

EMAIL, PHONE = "[e-mail]", "[phone]"
"""What stands in a text for an address and for a number."""


def is_contact(name: str) -> bool:
    """Whether a column or attribute of this name says how to reach somebody."""
    return _CONTACT.search(name) is not None


def is_personal(name: str) -> bool:
    """Whether a column, field, kind or id names people or says how to reach them.

    Numbers in such a column may count people: they are no names, and need not be hidden.

    Args:
        name: Such as ``contact_person``, ``author``, or ``person/ana``. In an id only what
            stands before the first ``/`` counts, the kind of the record.
    """
    kind = name.partition("/")[0].casefold().replace("_", " ")
    return is_contact(kind) or _PERSON.search(kind) is not None


def masked(text: str) -> str:
    """A text without e-mail addresses and telephone numbers; HTML and JSON stay what they are."""
    if "@" in text:
        text = ADDRESS.sub(EMAIL, text)
    return NUMBER.sub(PHONE, text) if "+" in text else text
