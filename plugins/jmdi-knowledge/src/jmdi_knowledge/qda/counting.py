"""Texts and positions as a tool expects them in the file that it reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jmdi_knowledge.spans.readings import CODE_POINTS, MARK, Reading

__all__ = ["READ_BY", "content", "positions"]

READ_BY: Mapping[str, Reading] = {"nvivo": Reading("UTF-16 units", pairs=True)}
"""Tools that count otherwise than REFI-QDA 1.5 says, by what they write themselves."""


def content(text: str, reading: Reading) -> bytes:
    """The file of a text, for a tool that counts so."""
    if reading == CODE_POINTS:
        return text.encode()
    return (MARK + text.replace("\n", "\r\n")).encode()


def positions(text: str, indices: Iterable[int], reading: Reading) -> dict[int, int]:
    """Positions by index, in code points, of a text.

    Args:
        text: The text that is kept, with LF as its line end.
        indices: Indices in it.
        reading: How the tool counts.
    """
    found: dict[int, int] = {}
    at = position = 0
    for index in sorted(set(indices)):
        piece = text[at:index]
        if reading != CODE_POINTS:
            position += len(piece.encode("utf-16-le", "surrogatepass")) // 2 + piece.count("\n")
        else:
            position += len(piece)
        found[index], at = position, index
    return found
