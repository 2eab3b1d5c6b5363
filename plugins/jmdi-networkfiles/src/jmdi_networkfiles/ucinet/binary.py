"""Reads UCINET's own datasets: a header, ``##h``, and its numbers, ``##d``."""

from __future__ import annotations

import math
import struct
import sys
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import attrs

from jmdi import Record, Where
from jmdi.files.paths import open_input
from jmdi.plugins.context import ImportContext
from jmdi_networkfiles.codes import refused
from jmdi_networkfiles.decimals import number_of
from jmdi_networkfiles.drafts import MISSING, Layer
from jmdi_networkfiles.records import records_of
from jmdi_networkfiles.ucinet.matrices import axes_of, kind_of, note_modes

__all__ = ["read", "sniff"]

VERSIONS = (b"V64", b"DATE:")
"""What the text of a version begins with; in the second sizes have two bytes, not four."""
UTF16, BYTES = 3, 2
"""Types of labels: two bytes for each character, or one."""
FLOAT = 7
"""The type of numbers: four bytes, as all files have that are known."""
BETWEEN = 1 << 16
"""After how many cells it is asked again whether reading is to stop."""
UNKNOWN = 1e37
"""What is greater is a value that is missing."""


@attrs.frozen(slots=True)
class Dataset:
    """What a header says.

    Attributes:
        height: How many rows each matrix has.
        width: How many columns each matrix has.
        matrices: How many matrices there are.
        labels: The labels of the columns, rows and matrices; empty where there are none.
    """

    height: int
    width: int
    matrices: int
    labels: Sequence[Sequence[str]]


