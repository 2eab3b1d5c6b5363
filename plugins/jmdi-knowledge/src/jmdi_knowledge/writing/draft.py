"""A draft: a title and blocks, whatever format it is written in."""

from __future__ import annotations

from typing import TypeAlias

import attrs

__all__ = ["Block", "Bullets", "Draft", "Grid", "Heading", "Missing", "Paragraph", "Quote"]


@attrs.frozen(slots=True)
class Heading:
    """A heading.

    Attributes:
        text: Its words.
        level: 1 for a section, 2 for a part of it.
    """

    text: str
    level: int = 1


@attrs.frozen(slots=True)
class Paragraph:
    """A paragraph of plain text."""

    text: str


@attrs.frozen(slots=True)
class Missing:
    """What the author has to write or to find."""

    text: str


@attrs.frozen(slots=True)
class Quote:
    """Words of a source.

    Attributes:
        text: The words.
        about: Where they come from, in a few words.
        source: Number of the source.
    """

    text: str
    about: str
    source: int


@attrs.frozen(slots=True)
class Bullets:
    """A list, numbered from 1 or not."""

    items: tuple[str, ...]
    numbered: bool = False


@attrs.frozen(slots=True)
class Grid:
    """A table with a header row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = Heading | Paragraph | Missing | Quote | Bullets | Grid


@attrs.frozen(slots=True)
class Draft:
    """What is written.

    Attributes:
        title: Its title.
        language: ISO 639-1 code of its headings.
        blocks: Its parts, in order.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
