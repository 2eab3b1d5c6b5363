"""The map as it is without a script: a bubble for each place, and who is tied to whom."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from markupsafe import Markup

from jmdi_report.facts import Facts
from jmdi_report.layouts import SIDE, centres, territory
from jmdi_report.network_map import NetworkMap
from jmdi_report.palette import Look

__all__ = ["BUBBLES", "mixing", "shape", "summary_map"]

BANDS = 20
"""Most bands between places: those with most ties."""

BUBBLES = 64
"""Most places that the picture without a script shows."""

WIDE = 900


def summary_map(facts: Facts, map_: NetworkMap) -> dict[str, Any]:
    """A picture of at most `BUBBLES` places with bands between them, and how many are left out."""
    shown = min(len(map_.place_codes), BUBBLES)
    inside = map_.places < shown  # places are in the order of their actors, the largest first
    if "" in map_.place_codes and len(map_.place_codes) > BUBBLES:
        inside &= map_.places != len(map_.place_codes) - 1
    layout = territory(
        map_.types[inside],
        map_.places[inside],
        map_.degrees[inside],
        centres(map_.place_codes),
    )
    scale = WIDE / SIDE
    height = max(layout.height * scale, 40.0)
    counts = map_.between(map_.places, len(map_.place_codes))
    discs = {circle.place: circle for circle in layout.circles}
    most = max((int(counts[a, b]) for a in discs for b in discs if a < b), default=0)
    tied = [(a, b) for a in discs for b in discs if a < b and counts[a, b]]
    bands = [
        Markup('<path class="band" d="M{} {}L{} {}" stroke-width="{}"/>').format(
            *(round(v * scale) for v in (discs[a].x, discs[a].y, discs[b].x, discs[b].y)),
            round(1 + 13 * math.sqrt(int(counts[a, b]) / most), 1),
        )
        for a, b in sorted(tied, key=lambda pair: (-counts[pair], pair))[:BANDS]
    ]
    sizes = np.bincount(map_.places, minlength=len(map_.place_codes))
    bubbles = [
        _bubble(map_, place, int(sizes[place]), disc, scale) for place, disc in discs.items()
    ]
    svg = Markup(
        '<svg class="summary" viewBox="-8 -8 {} {}" role="img" aria-labelledby="map-summary" '
        'direction="ltr">{}{}</svg>'
    ).format(WIDE + 16, round(height) + 16, Markup("").join(bands), Markup("").join(bubbles))
    return {"svg": svg, "left_out": len(map_.place_codes) - len(discs)}


def _bubble(map_: NetworkMap, place: int, size: int, disc: Any, scale: float) -> Markup:
    x, y, r = (round(v * scale) for v in (disc.x, disc.y, disc.r))
    label = map_.place_label(map_.place_codes[place])
    name = f"{label} · {map_.facts.local.number(size)}"
    font = max(9, min(24, round(2 * r / max(len(name), 6) * 1.75)))
    text = Markup("")
    if 0.55 * font * len(name) <= 2.1 * r:
        text = Markup('<text x="{}" y="{}" font-size="{}">{}</text>').format(
            x, y + round(font / 3), font, name
        )
    elif r >= 9:
        text = Markup('<text x="{}" y="{}" font-size="10">{}</text>').format(
            x, y + 4, map_.facts.local.number(size)
        )
    title = Markup("") if name in text else Markup("<title>{}</title>").format(name)
    return Markup('<g>{}<circle cx="{}" cy="{}" r="{}"/>{}</g>').format(
        title, x, y, max(r, 3), text
    )


def mixing(facts: Facts, map_: NetworkMap) -> dict[str, Any]:
    """How many tied pairs there are between actors of each two types."""
    counts = map_.between(map_.types, len(map_.looks))
    top = max(int(counts.max(initial=0)), 1)
    return {
        "looks": map_.looks,
        "rows": [
            [(math.ceil(8 * value / top), facts.local.number(value)) for value in row]
            for row in counts.tolist()
        ],
    }


SHAPES = {
    "circle": '<circle cx="8" cy="8" r="6"/>',
    "square": '<rect x="2.5" y="2.5" width="11" height="11"/>',
    "triangle": '<path d="M8 1.5l7 12.5h-14z"/>',
    "diamond": '<path d="M8 1l7 7l-7 7l-7-7z"/>',
    "down": '<path d="M8 14.5l7-12.5h-14z"/>',
    "pentagon": '<path d="M8 1.2l6.8 5l-2.6 8h-8.4l-2.6-8z"/>',
    "hexagon": '<path d="M8 1l6.1 3.5v7L8 15l-6.1-3.5v-7z"/>',
    "plus": '<path d="M6 1.5h4v4.5h4.5v4h-4.5v4.5h-4v-4.5h-4.5v-4h4.5z"/>',
    "star": '<path d="M8 1l2 5h5l-4 3.4l1.6 5.2L8 11.5l-4.6 3.1L5 9.4L1 6h5z"/>',
    "cross": '<path d="M3 3l10 10M13 3l-10 10" fill="none" stroke-width="3"/>',
    "bar": '<rect x="1.5" y="5.5" width="13" height="5"/>',
    "hourglass": '<path d="M2 2h12L9 8l5 6H2l5-6z"/>',
    "ring": '<circle cx="8" cy="8" r="5" fill="none" stroke-width="2.5"/>',
}
"""The shapes of looks in a square of 16."""


def shape(look: Look) -> Markup:
    """The sign of a look for a legend, in both of its colours."""
    sign = Markup(SHAPES[look.shape])  # our own markup, chosen by name
    name = f"look-{look.code or 'unknown'}".replace(":", "-").replace("_", "-")
    return Markup(
        '<svg class="sign {}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>'
    ).format(name, sign)


def look_rules(looks: tuple[Look, ...]) -> tuple[str, str]:
    """Style rules with the light and the dark colour of each look."""
    names = [f"look-{k.code or 'unknown'}".replace(":", "-").replace("_", "-") for k in looks]
    rules = [
        "".join(
            f".{name}{{fill:{colour};stroke:{colour}}}"
            for name, colour in zip(names, colours, strict=True)
        )
        for colours in ([k.light for k in looks], [k.dark for k in looks])
    ]
    return rules[0], rules[1]
