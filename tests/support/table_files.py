"""What the tests of tables share: a catalog, drawn records, and ways to read."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import attrs
from hypothesis import strategies as st

from jmdi.app import Model
from jmdi.builtin.formats.tables.read import read_table, read_tables
from jmdi.graph.dataset import Dataset
from jmdi.model import kinds, money, relations
from jmdi.model.declare import fields_of
from jmdi.model.fields import FieldType
from jmdi.model.records import Entity, Record, Relation
from jmdi.model.vocabularies import Vocabulary
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.context import ImportContext

CLASSES: list[type[Record]] = [
    getattr(module, name) for module in (kinds, money, relations) for name in module.__all__
]


CATALOG = Catalog(
    kinds={cls.kind: cls for cls in (Entity, Relation, *CLASSES)},
    vocabularies={"tie-kind": Vocabulary("tie-kind", ())},
)


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        "",
        "'",
        "''",
        "=1+1",
        "'=x",
        "-5",
        "@a",
        "a|b",
        " a ",
        "\\e",
        "\\",
        "[x]",
        '{"a":1}',
        "{}",
        "a\r\nb",
        "\ta",
        "x,y;z",
        '"',
        "\x00",
        "\ufeff",
        "a:b",
        "true",
        "'s-Hertogenbosch",
    ]
)


ids = st.sampled_from(["a/1", "a/2", "a/3", "x,y", "=id"])


numbers = st.decimals(
    allow_nan=False, allow_infinity=False, places=2, min_value=-999, max_value=999
)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | words
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words, inner, max_size=2),
    max_leaves=4,
)


extras = st.dictionaries(words.filter(lambda w: w not in _NAMES), json_values, max_size=2)


_NAMES = {"kind", *(f.name for cls in CLASSES for f in fields_of(cls))}


def values(kind: FieldType) -> st.SearchStrategy[Any]:
    simple: dict[str, st.SearchStrategy[Any]] = {
        "str": words,
        "id": ids,
        "ref": ids,
        "int": st.integers(),
        "bool": st.booleans(),
        "float": st.floats(allow_nan=False, allow_infinity=False),
        "decimal": numbers,
        "date": st.dates(),
        "datetime": st.datetimes(timezones=st.just(datetime.UTC)),
        "text": st.dictionaries(
            st.sampled_from(["en", "fr", "und", "pt-BR", "", "e n"]), words, max_size=2
        ),
    }
    if kind.edtf:
        found = st.sampled_from(["2015-10-19", "2013/2015", "2015-1X", "[2015-10,2015-12]"])
    elif kind.form in simple:
        found = simple[kind.form]
    elif kind.form == "value":
        found = built(kind.cls)
    elif kind.form in ("tuple", "mapping"):
        assert kind.item is not None
        item = values(kind.item)
        found = (
            st.lists(item, max_size=2).map(tuple)
            if kind.form == "tuple"
            else st.dictionaries(words, item, max_size=2)
        )
    else:
        raise AssertionError(kind)
    return st.none() | found if kind.optional else found


def built(cls: type) -> st.SearchStrategy[Any]:
    fields = {f.name: values(f.type) for f in fields_of(cls)}
    needed = {f.name for f in fields_of(cls) if f.required}
    names = {f.name for f in fields_of(cls)}
    free = extras.map(lambda extra: {k: v for k, v in extra.items() if k not in names})
    return st.fixed_dictionaries(
        {name: fields[name] for name in needed},
        optional={**{n: s for n, s in fields.items() if n not in needed}, "extra": free},
    ).map(lambda given: cls(**given))


records = st.sampled_from(CLASSES).flatmap(built)


def context(path: Path | None = None, **more: Any) -> ImportContext:
    return ImportContext(
        name=str(path or "ties.csv"), path=str(path) if path else None, catalog=CATALOG, **more
    )


def read(folder: Path) -> tuple[Dataset, ImportContext]:
    target = context(folder)
    return Dataset(read_tables(None, target), model=Model(CATALOG)), target


def read_text(text: str | bytes, name: str = "ties.csv", **more: Any) -> tuple[list[Record], Any]:
    target = attrs.evolve(context(**more), name=name)
    data = text.encode() if isinstance(text, str) else text
    return list(read_table(io.BytesIO(data), target)), target


def codes_of(target: ImportContext) -> list[str]:
    return [problem.code for problem in target.problems]
