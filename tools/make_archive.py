"""Writes the files of this release to tests/archive/<release>/, to be read for ever.

Run it once for each release and commit what it writes; files of older releases are never
written again. The records cover every field of every kind, and a plugin that is not
installed when the tests read them.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import jmdi
from jmdi.model.declare import fields_of, spec_of
from jmdi.model.fields import FieldType
from jmdi.model.frozen import EMPTY

TESTS = Path(__file__).parents[1] / "tests"


@jmdi.define("absent:cooperative", v=3)
class Cooperative(jmdi.Actor):
    """A kind of a plugin that whoever reads the archive does not have."""

    members: int
    founders: tuple[jmdi.Identifier, ...] = ()


@jmdi.define("absent:lends-to", ends=(jmdi.Actor, jmdi.Actor))
class LendsTo(jmdi.Relation):
    """A relation of that plugin."""

    amount: jmdi.Money | None = None


@jmdi.facet("absent:rating", on=jmdi.Actor)
class Rating(jmdi.Facet):
    """A facet of that plugin."""

    grade: str
    notes: jmdi.Text = EMPTY


@jmdi.hookimpl
def jmdi_kinds() -> list[type[jmdi.Record]]:
    """The kinds of that plugin."""
    return [Cooperative, LendsTo]


@jmdi.hookimpl
def jmdi_facets() -> list[type[jmdi.Facet]]:
    """The facet of that plugin."""
    return [Rating]


_PLAIN: Mapping[str, Callable[[str], Any]] = {
    "str": lambda name: f"{name} “é” \\ \t\u2028",
    "int": lambda name: len(name),
    "float": lambda name: 0.1,
    "bool": lambda name: True,
    "decimal": lambda name: Decimal("1234567.890"),
    "date": lambda name: datetime.date(2015, 10, 19),
    "datetime": lambda name: datetime.datetime(2015, 10, 19, tzinfo=datetime.UTC),
    "id": lambda name: f"{name}/1",
    "ref": lambda name: f"{name}/1",
    "text": lambda name: {"en": name, "ar": "خطة", "und": "plan"},
    "json": lambda name: {name: [1, None, "x"]},
}


def _sample(kind: FieldType, name: str) -> Any:
    """A value of a field type."""
    if kind.form == "value":
        return _filled(kind.cls)
    if kind.form == "tuple" and kind.item:
        return (_sample(kind.item, name), _sample(kind.item, f"{name}2"))
    if kind.form == "mapping" and kind.item:
        return {name: _sample(kind.item, name)}
    if name in ("edtf", "country"):
        return "2015-10/2016~" if name == "edtf" else "SN"
    return _PLAIN[kind.form](name)


def _filled(cls: Any, **fixed: Any) -> Any:
    """An instance with every field filled."""
    fields = {f.name: _sample(f.type, f.name) for f in fields_of(cls)}
    extra = {"x_later": {"b": 1.50, "a": [True, 12345678901234567890]}}
    return cls(**{**fields, "extra": extra, **fixed})


def _bare(cls: Any, identity: str) -> Any:
    """A record with nothing but what its kind needs."""
    needed = {f.name: _sample(f.type, f.name) for f in fields_of(cls) if f.required}
    return cls(**{**needed, "id": identity})


def main() -> None:
    """Writes both forms of the format."""
    model = jmdi.Model.build([sys.modules[__name__]])
    kinds = [cls for cls in model.catalog.kinds.values() if not spec_of(cls).abstract]
    full = [_filled(cls, id=f"{cls.kind}/full") for cls in kinds]
    bare = [_bare(cls, f"{cls.kind}/bare") for cls in kinds]
    full = [r.with_facet(_filled(Rating)) if isinstance(r, jmdi.Actor) else r for r in full]
    dataset = model.dataset([*full, *bare])
    folder = TESTS / "archive" / jmdi.__version__
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("every-kind.jsonl", "every-kind.json"):
        model.write(dataset, folder / name)
    print(f"{len(dataset)} records in {folder.relative_to(TESTS.parent)}")


if __name__ == "__main__":
    main()
