"""Types that parameters of several metrics have, each said once.

They are ordinary annotations; the runner checks what is given against them, and the command
line reads text by them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from jmdi.classes import frozen
from jmdi.plugins.argument_types import AtLeast, Within

if TYPE_CHECKING:
    from jmdi.graph.network import Network

__all__ = [
    "Count",
    "CountryCode",
    "Counts",
    "Day",
    "Days",
    "Grouping",
    "Ids",
    "IsCoded",
    "IsDay",
    "IsWave",
    "IsWindow",
    "Language",
    "Moment",
    "OfNodes",
    "Share",
    "Wave",
    "Window",
]


Counts: TypeAlias = Mapping[str, Any]
"""What was counted for a metric: rows by column, several sorts of them by name.

An engine counts them as an expression of Ibis, which gives such rows.
"""


def _is_day(value: object) -> bool:
    if isinstance(value, datetime.date):
        return True
    if not isinstance(value, str) or len(value) != len("2015-12-31"):
        return False
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


@frozen
class IsDay:
    """A day is a date, or a text that is one."""

    def holds(self, value: Any, /) -> bool:
        """Whether it is one."""
        return _is_day(value)

    def describe(self, words: str, /) -> str:
        """It in words."""
        return "a date such as 2015-12-31"


@frozen
class IsWave:
    """Waves of a study have whole numbers, 0 or more."""

    def holds(self, value: Any, /) -> bool:
        """Whether a number is not negative."""
        return bool(value >= 0)

    def describe(self, words: str, /) -> str:
        """It in words."""
        return "the number of a wave"


@frozen
class IsCoded:
    """A text that is written as a code: ``Annotated[str, IsCoded("[A-Z]+", "capital letters")]``.

    Attributes:
        pattern: The regular expression that the whole text matches.
        example: It in words.
    """

    pattern: str
    example: str

    def holds(self, value: Any, /) -> bool:
        """Whether a text is written so; what is no text, such as ``None``, is not looked at."""
        return not isinstance(value, str) or re.fullmatch(self.pattern, value) is not None

    def describe(self, words: str, /) -> str:
        """It in words."""
        return self.example


@frozen
class IsWindow:
    """A window is the first day in it and the first day after it."""

    def holds(self, value: Any, /) -> bool:
        """Whether it is two days, the second after the first."""
        days = value.split("/") if isinstance(value, str) else list(value)
        return len(days) == 2 and all(map(_is_day, days)) and str(days[0]) < str(days[1])

    def describe(self, words: str, /) -> str:
        """It in words."""
        return "a window such as '2012-01-01/2017-01-01', the second day not in it"


@frozen
class OfNodes:
    """Groups of nodes: the attributes of a network that put several of its nodes into one."""

    def offered(self, network: Network, /) -> list[str]:
        """Names of attributes with two texts or more, of which some are those of several nodes."""
        found = []
        for name, column in network.node_attributes.items():
            known = [value for value in column if isinstance(value, str)]
            if 1 < len(set(known)) < len(known):
                found.append(name)
        return found


Ids: TypeAlias = str | Iterable[str]
"""One id or code, or several."""

Day: TypeAlias = Annotated[datetime.date | str, IsDay()]
"""A day, as a date or as text."""

CountryCode: TypeAlias = Annotated[
    str, IsCoded("[A-Za-z]{2}", "the two letters of a country, such as PH")
]
"""An ISO 3166-1 alpha-2 code; small letters are read as capitals."""

Language: TypeAlias = Annotated[
    str,
    IsCoded("[a-z]{2,3}(-[A-Za-z0-9]+)*", "the code of a language, such as en, fr, es, pt or ar"),
]
"""The code of a language as in BCP 47; ``und`` is one that is not said."""

Window: TypeAlias = Annotated[str | tuple[Day, Day], IsWindow()]
"""A half-open window of days: the first day in it, and the first after it."""

Grouping: TypeAlias = Annotated[str | Mapping[str, object] | Collection[object], OfNodes()]
"""Name of a node attribute, a mapping by id, or a value for each node in order."""

Share: TypeAlias = Annotated[float, Within(0, 1)]
"""A number from 0 to 1."""

Count: TypeAlias = Annotated[int, AtLeast(0)]
"""A whole number, 0 or more."""

Wave: TypeAlias = Annotated[int, IsWave()]
"""The number of a wave of a study."""

Moment: TypeAlias = Day | Wave
"""A day, or the number of a wave of a study."""

Days: TypeAlias = tuple[Moment, Moment]
"""Two days, or two waves of a study by their numbers."""
