"""Who an organisation is: what its reference can identify, and what its name means.

References fall into classes: *registered* (the prefix of a registered list and something after
it, or what IATI registered for a publisher), *legacy* (an old bare DAC code or ``GB-1``),
*category* (22000 means all national NGOs), *malformed*, *placeholder* and *none*. Only the
first two identify one organisation everywhere. A name identifies among those of the same
publisher, unless it is a placeholder.
"""

from __future__ import annotations

import functools
import re
from typing import Literal

import attrs

from jmdi.words.folding import fold
from jmdi.words.placeholders import whole
from jmdi.words.tables import words_of
from jmdi_iati.standard.codelists import codelist

__all__ = ["CATEGORIES", "Reference", "is_placeholder", "looks_plural", "reference"]

Class = Literal["registered", "legacy", "category", "malformed", "placeholder", "none"]

_CATEGORIES = """
    10000 11000 11001 11002 11003 11004 12000 12001 12002 12003 12004 13000 20000 21000
    22000 23000 24000 30000 31000 32000 40000 41000 42000 43000 45000 46000 47000 50000
    51000 52000 60000 61000 62000 63000 90000
"""
CATEGORIES = frozenset(_CATEGORIES.split())
"""CRS channels that mean a category; 44000 is used by the World Bank itself."""

SIGNS = frozenset(
    ["-", "--", "?", "[]", "{}", "0", "00000", "99999", "na", "nan", "null", "x", "xx", "xxx"]
)
"""What programs write for no value; words that people write for it are in the tables of words."""

# Names that publishers make by rule. Each was met in published files; words that need no rule are
# rows of the tables of words.
PATTERNS = re.compile(
    r"(?:enterprise|ngo|university/research institute|church and faith based|government"
    r"|public and private partnership|multilateral|network|foundation)"
    r" [-–] (?:united states|non united states|.{2,40}) (?:other|unknown|redacted)"
    r"|unspecified vendors? ?[-–].*|usaid redacted.*|.* redacted this field.*"
    r"|(?:not|un)[ -]?specified\b.{0,60}|(?:name )?(?:withheld|redacted)\b.*"
    r"|(?:unknown|unnamed|unidentified) (?:organi[sz]ation|implementer|partner|vendor|recipient)s?"
    r"|enterprise [-–] non united states other|other\."
    r"|(?:[a-z]{2,3} ?[-–] ?)?(?:varios|otros|various|other|divers|autres|multiple|miscellaneous)"
    r" (?:donantes|donors|donateurs|bailleurs|partners|socios|partenaires|organi[sz]ations)",
    re.IGNORECASE,
)
DASHES: dict[int, str] = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212), "-")
PLURAL = re.compile(r";|\n| \| |\S / \S|\(Winner\)")
WIDTHS = {"XI-DUNS": 9, "GB-COH": 8}
"""Digits of the numbers of registers that may begin with zeros, which spreadsheets take away."""

LONGEST_PREFIX, LONGEST_NAME = 24, 200
SUPRANATIONAL = ("XI", "XM", "XR")
"""Prefixes of registers that belong to no country."""


@attrs.frozen(slots=True)
class Reference:
    """What a reference was found to be.

    Attributes:
        kind: Its class.
        scheme: The registered list, for those that identify.
        value: The identifier in it; the reference as written for the others.
        words: As written, where it was corrected.
        country: The country of the register, if it is a national one.
        channel: The CRS channel, if it is one.
        identifies: Whether it identifies one organisation, whoever publishes.
    """

    kind: Class
    scheme: str = ""
    value: str = ""
    words: str | None = None
    country: str | None = None
    channel: str | None = None
    identifies: bool = attrs.field(
        init=False,
        default=attrs.Factory(lambda it: it.kind in ("registered", "legacy"), takes_self=True),
    )


NO_REFERENCE = Reference("none")


