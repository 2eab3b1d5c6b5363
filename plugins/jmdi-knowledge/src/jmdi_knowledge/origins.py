"""Where records come from: the file, without the folders that it lies in."""

from __future__ import annotations

from pathlib import PurePath

from jmdi import ImportContext, Source
from jmdi.files.paths import escaped

__all__ = ["METHOD", "origin_of", "title_of"]

METHOD = "jmdi-knowledge"
"""What made the records, as their sources name it."""


def title_of(context: ImportContext) -> str:
    """The name of the input."""
    return escaped(PurePath(context.name).name)


def origin_of(context: ImportContext, locator: str | None = None) -> Source:
    """The source of a record.

    Args:
        context: Name of the input.
        locator: The place in it.
    """
    return Source(title=title_of(context), locator=locator, method=METHOD)
