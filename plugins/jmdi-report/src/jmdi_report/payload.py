"""What the script of the page gets: columns as JSON, compressed where they are long.

Version 1, in ``<script type="application/json" id="data">``:

- ``version``, ``lang``, ``dir``, ``languages`` (code → own name), ``digits`` (``latn`` or
  ``arab``).
- ``map``: one item for each actor in ``id``, ``label``, ``type`` (index in ``types``), ``place``
  (index in ``places``) and ``degree``. ``types``: ``code``, ``label``, ``labels`` (by language),
  ``shape``, ``light``, ``dark``. ``places``: ``code``, ``label`` and the disc ``x``, ``y``, ``r``.
  ``layouts``: by name ``x`` and ``y``, whole numbers that are from 0 to 65535 when multiplied by
  ``step``, and ``width``, ``height``, ``spacing``. ``layers``: names of the kinds of tie.
  ``ties``: ``s`` and ``t`` (indices of actors), ``layer``, ``directed`` (0 or 1), ``state`` (0
  present, 1 disputed, 2 unobserved; absent ties are left out) and ``weight`` (``null`` where it
  is not known; empty where all count 1). ``attributes``: by name ``kind`` (``number`` or
  ``text``) and ``values``, for filters. ``aggregated`` says that an item is not an actor but all
  actors of a place and type, ``size`` of them.
- ``tables``: by name ``columns`` (``key``, ``label``, ``kind``), ``rows`` (each column),
  ``ids`` (the record of each row) and ``order`` (rows as they are shown first; empty for as they
  stand, ``degree`` for the best connected first, then by label). A column is a list; or, so
  that nothing is written twice, ``values`` (a list) or ``of`` (the name of a column of ``map``,
  such as ``ties.s``), and ``codes`` (a list or such a name) in which they are indices.
  ``script/packed.js`` makes lists of them.
- ``record``: what details show beyond the tables: ``id``, and ``description``.

Where it is long the element has ``data-encoding="gzip+base64"``: base64 of gzip of the JSON.
"""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import numpy as np
from markupsafe import Markup

from jmdi_report.facts import Facts
from jmdi_report.layouts import Layout, centres, force, territory
from jmdi_report.network_map import NetworkMap
from jmdi_report.privacy import masked
from jmdi_report.scripts import joined_script
from jmdi_report.tables import Column, TableData
from jmdi_report.words import RIGHT_TO_LEFT, languages, texts_of

__all__ = ["LARGE", "as_json", "data_script", "payload", "script_texts", "words_script"]

LARGE = 48 * 1024
"""Bytes of JSON above which it is compressed: a page of 1,000 actors is to fit into an e-mail."""

STEPS = 16
"""Steps of a position in the distance of two neighbours: less than a mark moves unseen."""

FORCE = 5000
"""Actors up to which the page has the force layout too, which costs seconds above."""

