"""A coded project as its file has it, whatever the tool: what `records` makes records of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from jmdi.model.frozen import EMPTY
from jmdi_knowledge.spans.readings import SourceText

__all__ = ["EXTRA", "Code", "Coding", "Project", "Selection", "Source", "folded"]

EXTRA = "qda"
"""The member of ``extra`` in which a record keeps what its file says besides."""


def folded(guid: str) -> str:
    """A GUID for comparing: tools write it in capitals, in braces, or neither."""
    return guid.strip(" {}").lower()


@attrs.define(slots=True)
class Code:
    """A code of the codebook.

    Attributes:
        key: What refers to it.
        name: Its name; unique only below one parent.
        guid: Its GUID as written.
        parent: The key of the code above it.
        codable: Whether it is more than a folder.
        colour: As written.
        description: What it means.
        extra: What is kept as it was written.
    """

    key: str
    name: str
    guid: str | None = None
    parent: str | None = None
    codable: bool | None = None
    colour: str | None = None
    description: str | None = None
    extra: Mapping[str, Any] = attrs.field(factory=dict)


@attrs.define(slots=True)
class Coding:
    """One coder's choice of one code for a selection, or for a whole source.

    Attributes:
        key: What identifies it within its file.
        code: The key of the code.
        coder: The key of the user.
        date: When, as written.
        memo: What the coder wrote beside it.
        extra: What is kept as it was written, in values that cannot change.
    """

    key: str
    code: str
    coder: str | None = None
    date: str | None = None
    memo: str | None = None
    extra: Mapping[str, Any] = attrs.field(factory=dict)


@attrs.define(slots=True)
class Selection:
    """A part of a source with its codings.

    Attributes:
        start: Where it begins, in the units of its file; ``None`` if it is no part of a text.
        stop: Where it ends.
        codings: Its codings.
        locator: Its place in the file.
        quote: Its words, as the file repeats them.
        hints: Texts that may be its words.
        extra: What is kept as it was written, in values that cannot change.
        own: Its own attributes.
    """

    start: int | None
    stop: int | None
    codings: list[Coding]
    locator: str
    quote: str | None = None
    hints: tuple[str, ...] = ()
    extra: Mapping[str, Any] = attrs.field(factory=dict)
    own: Mapping[str, Any] = EMPTY


@attrs.define(slots=True)
class Source:
    """Something that was coded.

    Attributes:
        key: What identifies it within its file.
        name: Its name.
        locator: Its place in the file.
        text: Its text; ``None`` where the file does not hold it.
        location: Where it lies, if its text is not here.
        description: What the file says of it.
        selections: Its parts that were coded.
        codings: Codings of the whole.
        extra: What is kept as it was written.
        own: Its own attributes: what variables say of it.
    """

    key: str
    name: str
    locator: str
    text: SourceText | None = None
    location: str | None = None
    description: str | None = None
    selections: list[Selection] = attrs.field(factory=list)
    codings: list[Coding] = attrs.field(factory=list)
    extra: Mapping[str, Any] = attrs.field(factory=dict)
    own: Mapping[str, Any] = EMPTY


@attrs.define(slots=True)
class Project:
    """A coded project.

    Attributes:
        name: Its name, which also names its codebook.
        key: What identifies it.
        tool: What wrote it.
        users: Names of the coders by key.
        codes: The codebook; a parent comes before its children.
        sources: What was coded.
        description: What the file says of it.
        extra: What is kept as it was written.
    """

    name: str
    key: str
    tool: str | None = None
    users: dict[str, str | None] = attrs.field(factory=dict)
    codes: list[Code] = attrs.field(factory=list)
    sources: list[Source] = attrs.field(factory=list)
    description: str | None = None
    extra: dict[str, Any] = attrs.field(factory=dict)
