"""The tool that damages files finds what it is meant to find, and finds it again."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest

import jmdi
from jmdi.testing.mutations import mutated
from jmdi.testing.outputs import Sample

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import fuzz  # noqa: E402
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

    def lossy(model, name, sample, options):
        return true(model, name, sample, options) if name == "lines:txt" else (changed, ())

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


def test_most_damaged_json_is_still_json():
    text = json.dumps({"a": [1, 2, {"b": "c"}], "d": {"e": None}}).encode()
    whole = 0
    for number in range(200):
        try:
            json.loads(mutated({"": text}, random.Random(number))[""])
        except (ValueError, RecursionError):
            continue
        whole += 1
    assert whole > 100
