"""The activities and organisations of one document, one at a time, within bounds.

Documents are read strictly as far as they are well-formed (`cutting`), and from there on by a
parser that repairs and says what it repaired (`tolerant`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from jmdi import Limits
from jmdi_iati.problems.report import Report
from jmdi_iati.reading.cutting import Cutter
from jmdi_iati.reading.document import Bytes, Piece, Root, Stopped
from jmdi_iati.reading.tolerant import repaired

__all__ = ["pieces"]


def pieces(
    stream: BinaryIO, root: Root, report: Report, limits: Limits, progress: Callable[[int], None]
) -> Iterator[Piece]:
    """The activities and organisations of a document; each is to be used before the next is asked.

    Args:
        stream: The document.
        root: Filled with what its root says.
        report: Where problems go; knows the number and line of the element that was given last.
        limits: ``limits.line`` bounds the bytes of one activity, ``limits.size`` all bytes.
        progress: Called with the number of new bytes.
    """
    source = Bytes(stream, report, limits.size, progress)
    try:
        cutter = Cutter(source, root, report, limits)
        yield from cutter.pieces()
        if not cutter.finished:
            yield from repaired(source, root, report, limits, cutter.lines_before)
    except Stopped:
        pass
    report.activity, report.line = 0, None
