"""Office files that are the same whenever they are written."""

from __future__ import annotations

import io
import zipfile

__all__ = ["repeatable"]

WRITTEN = (2000, 1, 1, 0, 0, 0)
"""The time of writing that each member states."""


def repeatable(data: bytes) -> bytes:
    """The archive of an office file without the time of writing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, WRITTEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return buffer.getvalue()
