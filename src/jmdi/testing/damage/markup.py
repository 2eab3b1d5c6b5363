"""Changes of XML and HTML: elements, attributes and texts."""

from __future__ import annotations

import functools
import random
import re
from collections import Counter
from collections.abc import Sequence

import attrs

from jmdi.testing.damage.hard import DEEP, HARD_MARKUP, TIMES, Change, hard_text, number
from jmdi.testing.damage.plain import LARGEST, change_bytes

__all__ = ["Element", "change_markup", "parts_of"]

PIECES = re.compile(rb"<[^<>]{1,400}>")
NAME = re.compile(rb"</?([\w:.-]+)")
MEMBERS = re.compile(rb"""\s([\w:.-]+)\s*=\s*(["'])(.*?)\2""", re.DOTALL)
NUMERIC = re.compile(rb"\s*[+-]?\d[\d.,:eE+-]*\s*")


@attrs.frozen(slots=True)
class Element:
    """Where an element stands.

    Attributes:
        start: The first byte of its first tag.
        inner: The first byte after that.
        last: The first byte of its last tag.
        end: The first byte after that.
    """

    start: int
    inner: int
    last: int
    end: int


@functools.lru_cache(maxsize=64)
def _values(data: bytes) -> dict[bytes, list[bytes]]:
    """The values of each attribute."""
    found: dict[bytes, list[bytes]] = {}
    for name, _, value in MEMBERS.findall(data):
        found.setdefault(name, []).append(value)
    return found


@functools.lru_cache(maxsize=64)
def parts_of(data: bytes) -> tuple[list[re.Match[bytes]], list[Element]]:
    """The tags and the whole elements of a text; the same text is asked for many times."""
    tags = [tag for tag in PIECES.finditer(data) if tag[0][1:2] not in (b"!", b"?")]
    opened: list[tuple[bytes, re.Match[bytes]]] = []
    known: Counter[bytes] = Counter()
    found = []
    for tag in tags:
        if tag[0].endswith(b"/>"):
            found.append(Element(tag.start(), tag.end(), tag.end(), tag.end()))
        elif not tag[0].startswith(b"</"):
            opened.append((_name(tag[0]), tag))
            known[_name(tag[0])] += 1
        elif known[_name(tag[0])]:
            while (top := opened.pop())[0] != _name(tag[0]):
                known[top[0]] -= 1
            known[top[0]] -= 1
            found.append(Element(top[1].start(), top[1].end(), tag.start(), tag.end()))
    return tags, found


def _name(tag: bytes) -> bytes:
    name = NAME.match(tag)
    return name[1] if name else b"a"


def change_markup(data: bytes, dice: random.Random) -> bytes:
    """A tag, an element, an attribute or a text of XML or HTML changed."""
    if not parts_of(data)[1]:
        return change_bytes(data, dice)
    return dice.choices(_CHANGES, _WEIGHTS)[0](data, dice)


def _tag(data: bytes, dice: random.Random) -> bytes:
    """A tag alone: taken out, doubled, hidden; or what stands between two of them."""
    tags = parts_of(data)[0]
    tag = dice.choice(tags)
    start, end, text = tag.start(), tag.end(), tag[0]
    if dice.random() < 0.6:
        new = dice.choice((b"", text * 2, text.replace(b"/", b""), b"<!--" + text + b"-->"))
    else:
        other = dice.choice(tags)
        start, end = sorted((start, other.end())) if other.start() >= start else (end, end)
        new = dice.choice((b"", data[start:end] * 2))
    return data[:start] + new + data[end:]


def _element(data: bytes, dice: random.Random) -> bytes:
    """An element taken out, repeated, with another name, or without its tags."""
    elements = parts_of(data)[1]
    one = dice.choice(elements)
    whole = data[one.start : one.end]
    chance = dice.random()
    if chance < 0.25:
        whole = b""
    elif chance < 0.55:
        whole *= 1 + min(dice.choice(TIMES), LARGEST // len(whole))
    elif chance < 0.7:
        whole = data[one.inner : one.last]
    else:
        other = dice.choice(elements)
        name, new = _name(whole), _name(data[other.start : other.inner])
        whole = b"<" + new + data[one.start + 1 + len(name) : one.last]
        if one.last < one.end:
            whole += b"</" + new + b">"
    return data[: one.start] + whole + data[one.end :]


def _moved(data: bytes, dice: random.Random) -> bytes:
    """Two elements exchanged; or the outer one of two put once more into the inner one."""
    one, other = sorted(
        (dice.choice(parts_of(data)[1]) for _ in range(2)), key=lambda e: (e.start, -e.end)
    )
    outer, inner = data[one.start : one.end], data[other.start : other.end]
    if other.start >= one.end:
        between = data[one.end : other.start]
        return data[: one.start] + inner + between + outer + data[other.end :]
    return data[: other.inner] + outer + data[other.inner :]


def _nested(data: bytes, dice: random.Random) -> bytes:
    """An element many times within itself."""
    one = dice.choice(parts_of(data)[1])
    first, last = data[one.start : one.inner], data[one.last : one.end]
    last = last or b"</" + _name(first) + b">"
    depth = min(dice.choice(DEEP), LARGEST // len(first + last))
    inner = first * depth + data[one.inner : one.last] + last * depth
    return data[: one.start] + inner + data[one.end :]


def _attribute(data: bytes, dice: random.Random) -> bytes:
    """An attribute taken out, with another name, or with another value."""
    tags = parts_of(data)[0]
    members = list(MEMBERS.finditer((tag := dice.choice(tags))[0]))
    if not members:
        return _text(data, dice)
    one, text = dice.choice(members), tag[0]
    other = dice.choice(list(MEMBERS.finditer(dice.choice(tags)[0])) or members)
    name, value = one[1], one[3]
    chance = dice.random()
    if chance < 0.1:
        new = b""
    elif chance < 0.2:  # the name or the whole of another attribute
        new = dice.choice((b" " + other[1] + b"=" + one[2] + value + one[2], one[0] + other[0]))
    else:
        if chance < 0.4:  # what another element says there: the same key, a circle of references
            value = dice.choice(_values(data).get(one[1], [value]))
        elif chance < 0.5:
            value = other[3]
        elif chance < 0.75 and NUMERIC.fullmatch(value):
            value = number(dice)
        else:
            value = hard_text(dice).replace(b"<", b"&lt;")
        new = b" " + name + b"=" + one[2] + value.replace(one[2], b"") + one[2]
    text = text[: one.start()] + new + text[one.end() :]
    return data[: tag.start()] + text + data[tag.end() :]


def _text(data: bytes, dice: random.Random) -> bytes:
    """What stands between two tags changed, or something put there."""
    tag, other = (dice.choice(parts_of(data)[0]) for _ in range(2))
    start, end = tag.end(), data.find(b"<", tag.end())
    end = end if end >= 0 else len(data)
    chance = dice.random()
    if chance < 0.2:
        return data[:start] + dice.choice(HARD_MARKUP) + data[start:]
    if chance < 0.35 and (following := data.find(b"<", other.end())) >= 0:
        new = data[other.end() : following]
    elif chance < 0.75 and NUMERIC.fullmatch(data[start:end]):
        new = number(dice)
    else:
        new = hard_text(dice)
    return data[:start] + new + data[end:]


_CHANGES: Sequence[Change] = (_tag, _element, _moved, _nested, _attribute, _text)
_WEIGHTS = (12, 20, 10, 5, 30, 23)
