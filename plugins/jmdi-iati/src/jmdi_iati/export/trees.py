"""Small changes to an element that leave everything else of it as it was."""

from __future__ import annotations

import copy
from collections.abc import Hashable

from lxml import etree  # type: ignore[import-untyped]

from jmdi.files.safe_xml import legal
from jmdi_iati.standard.schema import Rule, rank
from jmdi_iati.standard.words import language, words_of
from jmdi_iati.standard.xml import XML_LANG, Element, new

__all__ = ["bytes_of", "merge", "place", "set_or_drop", "take_out"]


def place(parent: Element, child: Element, rule: Rule, after: Element | None = None) -> None:
    """Puts an element into another where the schema has it.

    Args:
        parent: Where it goes.
        child: The element.
        rule: What the schema says of the parent.
        after: A sibling that it comes right after; else it comes after all of its name, or of
            those that come before it in the schema.
    """
    if after is None:
        ranks, own = rank(rule), rank(rule)(child)
        same = [part for part in parent if part.tag == child.tag]
        before = same or [part for part in parent if ranks(part) < own]
        after = before[-1] if before else None
    between = None if (parent.text or "").strip() else parent.text
    if after is None:
        parent.insert(0, child)
        child.tail = between
    else:
        tail, holder = after.tail, after.getparent()
        holder = parent if holder is None else holder
        holder.insert(list(holder).index(after) + 1, child)
        if not (tail or "").strip():
            after.tail, child.tail = between, tail


def set_or_drop(element: Element, name: str, value: str | None) -> None:
    """Sets an attribute; one without a value goes."""
    if value is None:
        element.attrib.pop(name, None)
    else:
        element.set(name, legal(value))


def take_out(child: Element) -> None:
    """Removes an element; words after it stay."""
    parent, before, tail = child.getparent(), child.getprevious(), child.tail or ""
    if parent is None:
        return
    is_last = parent[len(parent) - 1] is child
    if tail.strip() and before is None:
        parent.text = (parent.text or "") + tail
    elif before is not None and (tail.strip() or is_last):
        before.tail = (before.tail or "") + tail if tail.strip() else tail
    parent.remove(child)


def merge(there: Element, old: Element, now: Element, rule: Rule, default: str) -> None:
    """Does to an element what turns one element into another; all else of it stays.

    Args:
        there: The element to change.
        old: What the records said before, as an element.
        now: What they say now.
        rule: What the schema says of it.
        default: The language of narratives that do not say theirs.
    """
    for name in dict.fromkeys((*old.keys(), *now.keys())):
        if now.get(name) != old.get(name):
            set_or_drop(there, name, now.get(name))
    if (old.text or "") != (now.text or ""):
        there.text = now.text
        if not rule.children:
            del there[:]
    parts, olds, news = (_keyed(element, default) for element in (there, old, now))
    for key, part in parts.items():
        if key in olds and key not in news:
            take_out(part)
    for key, part in news.items():
        known, before = parts.get(key), olds.get(key)
        if before is not None and bytes_of(before) == bytes_of(part):
            continue
        if known is None:
            place(there, copy.copy(part), rule)
        else:
            within = rule.children.get(part.tag, rule)
            merge(known, new(part.tag) if before is None else before, part, within, default)


def bytes_of(element: Element) -> bytes:
    """All that an element says."""
    text: bytes = etree.tostring(element, with_tail=False)
    return text


def _keyed(element: Element, default: str) -> dict[Hashable, Element]:
    """The children by name and number; narratives by language and number."""
    found: dict[Hashable, Element] = {}
    counts: dict[Hashable, int] = {}
    for part in element:
        if part.tag == "narrative" and not words_of(part):
            continue
        spoken = language(part.get(XML_LANG), default) if part.tag == "narrative" else ""
        number = counts[part.tag, spoken] = counts.get((part.tag, spoken), -1) + 1
        found[part.tag, spoken, number] = part
    return found
