"""Mappings and tables that are wrong on purpose end in a problem with its place and cure."""

from __future__ import annotations

import io
import random

import pytest

import jmdi
from jmdi import DataError, FormatError, Limits
from jmdi.files.mapping import read_mapping, write_mapping
from jmdi.files.mapping.targets import plan_of_mapping
from jmdi.testing.mutations import mutated

from .test_applying import LOG, WIDE

MODEL = jmdi.Model.build()


def read(table: str, mapping, **more):
    stream = io.BytesIO(table.encode())
    return MODEL.read(stream, format="table", mapping=mapping, **more)


@pytest.mark.parametrize(
    ("mapping", "code", "said"),
    [
        ({}, "J540", "no column is mapped"),
        ({"columns": {"A": "names"}}, "J541", 'such as kind = "item"'),
        ({"kind": "itm", "columns": {"A": "names"}}, "J541", "did you mean item"),
        ({"kind": "item", "columns": {"A": "nmes"}}, "J541", "did you mean names"),
        ({"kind": "item", "columns": {"A": "date.day"}}, "J541", "no member 'day'"),
        ({"kind": "item", "columns": {"A": {"to": "names", "splt": ";"}}}, "J540", "split"),
        ({"kind": "item", "columns": {"A": {"split": ";"}}}, "J540", "needs to"),
        ({"kind": "item", "columns": {"A": {"to": "date", "date": "D/M"}}}, "J540", "day-first"),
        ({"kind": "item", "columns": {"A": 3}}, "J540", "a text or a section"),
        ({"kind": "item", "columns": {"A": {"to": "names", "split": ""}}}, "J540", "not empty"),
        (
            {"kind": "item", "columns": {"A": "names"}, "cells": {"split": [""]}},
            "J540",
            "not empty",
        ),
        ({"columns": {"A": "names"}, "table": {"delimiter": ";;"}}, "J540", "one character"),
        ({"columns": {"A": "names"}, "table": {"header_row": 0}}, "J540", "1"),
        ({"kind": "item", "columns": {"A": "names"}, "mapping": 2}, "J540", "newer jmdi"),
        ({"kind": "item", "columns": {"A": "identifiers"}}, "J541", "scheme"),
        ({"kind": "observation", "columns": {"A": "of"}}, "J541", 'by = "id"'),
        ({"kind": "item", "columns": {"A": "pillars"}}, "J541", "it needs number"),
        (
            {
                "records": {"a": {"kind": "tie", "set": {"state": "there"}}},
                "columns": {"A": "drop"},
            },
            "J541",
            "no code of presence",
        ),
        (
            {"records": {"a": {"kind": "item", "link": {"text": "a"}}}, "columns": {"A": "drop"}},
            "J541",
            "refers to no record",
        ),
        (
            {
                "records": {
                    "a": {"kind": "item", "link": {"part_of": "b"}},
                    "b": {"kind": "item", "link": {"part_of": "a"}},
                },
                "columns": {"A": "drop"},
            },
            "J541",
            "link in a circle",
        ),
    ],
)
def test_what_a_mapping_cannot_say_is_reported(mapping, code: str, said: str) -> None:
    with pytest.raises(FormatError) as caught:
        read("A\nx\n", mapping)
    problem = caught.value.problems[0]
    assert problem.code == code
    assert said in f"{problem.message} {problem.cure}"
    assert problem.where.member is not None


@pytest.mark.parametrize("text", ["a = ", "[columns]\nA = B", "\x00", "[" * 5000, "a = 1\na = 2"])
def test_what_is_no_toml_says_its_line(tmp_path, text: str) -> None:
    file = tmp_path / "m.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(FormatError) as caught:
        read_mapping(file)
    assert caught.value.problems[0].where.file == str(file)


def test_damaged_mappings_are_read_or_refused() -> None:
    whole = [write_mapping(read_mapping(m)).encode() for m in (LOG, WIDE)]
    for number in range(400):
        dice = random.Random(number)
        data = mutated({"": dice.choice(whole)}, dice)[""]
        try:
            mapping = _toml(data)
            plan_of_mapping(mapping, MODEL.catalog)
        except DataError:
            continue


def _toml(data: bytes):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "m.toml"
        path.write_bytes(data)
        return read_mapping(path)


@pytest.mark.parametrize(
    ("table", "limits", "code"),
    [
        ("A\n" + "x\n" * 20, Limits(rows=9), "J522"),
        ("A,B,C\nx,y,z\n", Limits(columns=2), "J522"),
        ("A\n" + "x\n" * 20, Limits(cells=9), "J522"),
        ("", Limits(), "J549"),
        ('[{"A": 1}, {"A": 2, "B": 3}]', Limits(columns=1), "J103"),
        ("[1, 2]", Limits(), "J549"),
        ("{", Limits(), "J549"),
        ('{"a": [{}], "b": [{}]}', Limits(), "J549"),
    ],
)
def test_tables_beyond_a_limit_are_refused(table: str, limits: Limits, code: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(table, {"kind": "actor", "columns": {"A": "names"}}, limits=limits)
    assert caught.value.problems[0].code == code


def test_a_row_that_stands_for_too_many_relations_is_refused() -> None:
    ends = {"to": "source", "split": ";"}, {"to": "target", "split": ";"}
    mapping = {"kind": "tie", "columns": dict(zip("AB", ends, strict=True))}
    many = ";".join(map(str, range(200)))
    with pytest.raises(FormatError, match="relations in a row"):
        read(f"A,B\n{many},{many}\n", mapping)


def test_a_wide_table_takes_time_linear_in_its_columns() -> None:
    """Each cell is looked at once, however many groups of columns there are."""
    names = [f"P{n}" for n in range(300)]
    header = ",".join(("Organisation", *(f"{n} [works]" for n in names)))
    row = ",".join(("A", *("2" for _ in names)))
    data = read(
        f"{header}\n{row}\n",
        WIDE
        | {
            "repeats": {"partner": "tie.target"},
            "columns": {"Organisation": "org.names", "{partner} [works]": "tie.strength"},
        },
    )
    assert len(data.of(jmdi.Tie)) == 300
