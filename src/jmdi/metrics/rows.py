"""The values of a Result as rows of a table."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

__all__ = ["ARROWS", "json_value", "label_of", "rows_of"]


def json_value(value: object) -> Any:
    """A frozen value as JSON knows it; decimals are strings, as in files."""
    if isinstance(value, Mapping):
        return {key: json_value(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [json_value(item) for item in value]
    return str(value) if isinstance(value, Decimal) else value


def rows_of(
    values: Mapping[str, Any], bounds: Mapping[str, Any], labels: Mapping[str, str]
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Headings and rows: of plain numbers a column ``value``, of mappings one for each key.

    A mapping within a mapping has a column for each key of both, such as ``quantiles 0.5``. The
    element stands first, then its label if any has one. Beside a column of which bounds are
    known stand its ``lower`` and ``upper``.

    Args:
        values: A number, a mapping or another value by element.
        bounds: Lowest and highest number, by the same keys; empty if none are known.
        labels: Labels of elements, by the same keys.
    """
    cells = {key: _flat(item) for key, item in values.items()}
    limits = {key: _flat(item) for key, item in bounds.items()}
    headings = list(dict.fromkeys(name for row in cells.values() for name in row)) or ["value"]
    bounded = {name for row in limits.values() for name in row}
    named = {key: label for key in values if (label := label_of(key, labels)) != key}
    labelled = bool(named) and "label" not in headings
    columns = ["element", "label"] if labelled else ["element"]
    for name in headings:
        prefix = "" if name == "value" else f"{name}_"
        columns += [name, f"{prefix}lower", f"{prefix}upper"] if name in bounded else [name]
    rows = []
    for key, row in cells.items():
        found: list[Any] = [key, named.get(key)] if labelled else [key]
        for name in headings:
            found.append(_cell(row.get(name)))
            if name in bounded:
                found += limits.get(key, {}).get(name) or (None, None)
        rows.append(tuple(found))
    return columns, rows


def _flat(item: object) -> Mapping[str, Any]:
    """The cells of an element: a plain value as ``value``, one within a mapping by both names."""
    if not isinstance(item, Mapping):
        return {"value": item}
    return {
        name if inner is None else f"{name} {inner}": value
        for name, part in item.items()
        for inner, value in (part.items() if isinstance(part, Mapping) else ((None, part),))
    }


ARROWS = (" → ", " – ")
"""Between the ends of a tie where one key names both."""


def label_of(key: str, labels: Mapping[str, str]) -> str:
    """The label of an element, or of both ends of a tie; what has none is left as it is.

    Args:
        key: An id, or two with an arrow or a dash between them.
        labels: Labels by id.
    """
    for arrow in ARROWS:
        if key not in labels and arrow in key:
            return arrow.join(labels.get(end, end) for end in key.split(arrow))
    return labels.get(key, key)


def _cell(item: object) -> Any:
    return json_value(item) if isinstance(item, (Mapping, tuple)) else item
