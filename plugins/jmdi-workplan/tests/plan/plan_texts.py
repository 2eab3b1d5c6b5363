"""Plans from the lines of a file, and what was read of them."""

from __future__ import annotations

import io

import jmdi


def read(text: str, format: str = "workplan:csv") -> jmdi.Dataset:
    """A plan from the lines of a file."""
    lines = "\n".join(line.strip() for line in text.strip().splitlines())
    return jmdi.read(io.BytesIO(lines.encode()), format=format, on_error="keep")


def dates(dataset: jmdi.Dataset) -> list[str | None]:
    """When each action is."""
    return [action.timeline and action.timeline.edtf for action in dataset.of(jmdi.Action)]


def money(dataset: jmdi.Dataset) -> list[list[tuple[int | None, str | None]]]:
    """Amount and currency of each action."""
    return [
        [(m.amount and int(m.amount), m.currency) for m in action.finance]
        for action in dataset.of(jmdi.Action)
    ]


def carried_out(dataset: jmdi.Dataset) -> list[tuple[str, str | None]]:
    """Who takes part in the actions, in the order of the file."""
    known = {action.id: action.position for action in dataset.of(jmdi.Action)}
    taking = [one for one in dataset.of(jmdi.Participates) if one.target in known]
    taking.sort(key=lambda one: known[one.target])
    return [(dataset.get(one.source).label(), one.role and one.role.code) for one in taking]
