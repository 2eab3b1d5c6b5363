"""Drafts as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jmdi_knowledge.writing.draft import Block, Bullets, Draft, Grid, Heading, Missing, Quote

__all__ = ["markdown"]

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&]")
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
"""Four blanks before a line would make it code; fewer are not shown."""
_AT_START = re.compile(r"^(\d*)([-+=.)])(?=[-=\s]|$)", re.MULTILINE)
"""What makes a line an entry of a list, a rule or the line below a heading. The sign is escaped,
not the number before it: a backslash before a digit is shown."""


def markdown(draft: Draft) -> bytes:
    """The draft as Markdown; what is text in it stays text."""
    parts = [f"# {_plain(draft.title)}", *(part for block in draft.blocks for part in _of(block))]
    return ("\n\n".join(parts) + "\n").encode()


def _of(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * (block.level + 1)} {_plain(block.text)}"
    elif isinstance(block, Missing):
        yield f"*[{_plain(block.text)}]*"
    elif isinstance(block, Quote):
        lines = "\n".join(f"> {_escaped(line)}" for line in block.text.splitlines())
        about = f" {_plain(block.about)}" if block.about else ""
        yield f"{lines}\n>\n> —{about} [{block.source}]"
    elif isinstance(block, Bullets):
        signs = (f"{n}." if block.numbered else "-" for n in range(1, len(block.items) + 1))
        yield "\n".join(
            f"{sign} {_plain(item)}" for sign, item in zip(signs, block.items, strict=True)
        )
    elif isinstance(block, Grid):
        rows = [block.head, ("---",) * len(block.head), *block.rows]
        rows = [row if n == 1 else tuple(map(_plain, row)) for n, row in enumerate(rows)]
        yield "\n".join(f"| {' | '.join(row)} |" for row in rows)
    else:
        yield _escaped(block.text)


def _plain(text: str) -> str:
    """A text on one line."""
    return _escaped(" ".join(text.split()))


def _escaped(text: str) -> str:
    escaped = _SPECIAL.sub(lambda found: f"\\{found[0]}", _INDENT.sub("", text))
    return _AT_START.sub(r"\1\\\2", escaped)
