"""Changes files as people and programs damage them, by their structure, not only byte by byte.

A file is taken apart by what it is: the members of a zip file, the nodes of JSON, the tags of XML,
the lines and cells of a table. A part is cut, doubled, moved, or becomes a value that is hard to
read; what comes out is put together again, so that it gets past the first check of a reader.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

__all__ = ["hard_cases", "mutated"]

# Not formatted, here and below: one value a line would make a screen of each table.
HARD: Sequence[str] = (
    "", " ", "0", "-1", "1e400", "-1E-400", "9" * 400, "NaN", "Infinity", "-inf", "1_000", "0x10",
    "²", "١٢", "1.234,56", "null", "true", "2015-02-30", "0000-00-00", "2013/nan", "9999-12-31",
    "2015-10/2014", "../..", "{}", "[]", "''", '"', "\x00", "\x0b", "\x1a", "\u2028", "\ufeff",
    "\u202e", "\ufffe", "e\u0301" * 40, "x" * 3000, "=1+1", "a;b\tc", "\r", "\n", "\\", "%", "€ 5",
    "actor", "id", "kind", "𝒜", "&#xD800;", "&nope;", "<a>", "]]>", "1" + "0" * 5000,
)  # fmt: skip
"""Texts that readers stumble over: numbers, dates, signs and spaces that are not what they seem."""

HARD_JSON: Sequence[Any] = (
    None, True, False, 0, -1, 10**400, 1e308, float("nan"), float("-inf"), "", [], {},
    [[]], "\ud800", {"und": None}, [None], {"kind": "tie"}, {"amount": "1"}, {"code": "x"},
)  # fmt: skip
HARD_MARKUP: Sequence[bytes] = (
    b"&nope;", b"&#xD800;", b"&#0;", b"&#x110000;", b"<![CDATA[", b"]]>", b"<?x?>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"\x0c", b"&amp", b"<", b"<x xmlns:y='z'/>",
)  # fmt: skip
DEEP = (50, 64, 65, 200, 2000, 20_000)
"""Levels of nesting; readers bound them at 64, and Python itself at about 1000."""

BROKEN = (b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x00" * 9)
"""Bytes that are no UTF-8, or stand where they should not."""

PIECES = re.compile(rb"<[^<>]{0,400}>")
NUMBER = re.compile(rb"(?<![\w.])\d+(?![\w.])")
ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"

Change = Callable[[bytes, random.Random], bytes]


def mutated(files: Mapping[str, bytes], dice: random.Random) -> dict[str, bytes]:
    """A file, or a folder of files by name, with one to four changes.

    Args:
        files: Content by name; a single file has an empty name.
        dice: Where all chance comes from.
    """
    changed = dict(files)
    for _ in range(dice.choice((1, 1, 1, 2, 2, 3, 4))):
        if len(changed) > 1 and dice.random() < 0.1:
            _change_folder(changed, dice)
        if changed:
            name = dice.choice(sorted(changed))
            changed[name] = _changed(changed[name], dice)
    return changed


def hard_cases(data: bytes) -> Iterator[bytes]:
    """Content whose first number is none, and such that is nested deeper than Python bears."""
    for word in (b"NaN", b"Infinity", b"-1e999", b"9" * 5000):
        yield NUMBER.sub(word, data, count=1)
    yield b"[" * 3_000
    yield b'{"a":' * 3_000
    yield b"<a>" * 3_000
    if data[:1] in (b"{", b"["):
        yield NUMBER.sub(b"[" * 3_000 + b"]" * 3_000, data, count=1)


def _change_folder(files: dict[str, bytes], dice: random.Random) -> None:
    """Takes a file out of a folder, gives it another name, or the content of its neighbour."""
    one, other = dice.choice(sorted(files)), dice.choice(sorted(files))
    content = files.pop(one)
    if dice.random() < 0.5:
        files[dice.choice((other, one.upper(), f"{one}~", f"x/{one}"))] = content


def _changed(data: bytes, dice: random.Random) -> bytes:
    """Content with one change that fits what it is; now and then one of plain bytes."""
    if dice.random() < 0.15:
        return _bytes(data, dice)
    head = data[:300].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(ZIP):
        return _zip(data, dice)
    if data.startswith(GZIP):
        return _gzip(data, dice)
    if head.startswith((b"{", b"[")):
        return _json(data, dice)
    if head.startswith(b"<"):
        return _xml(data, dice)
    return _table(data, dice)


def _bytes(data: bytes, dice: random.Random) -> bytes:
    """Bytes cut off, turned, put in, or doubled."""
    first, last = sorted(dice.randrange(len(data) + 1) for _ in range(2))
    last = min(last, first + dice.choice((1, 8, 10**9)))
    new = (
        lambda: b"",
        lambda: data[first:last] * 2,
        lambda: dice.randbytes(dice.randrange(1, 9)),
        lambda: dice.choice(HARD).encode("utf-8", "surrogatepass"),
        lambda: dice.choice(
            (b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x00" * 9)
        ),
    )
    if dice.random() < 0.1:
        return data.decode("utf-8", "replace").encode(dice.choice(("utf-16", "cp1252")), "replace")
    return data[:first] + dice.choice(new)() + data[last:]


def _zip(data: bytes, dice: random.Random) -> bytes:
    """A zip file with a changed member, or one that is missing, doubled, renamed or empty."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, RuntimeError, ValueError):
        return _bytes(data, dice)
    if not members:
        return _bytes(data, dice)
    wanted = [i for i, (name, _) in enumerate(members) if _tells(name)] or range(len(members))
    at = dice.choice(wanted)
    name, content = members[at]
    chance = dice.random()
    if chance < 0.85:
        members[at] = (name, _changed(content, dice))
    elif chance < 0.9:
        del members[at]
    else:
        members.insert(
            dice.randrange(len(members)), (dice.choice((name, f"../{name}", "x.xml")), content)
        )
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # two members of one name are meant
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _tells(name: str) -> bool:
    """Whether a member of an office file holds what a reader looks at."""
    return not re.search(r"theme|styles|fontTable|settings|docProps|webSettings", name)


