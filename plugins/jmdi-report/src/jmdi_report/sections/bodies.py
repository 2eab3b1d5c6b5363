"""Panels of plugins: each kind of body as HTML, with a picture where one helps."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import attrs
import jinja2
from markupsafe import Markup

from jmdi import Money, Period, panels
from jmdi_report.facts import Facts
from jmdi_report.localised import bounded, interval
from jmdi_report.sections import drawing
from jmdi_report.sections.cards import CardView, card_of

__all__ = ["Bodies"]

TRAIL = 300
"""Most steps of a trail that are written; a step that several rest on is written for each."""


class Bodies:
    """Writes the bodies of panels.

    Args:
        facts: What the page is made from.
        environment: The templates.
        actors: Ids of the actors that the page can select.
    """

    def __init__(
        self, facts: Facts, environment: jinja2.Environment, actors: Iterable[str] = ()
    ) -> None:
        self.facts = facts
        self.environment = environment
        self.actors = frozenset(actors)

    def html(self, body: panels.Body, label: str) -> Markup:
        """A body as markup.

        Args:
            body: The body.
            label: What a part that scrolls is called for those who do not see it.

        Raises:
            TypeError: If it is of no known class.
        """
        views: dict[type[panels.Body], Callable[..., dict[str, Any]]] = {
            panels.Cards: self._cards,
            panels.Grid: self._grid,
            panels.Bars: self._bars,
            panels.Matrix: self._matrix,
            panels.Timeline: self._timeline,
            panels.Curve: self._curve,
            panels.Levels: self._levels,
            panels.Trail: self._trail,
            panels.Paragraphs: self._paragraphs,
        }
        view = views.get(type(body))
        if view is None:
            raise TypeError(f"a panel shows one of jmdi.panels, not {body!r:.80}")
        name = type(body).__name__.lower()
        template = self.environment.get_template(f"bodies/{name}.html")
        more = {"t": self.facts.t, "body": body, "words": self.facts.words, "label": label}
        return Markup(template.render(**view(body), **more))

    def cell(self, cell: Any) -> Markup:
        """A cell of a table."""
        local = self.facts.local
        if cell is None:
            return Markup("")
        if isinstance(cell, tuple):
            parts = [self.cell(part) for part in cell]
            return Markup('<ul class="several">{}</ul>').format(
                Markup("").join(Markup("<li>{}</li>").format(part) for part in parts)
            )
        if isinstance(cell, (str, Mapping)):
            return self.facts.words(cell)
        if isinstance(cell, panels.Unknown):
            reason = self.facts.words(cell.reason) or self.facts.t("unknown")
            return Markup('<em class="unknown">{}</em>').format(reason)
        if isinstance(cell, panels.Link):
            return self.link(cell.id, self.facts.words(cell.label))
        if isinstance(cell, panels.Range):
            return Markup("{}").format(self._range(cell))
        if isinstance(cell, Money):
            text = local.money(cell)
            if text:
                return Markup("<bdi>{}</bdi>").format(text)
            why = self.facts.reason(cell.reason) if cell.reason else cell.words
            return Markup('<em class="unknown">{}</em>').format(why or self.facts.text("unknown"))
        if isinstance(cell, Period):
            return Markup("<span>{}</span>").format(local.period(cell))
        if isinstance(cell, datetime.date):
            return Markup('<time datetime="{}">{}</time>').format(cell.isoformat(), local.day(cell))
        return Markup('<data value="{}">{}</data>').format(cell, local.number(cell))

    def link(self, id: str | None, label: Markup) -> Markup:
        """A record by its name; an actor can be selected."""
        if id is None or id not in self.actors:
            return label
        return Markup('<a href="#actor={}">{}</a>').format(quote(id, safe=""), label)

    def _range(self, found: panels.Range) -> str:
        return bounded(found, self.facts.local.number) or self.facts.text("unknown")

    def _cards(self, body: panels.Cards) -> dict[str, Any]:
        return {"cards": [self._card(card) for card in body.cards]}

    def _card(self, card: panels.Card) -> CardView:
        title, note = self.facts.words(card.label), self.facts.words(card.note)
        if card.result is None:
            return CardView(title=title, value=self.cell(card.value), note=note)
        made = card_of(self.facts, card.result, title)
        return attrs.evolve(made, note=Markup(" ").join(filter(None, (note, made.note))))

    def _grid(self, body: panels.Grid) -> dict[str, Any]:
        return {"rows": [[self.cell(cell) for cell in row] for row in body.rows]}

    def _bars(self, body: panels.Bars) -> dict[str, Any]:
        names = list(
            dict.fromkeys(self.facts.plain(p.label) for row in body.rows for p in row.parts)
        )
        words = {self.facts.plain(p.label): p.label for row in body.rows for p in row.parts}
        longest = max((_longest(row) for row in body.rows), default=0) or 1.0
        shares = longest <= 1 and not body.unit
        rows = []
        for row in body.rows:
            series = [(names.index(self.facts.plain(p.label)), float(p.value)) for p in row.parts]
            rows.append(
                {
                    "label": self.link(row.id, self.facts.words(row.label)),
                    "svg": drawing.bar(row, series, longest),
                    "text": self._bar_text(row, shares),
                    "why": self.facts.words(row.why),
                }
            )
        legend = [
            (k % drawing.SERIES, self.facts.words(words[name])) for k, name in enumerate(names)
        ]
        return {"rows": rows, "legend": legend}

    def _bar_text(self, row: panels.Bar, shares: bool) -> Markup:
        write = self.facts.local.percent if shares else self.facts.local.number
        value = row.value
        if value is None and row.parts:
            value = sum((Decimal(str(part.value)) for part in row.parts), Decimal(0))
        ends = interval(row.low, row.high, write)
        if value is None:
            return Markup("{}").format(ends or self.facts.text("unknown"))
        text = write(value)
        more = f" [{ends}]" if ends not in ("", text) else ""
        return Markup('{}<small class="ends">{}</small>').format(text, more)

    def _matrix(self, body: panels.Matrix) -> dict[str, Any]:
        known = [float(v) for row in body.values for v in row if v is not None]
        top = max(known, default=0) or 1
        whole = all(v == int(v) for v in known)
        cells = [
            [
                None
                if v is None
                else (
                    math.ceil(8 * max(float(v), 0) / top),
                    self.facts.local.number(v, 0 if whole else None),
                )
                for v in row
            ]
            for row in body.values
        ]
        return {"cells": cells}

    def _timeline(self, body: panels.Timeline) -> dict[str, Any]:
        axis = drawing.Axis.of([span for row in body.rows for span in row.spans])
        groups: list[tuple[Markup, list[dict[str, Any]]]] = []
        last: object = object()
        for row in body.rows:
            if row.group != last:
                groups.append((self.facts.words(row.group), []))
                last = row.group
            groups[-1][1].append(
                {
                    "label": self.link(row.id, self.facts.words(row.label)),
                    "dates": self.cell(row.dates),
                    "money": self.cell(row.money),
                    "notes": [self.facts.words(note) for note in row.notes],
                    "svg": axis.spans(row.spans) if axis and row.spans else None,
                }
            )
        ticks = axis.ticks() if axis else []
        names = [(at, self.facts.local.dates(text)) for at, text in ticks]
        return {
            "groups": groups,
            "axis": drawing.axis_head(names) if axis else None,
            "grid": drawing.axis_lines(ticks) if axis else None,
            "money": any(row.money is not None for row in body.rows),
        }

    def _curve(self, body: panels.Curve) -> dict[str, Any]:
        lines = [(self.facts.plain(line.label), line.points) for line in body.lines]
        marks = [(self.facts.plain(m.label), m.x, m.y) for m in body.marks]
        svg = drawing.curve(lines, marks, self._axis_text, self.facts.direction)
        return {
            "svg": svg,
            "legend": [
                (k % drawing.SERIES, self.facts.words(n.label)) for k, n in enumerate(body.lines)
            ],
            "rows": [
                (self.facts.words(line.label), self._axis_text(p.x), self._point(p))
                for line in body.lines
                for p in line.points
            ],
        }

    def _axis_text(self, value: float | datetime.date) -> str:
        if isinstance(value, datetime.date):
            return self.facts.local.day(value)
        year = value == int(value) and 1900 <= value <= 2200
        return str(int(value)) if year else self.facts.local.number(value)

    def _point(self, point: panels.Point) -> str:
        return self._range(panels.Range(point.y, point.low, point.high))

    def _levels(self, body: panels.Levels) -> dict[str, Any]:
        levels = []
        for level in body.levels:
            examples = [
                self.link(e.id, self.facts.words(e.label))
                if isinstance(e, panels.Link)
                else self.facts.words(e)
                for e in level.examples
            ]
            levels.append(
                {
                    "label": self.facts.words(level.label),
                    "count": self.cell(level.count),
                    "progress": drawing.progress(level.progress),
                    "progress_text": bounded(level.progress, self.facts.local.percent),
                    "examples": examples,
                    "note": self.facts.words(level.note),
                }
            )
        return {"levels": levels}

    def _trail(self, body: panels.Trail) -> dict[str, Any]:
        below: dict[int, list[int]] = {}
        for a, b in body.links:
            below.setdefault(a, []).append(b)
        resting = {b for _, b in body.links}
        left = [TRAIL]

        def node(step: int, above: frozenset[int]) -> dict[str, Any] | None:
            left[0] -= 1
            if left[0] < 0 or step in above:
                return None
            here = body.steps[step]
            under = [node(child, above | {step}) for child in below.get(step, ())]
            return {
                "label": self.link(here.id, self.facts.words(here.label)),
                "kind": self.facts.words(here.kind),
                "broken": here.state == "broken",
                "note": self.facts.words(here.note),
                "under": [child for child in under if child is not None],
            }

        tops: Sequence[int] = [k for k in range(len(body.steps)) if k not in resting]
        found = [node(k, frozenset()) for k in tops]
        return {"tops": [one for one in found if one is not None], "cut": left[0] < 0}

    def _paragraphs(self, body: panels.Paragraphs) -> dict[str, Any]:
        return {"texts": [self.facts.words(text) for text in body.texts]}


def _longest(row: panels.Bar) -> float:
    parts = float(sum(float(part.value) for part in row.parts))
    return max(parts, *(float(x) for x in (row.value, row.low, row.high, 0) if x is not None))
