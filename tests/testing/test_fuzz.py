"""The tool that damages files finds what it is meant to find, and finds it again."""

from __future__ import annotations

import contextlib
import io
import json
import random
import sqlite3
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

import jmdi
from jmdi.testing.mutations import mutated
from jmdi.testing.outputs import Sample

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import fuzz  # noqa: E402
from fuzz_lean import leaner, zipped  # noqa: E402
from fuzz_seeds import seeds_of  # noqa: E402

LINES = Sample("made.lines", {"": b"Ada\nBo\nCy\n" * 3})


def plugin(read):
    """A plugin with one importer."""

    class lines:
        JMDI_API = 1

        @jmdi.hookimpl
        def jmdi_importers():
            return [jmdi.Importer("lines:txt", (".lines",), read)]

    return lines


def found(read, *, files=60):
    """What is found when an importer gets damaged files."""
    model = jmdi.Model.build([plugin(read)])
    return fuzz.fuzz(model, fuzz.Files("lines:txt", 1, [LINES]), range(files), 60)


def well(stream, context):
    """Reads whatever there is."""
    seen = set()
    for line in stream.read().decode("utf-8", "replace").replace("\x00", "").split("\n"):
        name = line.strip() or "?"
        if name not in seen:
            seen.add(name)
            yield jmdi.Actor(id=jmdi.make_id("actor", name), names={"und": name})


def strict(stream, context):
    stream.read().decode("utf-8")
    return iter(())


def greedy(stream, context):
    if len(stream.read()) != 27:
        bytearray(2 * fuzz.MEMORY)
    return iter(())


def dying(stream, context):
    import os

    if len(stream.read()) > 100:
        os._exit(3)
    return iter(())


def endless(stream, context):
    while len(stream.read(5)) < 99:
        pass
    return iter(())


def test_an_importer_that_bears_everything_has_no_findings():
    tally = found(well)
    assert tally.findings == {}
    assert tally.files == 60
    assert tally.whole > 50


@pytest.mark.parametrize(
    ("read", "what"),
    [
        (strict, "UnicodeDecodeError in test_fuzz.py, strict"),
        (dying, "the process ended with 3"),
        pytest.param(
            greedy, "memory over 1 GiB", marks=pytest.mark.skipif(not fuzz.resource, reason="POSIX")
        ),
    ],
)
def test_each_sort_of_fault_is_found(read, what):
    tally = found(read)
    assert what in tally.findings
    again = found(read)
    assert again.findings == tally.findings


def test_a_file_that_takes_too_long_is_found(monkeypatch):
    monkeypatch.setattr(fuzz, "SECONDS", 0.2)
    assert list(found(endless, files=1).findings) == ["processor time over 0.2 s"]


def test_records_that_change_on_their_way_are_found(monkeypatch):
    model = jmdi.Model.build([plugin(well)])
    changed = jmdi.Model.build([]).dataset([jmdi.Actor(id="another")])
    true = fuzz.read_sample

    def lossy(model, name, sample, options, **more):
        return true(model, name, sample, options, **more) if name == "lines:txt" else (changed, ())

    monkeypatch.setattr(fuzz, "read_sample", lossy)
    with pytest.raises(AssertionError, match="records differ"):
        fuzz.tried(model, "lines:txt", LINES)


def test_each_importer_has_seeds_and_the_same_files_again():
    model = jmdi.Model.build()
    for name in model.catalog.importers:
        seeds_of(model, name)  # hypothesis draws constants of modules, which this imports
        one, two = (fuzz.Files(name, 1, seeds_of(model, name)) for _ in range(2))
        assert one.seeds, name
        assert [one.make(i) for i in range(20)] == [two.make(i) for i in range(20)]
        assert one.make(1) != fuzz.Files(name, 2, one.seeds).make(1)


JSON = json.dumps({"a": [1, 2, {"b": "c"}], "d": {"e": None}}, indent=1).encode()
XML = b"<a b='1'><c d='2'>x</c><c d='3'>y<e/></c></a>"


def database():
    with contextlib.closing(sqlite3.connect(":memory:")) as base:
        base.execute("create table one (id integer primary key, of integer, name text)")
        base.executemany("insert into one values (?, ?, ?)", [(1, None, "a"), (2, 1, "b")])
        base.commit()
        return bytes(base.serialize())


def in_database(data):
    with contextlib.closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(data)
        base.execute("select * from sqlite_master").fetchall()


def in_archive(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None


@pytest.mark.parametrize(
    ("data", "read"),
    [
        (JSON, json.loads),
        (XML, ElementTree.fromstring),
        (database(), in_database),
        (zipped({"a.xml": XML, "b.json": JSON}), in_archive),
    ],
    ids=["json", "xml", "database", "archive"],
)
def test_many_damaged_files_are_still_what_they_were(data, read):
    whole = set()
    for number in range(200):
        new = mutated({"": data}, random.Random(number))[""]
        with contextlib.suppress(Exception):
            read(new)
            whole.add(new)
    assert len(whole) > 70


def test_a_lean_seed_gives_the_same_records_of_fewer_bytes():
    styles = "".join(f'<style id="s{n}" like="s{n}"/>' for n in range(500))
    parts = {"styles.xml": f"<all>{styles}</all>".encode(), "text.xml": b'<p style="s400">x</p>'}
    whole = Sample("a.zip", {"": zipped({**parts, "docProps/app.xml": b"<a/>"})})

    def named(sample):
        with zipfile.ZipFile(io.BytesIO(sample.content)) as archive:
            return b'id="s400"' in archive.read("styles.xml"), archive.read("text.xml")

    lean = leaner(whole, named)
    assert named(lean) == named(whole)
    assert len(lean.content) < len(whole.content) / 10
    assert leaner(whole, lambda sample: sample.content) is whole