def _gzip(data: bytes, dice: random.Random) -> bytes:
    try:
        return gzip.compress(_changed(gzip.decompress(data), dice), mtime=0)
    except (OSError, EOFError, zlib.error):
        return _bytes(data, dice)


def _json(data: bytes, dice: random.Random) -> bytes:
    """One node of a JSON text, or of one line of it, changed."""
    lines = data.split(b"\n")
    at = dice.randrange(len(lines))
    whole = lines[at] if len(lines) > 1 and data[:1] != b"[" else data
    try:
        tree = json.loads(whole)
    except (ValueError, RecursionError):
        return _table(data, dice)
    if whole is not data and dice.random() < 0.15:
        lines.insert(dice.randrange(len(lines)), lines.pop(at) if dice.random() < 0.5 else whole)
        return b"\n".join(lines)
    holder = [tree]
    _change_node(holder, dice)
    text = json.dumps(holder[0] if holder else "", ensure_ascii=dice.random() < 0.5)
    if dice.random() < 0.1:
        text = re.sub(r"\d+", lambda _: dice.choice(HARD[:12]), text, count=1)
    if "@deep" in text:
        depth = dice.choice(DEEP)
        pair = dice.choice((("[", "]"), ('{"a":', "}")))
        text = text.replace('"@deep"', pair[0] * depth + "1" + pair[1] * depth)
    new = text.encode("utf-8", "surrogatepass")
    if whole is data:
        return new
    lines[at] = new
    return b"\n".join(lines)


def _change_node(holder: Any, dice: random.Random) -> None:
    """Goes down a tree by chance, and changes the member at which it stops."""
    node = holder
    while True:
        key = dice.choice(sorted(node)) if isinstance(node, dict) else dice.randrange(len(node))
        inner = node[key]
        if not inner or not isinstance(inner, (dict, list)) or dice.random() < 0.1:
            break
        node = inner
    chance = dice.random()
    if chance < 0.15:
        del node[key]
    elif chance < 0.2:
        node[key] = "@deep"
    elif chance < 0.35 and isinstance(node, dict):
        node[dice.choice((*HARD[:3], *sorted(node), "id", "kind", "extra", f"{key}x"))] = node.pop(
            key
        )
    elif chance < 0.5:
        node[key] = [node[key], node[key]] if dice.random() < 0.5 else {"a": node[key]}
    else:
        node[key] = dice.choice(HARD_JSON) if dice.random() < 0.5 else dice.choice(HARD)


def _xml(data: bytes, dice: random.Random) -> bytes:
    """A tag, an attribute or a text of XML or HTML changed."""
    tags = list(PIECES.finditer(data))
    if not tags:
        return _bytes(data, dice)
    tag = dice.choice(tags)
    start, end, text = tag.start(), tag.end(), tag[0]
    hard = dice.choice(HARD).encode("utf-8", "surrogatepass")
    chance = dice.random()
    if chance < 0.12:
        new = dice.choice((b"", text * 2, text.replace(b"/", b""), b"<!--" + text + b"-->"))
    elif chance < 0.2:
        other = dice.choice(tags)
        start, end = sorted((start, other.end())) if other.start() >= start else (end, end)
        new = dice.choice((b"", data[start:end] * 2, data[start:end]))
    elif chance < 0.27:
        depth = dice.choice(DEEP)
        name = re.match(rb"</?([\w:.-]*)", text)
        inner = name[1] if name and name[1] else b"a"
        new = text + b"<%s>" % inner * depth + b"</%s>" % inner * depth
    elif chance < 0.34:
        new = text + dice.choice(HARD_MARKUP)
    elif chance < 0.7 and (values := list(re.finditer(rb"""=\s*(["'])(.*?)\1""", text))):
        value = dice.choice(values)
        safe = hard.replace(value[1], b"").replace(b"<", b"&lt;")
        new = text[: value.start(2)] + safe + text[value.end(2) :]
    else:
        following = data.find(b"<", end)
        start, end, new = end, following if following >= 0 else end, hard
    return data[:start] + new + data[end:]


def _table(data: bytes, dice: random.Random) -> bytes:
    """A line or a cell of a delimited or any other text changed."""
    lines = data.split(b"\n")
    at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    chance = dice.random()
    if chance < 0.1:
        del lines[at]
    elif chance < 0.2:
        lines.insert(other, lines[at])
    elif chance < 0.25:
        lines[at], lines[other] = lines[other], lines[at]
    else:
        mark = max((b",", b";", b"\t", b"|"), key=lines[at].count)
        cells = lines[at].split(mark)
        place = dice.randrange(len(cells))
        if chance < 0.35:
            del cells[place]
        elif chance < 0.45:
            cells.insert(place, dice.choice(cells))
        elif chance < 0.5:
            cells[place] = b'"' + cells[place]
        else:
            cells[place] = dice.choice(HARD).encode("utf-8", "surrogatepass")
        lines[at] = mark.join(cells)
    return b"\n".join(lines)
