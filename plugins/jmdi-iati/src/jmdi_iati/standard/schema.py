"""What the schemas of IATI 2.03 say of each element: order, number, attributes, types."""

from __future__ import annotations

import datetime
import functools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import attrs

from jmdi_iati.standard.xml import Element

__all__ = ["Rule", "conform", "faults", "put_in_order", "rank", "rule_of"]


@attrs.frozen(slots=True)
class Rule:
    """What may be in an element.

    Attributes:
        occurs: How often it may be in its parent: ``1``, ``?``, ``*`` or ``+``.
        text: The type of its text; empty if it has none.
        other: Whether it may have ``elements`` and ``attributes`` of other namespaces.
        attributes: The types of its attributes.
        required: The attributes that it must have.
        children: What may be in it, in the order of the schema.
    """

    occurs: str
    text: str
    other: frozenset[str]
    attributes: Mapping[str, str]
    required: tuple[str, ...]
    children: dict[str, Rule] = attrs.field(factory=dict)


def rule_of(tag: str) -> Rule:
    """The rule of an activity or of an organisation.

    Raises:
        KeyError: If the element is neither.
    """
    return _rules()[tag]


@functools.cache
def _rules() -> Mapping[str, Rule]:
    text = (Path(__file__).parent / "data" / "schema.tsv").read_text(encoding="utf-8")
    found: dict[str, Rule] = {}
    for line in text.splitlines()[2:]:
        path, occurs, kind, other, stated = (line.split("\t") + [""] * 4)[:5]
        types = dict(part.split(":") for part in stated.split())
        required = tuple(name[:-1] for name in types if name.endswith("!"))
        types = {name.rstrip("!"): of for name, of in types.items()}
        found[path] = Rule(occurs, kind, frozenset(other.split()), types, required)
        parent, _, name = path.rpartition("/")
        if parent:
            found[parent].children[name] = found[path]
    return {path: rule for path, rule in found.items() if "/" not in path}


def rank(rule: Rule) -> Callable[[Element], int]:
    """The place of a child in the order of the schema.

    Children that the schema does not name come after the others, and those of other namespaces
    last.
    """
    ranks = {name: number for number, name in enumerate(rule.children)}
    unknown, foreign = len(ranks), len(ranks) + 1

    def place(child: Element) -> int:
        # The tag of a comment is a function, not a string.
        is_foreign = isinstance(child.tag, str) and child.tag.startswith("{")
        return ranks.get(child.tag, foreign if is_foreign else unknown)

    return place


def put_in_order(element: Element, rule: Rule | None = None) -> None:
    """Puts the children of an element, and of all elements in it, in the order of the schema.

    Children with the same name keep their order.
    """
    rule = rule or rule_of(element.tag)
    children = list(element)
    ordered = sorted(children, key=rank(rule))
    if ordered != children:  # to set the children of an element is much slower than to compare
        element[:] = ordered
    for child in children:
        if len(child) > 1 and child.tag in rule.children:
            put_in_order(child, rule.children[child.tag])


def conform(element: Element) -> Counter[str]:
    """Leaves out what 2.03 has no place for.

    Returns:
        How often each was left out: ``planned-disbursement/@updated``, ``words of sector``.
    """
    lost: Counter[str] = Counter()
    _conform(element, rule_of(element.tag), "", lost)
    return lost


def _conform(element: Element, rule: Rule, name: str, lost: Counter[str]) -> None:
    for key in element.keys():  # noqa: SIM118 (lxml's elements iterate over their children)
        if not _allows(rule, key):
            lost[f"{name}/@{_short(key)}".lstrip("/")] += 1
            del element.attrib[key]
    if not rule.text and (element.text or "").strip():
        lost[f"words of {name}"] += 1
    if not rule.text:
        element.text = None
    for child in list(element):
        if not isinstance(child.tag, str):
            continue
        if child.tag in rule.children:
            _conform(child, rule.children[child.tag], child.tag, lost)
        elif child.tag[0] != "{" or "elements" not in rule.other:
            lost[f"{name}/{_short(child.tag)}".lstrip("/")] += 1
            element.remove(child)


def _short(name: str) -> str:
    return name.rpartition("}")[2]


def _allows(rule: Rule, key: str) -> bool:
    return key in rule.attributes or (key[0] == "{" and "attributes" in rule.other)


def faults(element: Element) -> Iterator[str]:
    """What the schema does not allow, such as ``activity-date/@iso-date is missing``."""
    yield from _faults(element, rule_of(element.tag), "")


def _faults(element: Element, rule: Rule, name: str) -> Iterator[str]:
    for key in rule.required:
        if element.get(key) is None:
            yield f"{name}/@{key} is missing"
    for key, value in element.items():
        if not _allows(rule, key):
            yield f"{name}/@{_short(key)} is not in the schema".lstrip("/")
        elif not _fits(value, kind := rule.attributes.get(key, "")):
            yield f"{name}/@{key} is no {kind}".lstrip("/")
    said = element.text or ""
    if rule.text and not _fits(said, rule.text):
        yield f"{name} is no {rule.text}"
    elif not rule.text and said.strip():
        yield f"{name} has words outside of a narrative"
    yield from _faulty_children(element, rule, name)


def _faulty_children(element: Element, rule: Rule, name: str) -> Iterator[str]:
    children = [child for child in element if isinstance(child.tag, str)]
    counts = Counter(child.tag for child in children)
    for tag, within in rule.children.items():
        path = f"{name}/{tag}".lstrip("/")
        if within.occurs in "1+" and not counts[tag]:
            yield f"{path} is missing"
        if within.occurs in "1?" and counts[tag] > 1:
            yield f"{path} occurs more than once"
    if any((child.tail or "").strip() for child in element):
        yield f"{name or element.tag} has words between its elements"
    place = rank(rule)
    before = 0
    for child in children:
        path = f"{name}/{_short(child.tag)}".lstrip("/")
        if child.tag in rule.children:
            yield from _faults(child, rule.children[child.tag], child.tag)
        elif child.tag[0] != "{" or "elements" not in rule.other:
            yield f"{path} is not in the schema"
            continue
        if place(child) < before:
            yield f"{path} is not in the order of the schema"
        before = max(before, place(child))


DAY = r"-?\d{4,9}-\d\d-\d\d"
ZONE = r"(?:Z|[+-]\d\d:\d\d)?"
PATTERNS: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(pattern, re.ASCII)
    for kind, pattern in {
        "date": DAY + ZONE,
        "dateTime": DAY + r"T\d\d:\d\d:\d\d(?:\.\d{1,40})?" + ZONE,
        "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
        "boolean": "true|false|0|1",
        "int": r"[+-]?\d{1,10}",
        "nonNegativeInteger": r"\+?\d+|-0+",
        "positiveInteger": r"\+?0*[1-9]\d*",
        "NMTOKEN": r"[\w.:-]+",
    }.items()
}


def _fits(text: str, kind: str) -> bool:
    """Whether a text is of a type of the schema; any text can be an address."""
    pattern = PATTERNS.get(kind)
    if pattern is None:
        return True
    text = text.strip(" \t\r\n")
    if pattern.fullmatch(text) is None:
        return False
    if not kind.startswith("date"):
        return True
    try:
        datetime.datetime.fromisoformat(text[:19])
    except ValueError:
        return False
    return True