_ESCAPES = {"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def as_json(value: Any) -> str:
    """A value as JSON that can stand in a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign, escape in _ESCAPES.items():
        text = text.replace(sign, escape)
    return text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is no text


def data_script(data: Any, *, compress: bool, mask: bool) -> Markup:
    """The element with the data of the page."""
    text = masked(as_json(data)) if mask else as_json(data)
    raw = text.encode("utf-8")
    if not compress or len(raw) <= LARGE:
        return Markup('<script type="application/json" id="data">{}</script>').format(Markup(text))
    packed = base64.b64encode(gzip.compress(raw, 9, mtime=0)).decode("ascii")
    return Markup(
        '<script type="application/json" id="data" data-encoding="gzip+base64">{}</script>'
    ).format(packed)


def words_script(facts: Facts) -> Markup:
    """The element with the texts of the page in each of its languages."""
    codes = facts.settings.languages
    if len(codes) == 1:  # no other text of the page ever changes
        texts = {code: script_texts(code, joined_script()) for code in codes}
    else:
        texts = {code: dict(texts_of(code)) for code in codes}
    return Markup('<script type="application/json" id="words">{}</script>').format(
        Markup(as_json(texts))
    )


def script_texts(language: str, script: str) -> dict[str, str]:
    """The texts that a script itself shows: those whose keys it quotes."""
    return {key: text for key, text in texts_of(language).items() if f'"{key}"' in script}


def payload(facts: Facts, map_: NetworkMap, tables: list[TableData]) -> dict[str, Any]:
    """The data of the page, version 1."""
    settings = facts.settings
    return {
        "version": 1,
        "lang": facts.language,
        "dir": facts.direction,
        "digits": settings.digits,
        "languages": {code: languages()[code] for code in settings.languages},
        "rtl": [code for code in settings.languages if code in RIGHT_TO_LEFT],
        "map": _bubbles(facts, map_) if map_.aggregated else _actors(facts, map_),
        "tables": {table.name: _table(facts, table, not map_.aggregated) for table in tables}
        if "tables" in settings.sections
        else {},
        "record": _record(facts, map_),
    }


def _actors(facts: Facts, map_: NetworkMap) -> dict[str, Any]:
    place = territory(map_.types, map_.places, map_.degrees, centres(map_.place_codes))
    layouts = {"territory": _layout(place)}
    if 1 < len(map_) <= FORCE:
        pairs = map_.pairs
        free = force(len(map_), pairs[:, 0], pairs[:, 1], facts.settings.seed)
        layouts["force"] = _layout(free)
    ties = map_.ties
    return {
        "id": map_.ids,
        "label": map_.labels,
        "type": map_.types.tolist(),
        "place": map_.places.tolist(),
        "degree": map_.degrees.tolist(),
        **_legend(facts, map_, place),
        "layouts": layouts,
        "layers": list(ties.layers),
        "ties": {
            "s": ties.source.tolist(),
            "t": ties.target.tolist(),
            "layer": ties.layer.tolist(),
            "directed": ties.directed.tolist() if ties.directed.any() else [],
            "state": ties.state.tolist() if ties.state.any() else [],
            "weight": ties.weight,
        },
        "attributes": {
            name: {"kind": kind, "values": values}
            for name, (kind, values) in map_.attributes.items()
        },
    }


def _bubbles(facts: Facts, map_: NetworkMap) -> dict[str, Any]:
    """One item for all actors of a place and type."""
    width = len(map_.looks)
    keys, group, sizes = np.unique(
        map_.places * width + map_.types, return_inverse=True, return_counts=True
    )
    places, types = np.divmod(keys, width)
    counts = map_.between(group, len(keys))
    degrees = counts.sum(axis=1)
    at = territory(types, places, sizes, centres(map_.place_codes))
    s, t = np.nonzero(np.triu(counts))
    labels = [
        f"{map_.place_label(map_.place_codes[p])} · {map_.look_label(map_.looks[k])}"
        for p, k in zip(places.tolist(), types.tolist(), strict=True)
    ]
    return {
        "aggregated": True,
        "id": [
            f"{map_.place_codes[p]}/{map_.looks[k].code}"
            for p, k in zip(places, types, strict=True)
        ],
        "label": labels,
        "type": types.tolist(),
        "place": places.tolist(),
        "degree": degrees.tolist(),
        "size": sizes.tolist(),
        **_legend(facts, map_, at),
        "layouts": {"territory": _layout(at)},
        "layers": [facts.text("layer.tie")],
        "ties": {
            "s": s.tolist(),
            "t": t.tolist(),
            "layer": [0] * len(s),
            "directed": [],
            "state": [],
            "weight": counts[s, t].tolist(),
        },
        "attributes": {},
    }


def _layout(layout: Layout) -> dict[str, Any]:
    """Positions in steps that are small beside the distance of neighbours: digits cost bytes."""
    step = max(1, 2 ** int(np.log2(max(layout.spacing / STEPS, 1))))
    return {
        "x": (layout.x // step).tolist(),
        "y": (layout.y // step).tolist(),
        "step": step,
        "width": layout.width,
        "height": layout.height,
        "spacing": round(layout.spacing, 1),
    }


def _legend(facts: Facts, map_: NetworkMap, layout: Layout) -> dict[str, Any]:
    discs = {circle.place: circle for circle in layout.circles}
    many = len(facts.settings.languages) > 1
    return {
        "types": [
            {
                "code": look.code,
                "label": map_.look_label(look),
                **({"labels": _offered(facts, look.labels)} if many else {}),
                "shape": look.shape,
                "light": look.light,
                "dark": look.dark,
            }
            for look in map_.looks
        ],
        "places": [
            {"code": code, "label": map_.place_label(code), "x": disc.x, "y": disc.y, "r": disc.r}
            for i, code in enumerate(map_.place_codes)
            if (disc := discs.get(i)) is not None
        ],
    }


def _offered(facts: Facts, labels: Any) -> dict[str, str]:
    return {code: labels[code] for code in facts.settings.languages if code in labels}


def _table(facts: Facts, table: TableData, whole: bool) -> dict[str, Any]:
    """A table; what the map has too is named if the map is ``whole``."""
    natural = list(table.order) == list(range(len(table)))
    shared = whole and table.name == "actors"
    return {
        "columns": [
            {"key": f"column.{c.key}", "label": facts.text(f"column.{c.key}"), "kind": c.kind}
            for c in table.columns
        ],
        "rows": [_packed(column, whole) for column in table.columns],
        "ids": _ids(table, whole),
        "order": [] if natural else "degree" if shared else list(table.order),
    }


def _packed(column: Column, whole: bool) -> Any:
    """A column in the shortest of its forms."""
    if whole and column.of:
        return {"of": column.of, **({"codes": column.codes} if column.codes else {})}
    values = list(column.values)
    codes = list(dict.fromkeys(value for value in values if value is not None))
    if column.kind == "number" or 2 * len(codes) > len(values):
        return values
    number = {value: i for i, value in enumerate(codes)}
    return {"values": [None if v is None else number[v] for v in values], "codes": codes}


def _ids(table: TableData, whole: bool) -> Any:
    if whole and table.name == "actors":
        return {"of": "id"}
    return {"of": "ties.s", "codes": "id"} if whole and table.name == "ties" else list(table.ids)


def _record(facts: Facts, map_: NetworkMap) -> dict[str, Any]:
    said = [
        (id, text)
        for id, actor in zip(map_.ids, map_.actors, strict=True)
        if actor is not None and (text := facts.plain(getattr(actor, "description", "") or ""))
    ]
    return {"id": [id for id, _ in said], "description": [text for _, text in said]}
