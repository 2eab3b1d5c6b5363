"""Compares two IATI activity files element by element, as far as the standard defines them.

Both are brought to version 2.03 and to one form: no comments, no white space around words, the
children of an activity in the order of the schema. What then differs is counted by element, with
the reason.

    python -m jmdi_iati.compare x.xml z.xml
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, TypeAlias

import attrs

from jmdi import Limits
from jmdi_iati.problems.report import Report
from jmdi_iati.reading.document import ACTIVITY, Root
from jmdi_iati.reading.parsing import pieces
from jmdi_iati.standard.schema import put_in_order
from jmdi_iati.standard.upgrade import is_old, upgrade, version_of
from jmdi_iati.standard.xml import Element

__all__ = ["Comparison", "Difference", "canonical", "compare"]

DROPPED = " (words)"
"""Marks words of 1.x that 2.03 has no place for."""

REASONS = {
    "contact-info": "contact persons are left out unless asked for",
    "iati-activity": "the activity is in one file only",
}
GUESS = "not expected: please report it"
SHOWN = 3
"""How many activities are named for each element."""

Children: TypeAlias = dict[str, Counter[object]]
"""The children of an activity in one form, by name, each with how often it occurs."""


@attrs.frozen(slots=True)
class Difference:
    """An element that only one of the files has.

    Attributes:
        element: Its name.
        reason: Why.
        missing: How often only the first file has it.
        added: How often only the second file has it.
        examples: Identifiers of activities where it is so.
    """

    element: str
    reason: str
    missing: int
    added: int
    examples: tuple[str, ...]


@attrs.frozen(slots=True)
class Comparison:
    """What differs between two files.

    Attributes:
        activities: How many activities both have.
        elements: How many of their children were compared.
        differences: What differs, by element.
    """

    activities: int
    elements: int
    differences: tuple[Difference, ...]

    @property
    def unexpected(self) -> tuple[Difference, ...]:
        """Differences that no rule explains."""
        return tuple(d for d in self.differences if d.reason == GUESS)

    def __str__(self) -> str:
        what = "activity" if self.activities == 1 else "activities"
        lines = [f"{self.activities:,} {what}, {self.elements:,} elements compared"]
        for d in self.differences:
            where = ", ".join(d.examples)
            lines.append(f"{d.element}: -{d.missing:,} +{d.added:,}  {d.reason} ({where})")
        return "\n".join(lines)


def _words(element: Element) -> Counter[tuple[str, str]]:
    """The words in each element; those of a narrative count for its parent."""
    found: Counter[tuple[str, str]] = Counter()
    for part in element.iter():
        words = " ".join((part.text or "").split()) if isinstance(part.tag, str) else ""
        if words:
            parent = part.getparent() if part.tag == "narrative" else None
            found[part.tag if parent is None else parent.tag, words] += 1
    return found


def _everything(element: Element) -> str:
    """All words and attributes of an element, one on each line."""
    lines = [" ".join(text.split()) for text in element.itertext()]
    lines += [value for part in element.iter() for value in part.attrib.values()]
    return "\n".join(lines)


def _reason(tag: str) -> str:
    if tag.endswith(DROPPED):
        return "2.03 keeps the code or attribute, not the words of 1.x beside it"
    return REASONS.get(tag, GUESS)


def canonical(element: Element) -> tuple[object, ...]:
    """An element as nested tuples: name, attributes, words, children."""
    words = " ".join((element.text or "").split())
    children = tuple(canonical(child) for child in element if isinstance(child.tag, str))
    return (element.tag, tuple(sorted(element.attrib.items())), words, children)


def _activities(stream: BinaryIO) -> Iterator[tuple[str, Children]]:
    """Each activity's identifier, and its children in one form, counted by name."""
    root, report = Root(), Report()
    for element, _ in pieces(stream, root, report, Limits(), lambda _: None):
        if element.tag != ACTIVITY:
            continue
        version, _ = version_of(element, root.version)
        children: Children = {}
        if is_old(version):
            before = _words(element)
            upgrade(element)
            after = _everything(element)
            for (tag, words), count in before.items():
                if words not in after:
                    children.setdefault(f"{tag}{DROPPED}", Counter())[words] += count
        put_in_order(element)
        for child in element:
            if isinstance(child.tag, str):
                children.setdefault(child.tag, Counter())[canonical(child)] += 1
        attributes = tuple(sorted(element.attrib.items()))
        children["iati-activity (attributes)"] = Counter([attributes])
        named = element.find("iati-identifier")
        yield (named.text or "").strip() if named is not None else "", children


def compare(first: BinaryIO, second: BinaryIO) -> Comparison:
    """Compares two activity files.

    An identifier that occurs twice counts with its first content.

    Args:
        first: What was imported.
        second: What was exported from it.
    """
    before: dict[str, Children] = {}
    for identifier, children in _activities(first):
        before.setdefault(identifier, children)
    seen: set[str] = set()
    count = 0
    missing: Counter[str] = Counter()
    added: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}

    def note(tag: str, identifier: str, lost: int, more: int) -> None:
        missing[tag] += lost
        added[tag] += more
        if (lost or more) and identifier not in examples.setdefault(tag, []):
            examples[tag].append(identifier)

    for identifier, children in _activities(second):
        if identifier in seen:
            continue
        seen.add(identifier)
        old = before.get(identifier)
        if old is None:
            note(ACTIVITY, identifier, 0, 1)
            continue
        for tag in dict.fromkeys((*old, *children)):
            one, other = old.get(tag, Counter()), children.get(tag, Counter())
            count += one.total()
            note(tag, identifier, (one - other).total(), (other - one).total())
    for identifier in before:
        if identifier not in seen:
            note(ACTIVITY, identifier, 1, 0)
    differences = tuple(
        Difference(tag, _reason(tag), missing[tag], added[tag], tuple(examples[tag][:SHOWN]))
        for tag in sorted(examples)
    )
    return Comparison(len(seen & before.keys()), count, differences)


def main(arguments: Sequence[str]) -> int:
    """Compares the two files that are named; 1 if anything unexpected differs."""
    first, second = (Path(name) for name in arguments)
    with first.open("rb") as one, second.open("rb") as other:
        found = compare(one, other)
    print(found)
    return 1 if found.unexpected else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