def sniff(head: bytes) -> bool | str:
    """Whether a file begins as the header of a dataset."""
    begins = len(head) > 1 and head[1:].startswith(VERSIONS) and head[0] < 32
    return begins or "it is no header of UCINET; give the file that ends in .##h"


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a dataset from its header; its numbers lie beside it, or follow in the same stream.

    Each matrix is a kind of tie, by its label. A cell that is 0 is no tie, one that is missing
    a tie that was not observed. Rows and columns with other labels make a network of two modes.

    Raises:
        FormatError: If one of the files is not there, is damaged, or is not of the other.
    """
    fields = _Fields(stream, context)
    dataset = _dataset(fields)
    numbers = _numbers(stream, context, dataset)
    columns, rows, names = dataset.labels
    square = dataset.height == dataset.width
    axes = axes_of(rows, columns, dataset.height, dataset.width, square=square)
    note_modes(axes, context)
    for place in range(dataset.matrices):
        name = kind_of(names[place]) if names else ""
        layer = Layer(name or (f"relation {place + 1}" if dataset.matrices > 1 else ""), None)
        size = dataset.height * dataset.width
        _fill(layer, numbers[place * size : (place + 1) * size], dataset.width, context)
        axes.take(layer)
    yield from records_of(axes.draft, context)


class _Fields:
    """The fields of a header, one after the other.

    Args:
        stream: The header.
        context: Its name.
    """

    def __init__(self, stream: BinaryIO, context: ImportContext) -> None:
        self._stream = stream
        self._context = context
        self._done = 0

    def take(self, size: int) -> bytes:
        """The next bytes."""
        found = self._stream.read(size)
        self._done += len(found)
        if len(found) < size:
            raise self.damaged(f"it ends after {self._done:,} bytes, within a field of {size:,}")
        return found

    def numbers(self, form: str) -> tuple[int, ...]:
        """The next numbers, in a form of `struct`."""
        return struct.unpack(f"<{form}", self.take(struct.calcsize(f"<{form}")))

    def damaged(self, why: str) -> Exception:
        """The error of a header that cannot be."""
        message = f"the header of UCINET is damaged: {why}"
        cure = "write it again in UCINET"
        if self._context.name.casefold().endswith(".##d"):
            message, cure = (
                "these are the numbers of UCINET, without a header",
                "give the .##h file",
            )
        return refused("U101", message, Where(file=self._context.name), cure)


def _dataset(fields: _Fields) -> Dataset:
    """What a header says.

    Version, date, type of labels and numbers, sizes, title; then a flag for each dimension that
    says whether it has labels, and these.
    """
    (length,) = fields.numbers("B")
    version = fields.take(length)
    if not version.startswith(VERSIONS):
        raise fields.damaged("it does not begin with a version of UCINET, as a .##h file does")
    fields.take(8)  # year, month, day and day of the week
    (labels,) = fields.numbers("h")
    (numbers,) = fields.numbers("B")
    if labels not in (UTF16, BYTES) or numbers != FLOAT:
        raise fields.damaged(f"labels of the type {labels} and numbers of the type {numbers}")
    (dimensions,) = fields.numbers("h")
    if dimensions not in (2, 3):
        raise fields.damaged(f"it has {dimensions} dimensions, not 2 or 3")
    sizes = fields.numbers(f"{dimensions}{'h' if version.startswith(b'DATE') else 'i'}")
    if min(sizes) < 1:
        raise fields.damaged(f"its dimensions are {' × '.join(map(str, sizes))}")
    fields.take(fields.numbers("B")[0])  # the title
    flags = fields.take(dimensions)
    found = [
        [_label(fields, labels) for _ in range(size)] if flag else []
        for flag, size in zip(flags, sizes, strict=True)
    ]
    width, height, matrices, *_ = *sizes, 1
    return Dataset(height, width, matrices, [*found, []][:3])


def _label(fields: _Fields, kind: int) -> str:
    (length,) = fields.numbers("h")
    if length < 0:
        raise fields.damaged("a label has fewer than 0 bytes")
    encoding = "utf-16-le" if kind == UTF16 else "cp1252"
    return fields.take(length).decode(encoding, "replace").strip("\0 ")


def _numbers(stream: BinaryIO, context: ImportContext, dataset: Dataset) -> array[float]:
    """The numbers, row by row: what follows the header, else the file beside it.

    Raises:
        FormatError: If there are none, or more or fewer than the header says.
    """
    size = 4 * dataset.height * dataset.width * dataset.matrices
    data = stream.read(min(size, context.limits.size) + 1)
    if not data:
        with open_input(_beside(context), limit=context.limits.size) as file:
            data = file.read(size + 1)
    if len(data) != size:
        shape = f"{dataset.matrices} × {dataset.height} × {dataset.width}"
        some = f"{len(data):,}" if len(data) < size else "more"
        message = f"the header says {shape} numbers, {size:,} bytes; the data has {some}"
        cure = "put the .##d file beside it that UCINET wrote with this header"
        raise refused("U102", message, Where(file=context.name), cure)
    numbers = array("f")
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _beside(context: ImportContext) -> Path:
    """The file with the numbers of a header, in capitals or not.

    Raises:
        FormatError: If it is not there.
    """
    path = Path(context.path or "")
    for last in "dD":
        beside = path.with_name(f"{path.name[:-1]}{last}") if path.name else path
        if path.name[-4:].casefold() == ".##h" and beside.is_file():
            return beside
    message = "the header of UCINET has no data beside it"
    cure = "put the .##d file of the same name beside it"
    if context.path is None:
        cure = "give the path of the .##h file, or the bytes of .##h and .##d one after the other"
    raise refused("U101", message, Where(file=context.name), cure)


def _fill(layer: Layer, numbers: Sequence[float], width: int, context: ImportContext) -> None:
    """Adds the cells of a matrix that are not 0.

    Args:
        layer: The ties of the matrix.
        numbers: Its numbers, row by row.
        width: How many columns it has.
        context: Whether reading is to stop.
    """
    for place, number in enumerate(numbers):
        if place % BETWEEN == 0:
            context.keep_going()
        if number != 0:
            missing = not math.isfinite(number) or number > UNKNOWN
            value = MISSING if missing else _text(number)
            layer.add(place // width, place % width, value, 0)


def _text(number: float) -> str:
    """A number of four bytes as the shortest decimal text that is the same number."""
    if number == int(number):
        return str(int(number))
    same = struct.pack("<f", number)
    texts = (f"{number:.{digits}g}" for digits in range(6, 10))
    text = next((text for text in texts if struct.pack("<f", float(text)) == same), repr(number))
    return number_of(text) or text
