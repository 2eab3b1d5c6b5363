"""Records are made without a check of their values; so they must be what the check would give."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi.model.frozen import FrozenMap
from jmdi.model.writing import canonical_json
from jmdi_iati import plugin

MODEL = jmdi.Model.build([plugin])
HERE = Path(__file__).parents[1] / "files"
EXAMPLES = Path(__file__).parents[4] / "examples" / "iati"
FILES = sorted([*HERE.glob("*.xml"), *EXAMPLES.glob("*.xml")])
VALUES = ("", " ", "99", "x", "-1,000", "2019-02-30", "2011", "true", "GB-1", "EUR", "98", "Ü")
ATTRIBUTE = re.compile(r'(?<=\s)([\w:-]+)="([^"]*)"')


def rebuilt(value: Any) -> Any:
    """The same value, each part of which was checked."""
    if attrs.has(type(value)):
        parts = {a.alias: rebuilt(getattr(value, a.name)) for a in attrs.fields(type(value))}
        return type(value)(**parts)
    if isinstance(value, tuple):
        return tuple(map(rebuilt, value))
    if isinstance(value, Mapping):
        return {name: rebuilt(part) for name, part in value.items()}
    return value


def shape(value: Any) -> Any:
    """The classes of a value and of all its parts."""
    if attrs.has(type(value)):
        parts = [shape(getattr(value, a.name)) for a in attrs.fields(type(value))]
        return type(value), parts
    if isinstance(value, tuple):
        return tuple, list(map(shape, value))
    if isinstance(value, FrozenMap):
        return FrozenMap, list(map(shape, value.values()))
    return type(value)


def assert_as_checked(xml: str) -> None:
    stream = MODEL.stream(io.BytesIO(xml.encode()), format="iati:xml", on_error="keep")
    for record in stream:
        checked = rebuilt(record)
        assert checked == record
        assert shape(checked) == shape(record)
        assert canonical_json(checked) == canonical_json(record)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_records_are_as_if_they_were_checked(path: Path) -> None:
    assert_as_checked(path.read_text(encoding="utf-8"))


@given(st.sampled_from(FILES), st.lists(st.tuples(st.integers(0), st.sampled_from(VALUES))))
def test_so_are_those_of_faulty_files(path: Path, changes: list[tuple[int, str]]) -> None:
    xml = path.read_text(encoding="utf-8")
    for place, new in changes:
        found = list(ATTRIBUTE.finditer(xml))
        old = found[place % len(found)]
        xml = f'{xml[: old.start()]}{old[1]}="{new}"{xml[old.end() :]}'
    assert_as_checked(xml)
