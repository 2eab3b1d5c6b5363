"""Makes datasets of UCINET as its own program writes them."""

from __future__ import annotations

import struct
from collections.abc import Sequence


def header(
    sizes: Sequence[int],
    labels: Sequence[Sequence[str] | None],
    version: bytes = b"V6404",
    title: bytes = b"",
) -> bytes:
    """A header: sizes and labels of columns, rows and matrices; labels of one byte if old."""
    old = version.startswith(b"DATE")
    parts = [bytes([len(version)]), version, struct.pack("<4h", 25, 11, 30, 1)]
    parts.append(struct.pack("<hbh", 2 if old else 3, 7, len(sizes)))
    parts.append(struct.pack(f"<{len(sizes)}{'h' if old else 'i'}", *sizes))
    parts += [bytes([len(title)]), title, bytes(int(found is not None) for found in labels)]
    for found in labels:
        for label in found or ():
            text = label.encode("cp1252" if old else "utf-16-le")
            parts.append(struct.pack("<h", len(text)) + text)
    return b"".join(parts)


def numbers(*values: float) -> bytes:
    """The numbers of a dataset."""
    return struct.pack(f"<{len(values)}f", *values)
