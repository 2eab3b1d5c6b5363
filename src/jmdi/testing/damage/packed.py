"""Changes of zip and gzip files: of what they hold, and of how they hold it."""

from __future__ import annotations

import functools
import gzip
import io
import random
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Sequence

from jmdi.testing.damage.hard import Change
from jmdi.testing.damage.plain import change_bytes, change_words

__all__ = ["change_gzip", "change_zip"]

ODD_NAMES = (
    "", "x/", "/x.xml", "C:\\x.xml", "..\\x.xml", "x\x00.xml", "con", "é.xml", "\u202e",
    "a" * 3000, "a/" * 300 + "x", "[Content_Types].xml", "mimetype", "content.xml", "x.zip", "..",
)  # fmt: skip
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, RuntimeError, ValueError),
    *(EOFError, struct.error, UnicodeError),
)


@functools.lru_cache(maxsize=64)
def _members(data: bytes) -> tuple[tuple[str, bytes], ...]:
    """What an archive holds; the same archive is asked for many times."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return tuple((info.filename, archive.read(info)) for info in archive.infolist())


def change_zip(data: bytes, dice: random.Random, change: Change) -> bytes:
    """A zip file with a changed member, or one that is missing, doubled, renamed or exchanged.

    Args:
        data: The archive.
        dice: Where all chance comes from.
        change: Changes the content of a member.
    """
    try:
        members = list(_members(data))
    except UNREADABLE:
        members = []
    if not members:
        return change_bytes(data, dice)
    chance = dice.random()
    if chance < 0.04:
        return change_words(data, dice)  # sizes, flags and places, which contradict each other then
    wanted = [i for i, (name, _) in enumerate(members) if _tells(name)] or range(len(members))
    at, other = dice.choice(wanted), dice.randrange(len(members))
    name, content = members[at]
    if chance < 0.86:
        members[at] = (name, change(content, dice))
    elif chance < 0.89:
        del members[at]
    elif chance < 0.92:
        members[at], members[other] = (name, members[other][1]), (members[other][0], content)
    elif chance < 0.96:
        members[at] = (_other_name(name, dice), content)
    else:
        members.insert(other, (dice.choice((name, _other_name(name, dice))), content))
    return _zipped(members, dice)


def _other_name(name: str, dice: random.Random) -> str:
    near = (
        name.upper(),
        f"../{name}",
        f"{name}/",
        name.replace("/", "\\"),
        f"./{name}",
        f"{name} ",
    )
    return dice.choice(near if dice.random() < 0.5 else ODD_NAMES)


def _zipped(members: Sequence[tuple[str, bytes]], dice: random.Random) -> bytes:
    """An archive; most are not compressed, which is all the same to what reads the members."""
    way = zipfile.ZIP_DEFLATED if dice.random() < 0.05 else zipfile.ZIP_STORED
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", way) as archive:
        warnings.simplefilter("ignore")  # two members of one name are meant
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, way)
    return out.getvalue()


def _tells(name: str) -> bool:
    """Whether a member of an office file holds what a reader looks at."""
    return not re.search(r"theme|fontTable|settings|docProps|webSettings|thumbnail|Effects", name)


def change_gzip(data: bytes, dice: random.Random, change: Change) -> bytes:
    """A gzip file with changed content."""
    try:
        return gzip.compress(change(gzip.decompress(data), dice), 1, mtime=0)
    except UNREADABLE:
        return change_bytes(data, dice)