@functools.lru_cache(maxsize=8192)
def reference(text: str) -> Reference:
    """What the reference of an organisation is."""
    typed = text.strip()
    if not typed:
        return NO_REFERENCE
    if _is_nothing(typed):
        return Reference("placeholder", value=typed)
    # What is typed with spaces comes first: a prefix and a space would be taken for another number.
    corrected = re.sub(r"\s*-\s*", "-", typed.translate(DASHES))
    if corrected != typed:
        again = reference(corrected)
        if again.kind in ("registered", "legacy", "category"):
            return attrs.evolve(again, words=text)
    # A category comes first: XM-DAC-22000 has a registered prefix and identifies nobody. An old
    # code comes before a publisher: both 41120 and XM-DAC-41120 are then UN-Habitat, as XM-DAC.
    found = _category(typed) or _registered(typed, text) or _legacy(typed)
    return found or _publisher(typed, text) or Reference("malformed", value=typed)


def _category(typed: str) -> Reference | None:
    bare = typed.removeprefix("XM-DAC-")
    return Reference("category", value=typed, channel=bare) if bare in CATEGORIES else None


def _registered(typed: str, text: str) -> Reference | None:
    """Split by the longest registered prefix, whatever its case: XM-DAC before XM."""
    upper = typed.upper()
    lists = _prefixes()
    for stop in range(min(len(upper), LONGEST_PREFIX), 2, -1):
        if upper[stop : stop + 1] == "-" and upper[:stop] in lists:
            name = lists[upper[:stop]]
            value = typed[stop + 1 :]
            if not value.strip() or _is_nothing(value):
                return None
            value = _digits(value, WIDTHS.get(name, 0))
            words = None if text == f"{name}-{value}" else text
            channel = _channel(name, value)
            return Reference("registered", name, value, words, _country(name), channel)
    return None


def _digits(value: str, width: int) -> str:
    """A number with the one or two zeros that it lacks, and without hyphens; others as they are."""
    bare = value.replace("-", "").strip()
    return bare.zfill(width) if bare.isdecimal() and width - 2 <= len(bare) <= width else value


@functools.cache
def _prefixes() -> dict[str, str]:
    return {code.upper(): code for code in codelist("OrganisationRegistrationAgency")}


def _country(name: str) -> str | None:
    """The country whose register a list is."""
    prefix = name[:2]
    return prefix if prefix not in SUPRANATIONAL and prefix in codelist("Country") else None


def _channel(name: str, value: str) -> str | None:
    return value if name == "XM-DAC" and value in codelist("CRSChannelCode") else None


def _publisher(typed: str, text: str) -> Reference | None:
    """An identifier that IATI registered for a publisher, whatever its prefix."""
    item = codelist("publishers").get(typed)
    if item is None:
        return None
    words = None if text == typed else text
    return Reference("registered", "iati-publisher", typed, words, item.category or None)


def _legacy(typed: str) -> Reference | None:
    """Bare codes of the DAC, and those of the list that was retired in 1.04."""
    if typed.isdecimal():
        if typed in codelist("CRSChannelCode"):
            return Reference("legacy", "XM-DAC", typed, typed, channel=typed)
        return None
    if typed in codelist("OrganisationIdentifier"):
        return Reference("legacy", "iati-organisation-identifier", typed, None, _country(typed))
    return None


@functools.lru_cache(maxsize=8192)
def is_placeholder(name: str) -> bool:
    """Whether a name says that the organisation is not known, or is a category."""
    typed = name.strip()
    if not typed.rstrip(".") or _is_nothing(typed.rstrip(".")) or PATTERNS.fullmatch(typed):
        return True
    return len(typed) <= LONGEST_NAME and fold(typed) in _unnamed()


def _is_nothing(text: str) -> bool:
    """Whether a text means no value; words of two letters can be codes of countries."""
    if text.casefold() in SIGNS:
        return True
    return 2 < len(text) <= LONGEST_NAME and whole(text) is not None


@functools.cache
def _unnamed() -> frozenset[str]:
    """How organisations that are not named are called, folded by `fold`."""
    return frozenset(fold(word.word) for word in words_of("unnamed"))


def looks_plural(name: str) -> bool:
    """Whether a name looks like several organisations."""
    return bool(PLURAL.search(name)) or len(name) > LONGEST_NAME
