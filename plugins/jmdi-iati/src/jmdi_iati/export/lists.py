"""Lists of elements: what was changed, added and left out in them."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Hashable, Iterable, Sequence

import attrs

from jmdi_iati.export.trees import bytes_of, merge, place, take_out
from jmdi_iati.standard.schema import Rule
from jmdi_iati.standard.xml import Element

__all__ = ["Item", "patch", "same_code"]

Same = Callable[[Element], Hashable]
"""What tells one element of a list from another when the rest of it changes."""


@attrs.frozen(slots=True)
class Item:
    """One value of a list as it was read.

    Attributes:
        said: The value as an element; ``None`` where the standard has none for it.
        elements: The elements that it was read from; none where it was concluded from others.
    """

    said: Element | None
    elements: tuple[Element, ...] = ()


def same_code(element: Element) -> Hashable:
    """Codes are told apart by code and vocabulary."""
    return (element.tag, element.get("vocabulary"), element.get("code"))


def patch(
    parent: Element,
    before: Sequence[Item],
    now: Iterable[Element | None],
    rule: Rule,
    default: str,
    same: Same | None = None,
) -> None:
    """Changes the elements of a list to those of another list.

    Values that were concluded from other elements are written too, once the list says
    something else.

    Args:
        parent: Where the elements are.
        before: What was read.
        now: What the records say now, an element for each value.
        rule: What the schema says of the parent.
        default: The language of narratives that do not say theirs.
        same: What tells one value from another; by default its place in the list.
    """
    after = [element for element in now if element is not None]
    old = [item for item in before if item.said is not None]
    if [*map(_said, old)] == [*map(bytes_of, after)]:
        return
    found = _by_place(old, after) if same is None else _by_name(old, after, same)
    kept = {id(element) for item in found if item is not None for element in item.elements}
    for item in old:
        for element in item.elements:
            if id(element) not in kept:
                take_out(element)
    last: Element | None = None
    for known, made in zip(found, after, strict=True):
        near = last if last is not None and last.tag == made.tag else None
        if known is None or known.said is None or not known.elements:
            place(parent, made, rule, near)
            last = made
            continue
        within = rule.children.get(made.tag, rule)
        for element in known.elements:
            merge(element, known.said, made, within, default)
            if near is not None and _is_before(element, near):
                take_out(element)
                place(parent, element, rule, near)
        last = known.elements[-1]


def _said(item: Item) -> bytes:
    return b"" if item.said is None else bytes_of(item.said)


def _by_place(before: Sequence[Item], now: Sequence[Element]) -> list[Item | None]:
    """For each value the one that it was: the same, or one that it replaces."""
    old, new = [*map(_said, before)], [*map(bytes_of, now)]
    found: list[Item | None] = [None] * len(new)
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for _, start, stop, first, end in steps:
        for at, item in zip(range(first, end), before[start:stop], strict=False):
            found[at] = item
    return found


def _by_name(before: Sequence[Item], now: Sequence[Element], same: Same) -> list[Item | None]:
    """For each value the one of the same name."""
    waiting: dict[Hashable, list[Item]] = {}
    for item in before:
        if item.said is not None:
            waiting.setdefault(same(item.said), []).append(item)
    return [rest.pop(0) if (rest := waiting.get(same(made))) else None for made in now]


def _is_before(element: Element, other: Element) -> bool:
    parent = element.getparent()
    if parent is None or parent is not other.getparent():
        return False
    children = list(parent)
    return children.index(element) < children.index(other)
