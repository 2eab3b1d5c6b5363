"""What a reader of the page can choose, checked once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, TypeAlias, get_args

import attrs

from jmdi import BadParameter, NotFound
from jmdi_report.words import languages

__all__ = ["SECTIONS", "Digits", "Settings", "Theme", "names_of"]

SECTIONS = ("overview", "network", "plan", "knowledge", "tables", "method")
"""The sections of the page, in their order."""

Theme: TypeAlias = Literal["auto", "light", "dark"]
Digits: TypeAlias = Literal["latn", "arab"]


def names_of(given: str | Iterable[str]) -> tuple[str, ...]:
    """Several names, which may be one text with commas; each once."""
    parts = given.split(",") if isinstance(given, str) else given
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _known(kind: str, names: Iterable[str]) -> Any:
    """A validator that each name of several is one of some names."""

    def check(_: object, field: attrs.Attribute[Any], given: tuple[str, ...]) -> None:
        valid = tuple(names)
        for name in given:
            if name not in valid:
                raise NotFound(kind, name, valid)
        if not given:
            raise BadParameter(f"{field.name}: name at least one of {', '.join(valid)}")

    return check


def _one_of(valid: tuple[str, ...]) -> Any:
    """A validator that a name is one of some."""

    def check(_: object, field: attrs.Attribute[Any], given: object) -> None:
        if given not in valid:
            raise BadParameter(f"{field.name} is one of {', '.join(valid)}, not {given!r}")

    return check


@attrs.frozen(slots=True, kw_only=True)
class Settings:
    """How a page is made.

    Attributes:
        languages: Languages of the page; it opens in the first, and the reader can switch.
        title: Its title; that of the data if empty.
        theme: Light, dark, or as the reader's system.
        sections: The sections that it has.
        digits: Digits of numbers in Arabic.
        include_contacts: Whether contacts and names of persons are shown.
        max_nodes: With more actors than that, the map shows bubbles of country and type.
        compress: Whether the script and large data are written compressed.
        seed: Seed of the layout.
        stamp: When the page was made; empty if the page does not say.
        command: The command that made it; empty if Python did.
    """

    languages: tuple[str, ...] = attrs.field(
        default=("en",), converter=names_of, validator=_known("language", languages())
    )
    title: str = ""
    theme: Theme = attrs.field(default="auto", validator=_one_of(get_args(Theme)))
    sections: tuple[str, ...] = attrs.field(
        default=SECTIONS, converter=names_of, validator=_known("section", SECTIONS)
    )
    digits: Digits = attrs.field(default="latn", validator=_one_of(get_args(Digits)))
    include_contacts: bool = False
    max_nodes: int = attrs.field(default=20000, validator=attrs.validators.ge(1))
    compress: bool = True
    seed: int = attrs.field(default=0, validator=attrs.validators.ge(0))
    stamp: str = ""
    command: str = ""

    @property
    def language(self) -> str:
        """The language that the page opens in."""
        return self.languages[0]
