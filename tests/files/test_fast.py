"""What is read, and what is said of it, is the same with msgspec and without it."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import attrs
import pytest
from filing import actor, dump, lines, load, tie
from forms import RIGHT, WRONG, every, plugin
from hostile_lines import BAD_LINES
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi.files import fast
from jmdi.files.codec import codec_of
from jmdi.files.fast import fast_lines
from jmdi.model.writing import canonical_json
from jmdi.testing import datasets, unknown_members
from jmdi.testing.damage.hard import HARD_JSON
from jmdi.testing.mutations import mutated

pytest.importorskip("msgspec")
HEADER = b'{"jmdi":"1.0"}\n'


def read(data, model, *, fast):
    """The Dataset in some bytes, with msgspec, which is loaded, or without it."""
    with pytest.MonkeyPatch.context() as patch:
        if not fast:
            patch.setattr("jmdi.files.fast.fast_lines", lambda codec: None)
        return load(data, model)[0]


def check_same(data, model):
    """Reads bytes both ways and compares all that can be seen of what comes out."""
    one, other = read(data, model, fast=True), read(data, model, fast=False)
    assert shown(one.records) == shown(other.records)
    assert one == other
    assert dump(one, model, order="input") == dump(other, model, order="input")
    assert [p.to_dict() for p in one.problems] == [p.to_dict() for p in other.problems]
    return one


def shown(value: Any) -> Any:
    """A value with all its parts and their classes, which equality alone does not tell."""
    if isinstance(value, Mapping):
        return (type(value), [(shown(key), shown(part)) for key, part in value.items()])
    if isinstance(value, (tuple, list)):
        return (type(value), [shown(part) for part in value])
    if attrs.has(type(value)):
        parts = [shown(getattr(value, a.name)) for a in attrs.fields(type(value))]
        return (type(value), parts)
    return (type(value), repr(value))


def taken(data, model):
    """How many lines msgspec reads alone."""
    codec = codec_of(model.catalog)
    found = fast_lines(codec)
    assert found is not None
    count = 0
    for line in data.splitlines()[1:]:
        try:
            split = found.split(line)
            count += found.maker(type(split))(split, line) is not None
        except Exception:
            continue
    return count


@pytest.mark.parametrize("subset", ["none", "both"])
def test_any_dataset_is_the_same(chain, subset):
    model = chain[subset]

    @given(datasets(model))
    def check(dataset):
        check_same(dump(dataset, model), model)

    check()


@pytest.mark.parametrize("subset", ["none", "both"])
def test_any_damaged_file_is_the_same(chain, subset):
    model = chain[subset]

    @given(datasets(model), st.integers(0, 2**32))
    def check(dataset, seed):
        first, _, rest = dump(dataset, model).partition(b"\n")
        check_same(first + b"\n" + mutated({"": rest}, random.Random(seed))[""], model)

    check()


@given(st.data())
def test_any_member_doubled_or_replaced_is_the_same(core, data):
    """At each depth: a member twice, a value of another type, a space, a member unknown."""
    dataset = data.draw(datasets(core))
    text = []
    for raw in (record.to_dict() for record in dataset):
        objects = list(inner(raw))
        chosen = data.draw(st.sampled_from(objects))
        name = data.draw(st.sampled_from(sorted(chosen)))
        change = data.draw(st.sampled_from(["twice", "other", "unknown", "spaced", "escaped"]))
        if change == "other":
            chosen[name] = data.draw(st.sampled_from(HARD_JSON) | st.text() | st.floats())
        elif change == "unknown":
            chosen |= data.draw(unknown_members())
        elif change == "twice":
            chosen["\0"] = chosen[name]  # becomes the same name below
        line = json.dumps(
            raw,
            ensure_ascii=change == "escaped",
            separators=(" , ", " : ") if change == "spaced" else (",", ":"),
            default=str,
        )
        text.append(line.replace('"\\u0000"', json.dumps(name)))
    check_same(HEADER + "\n".join(text).encode("utf-8", "surrogatepass"), core)


def inner(raw):
    """All objects within a JSON value."""
    if isinstance(raw, dict):
        if raw:
            yield raw
        for part in raw.values():
            yield from inner(part)
    elif isinstance(raw, list):
        for part in raw:
            yield from inner(part)


HOSTILE = {
    "an empty id": tie(source=""),
    "an empty reference below": {"kind": "action", "id": "a", "places": [{"territory": ""}]},
    "null": actor(country=None),
    "null for a text": actor(names=None),
    "empty containers": actor(names={}, sources=[], identifiers=[]),
    "a colon in a text": actor(names={"en": "10:30", "fr": 'dit ":"', "es": "http://x"}),
    "a decimal with an exponent": tie(strength="1E+3"),
    "a decimal that is not a number": tie(strength="NaN"),
    "a decimal with all digits": tie(strength="0.10000000000000000000000000000000010"),
    "a decimal as a number": tie(strength=1.5),
    "a whole number as a float": tie(intensity=1.0),
    "a big whole number": tie(intensity=10**40),
    "a bigger one": tie(intensity=10**400),
    "minus nothing": tie(strength="-0.00"),
    "a truth as a number": tie(intensity=True),
    "a date that is none": actor(sources=[{"date": "2015-02-30"}]),
    "a date with a time": actor(sources=[{"date": "2015-02-20T00:00:00"}]),
    "a period": tie(period={"edtf": "2014/2016", "parts": [{"of": "x", "edtf": "2015"}]}),
    "a period of no date": tie(period={"edtf": "2013/nan"}),
    "a code in words": actor(type="local_authority"),
    "a code with more": actor(type={"scheme": "actor-type", "code": "x", "more": {"a": 1}}),
    "an unknown member": actor(wealth=1.5),
    "an entity with ends": actor(source="a", target="b"),
    "a relation without ends": {"kind": "tie", "id": "t"},
    "an unknown kind": {"kind": "alien:thing", "id": "x"},
    "no kind": {"id": "x"},
    "a list": [1],
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_hard_is_the_same(core, case):
    check_same(lines(HOSTILE[case], actor(id="z")), core)


@pytest.mark.parametrize("line", BAD_LINES)
def test_what_is_no_json_is_the_same(core, line):
    check_same(HEADER + BAD_LINES[line] + b"\n \n" + lines(actor(), HOSTILE["a period"]), core)


def test_a_space_before_a_colon_hides_no_member_that_is_twice(core):
    line = b'{"kind":"actor","id" :"a","id":"b","names":{"en":"say \\":\\""}}'
    assert check_same(HEADER + line, core).problems[0].code == "J105"


def test_fields_of_a_plugin_are_the_same():
    model = jmdi.Model.build([plugin])
    values = [(f, v) for cases in (RIGHT, WRONG) for f, vs in cases.items() for v in vs]
    check_same(lines(*(every(**{field: value}) for field, value in values)), model)


def test_a_file_whose_kinds_are_of_another_version_is_the_same(chain):
    model = chain["both"]
    header = {"jmdi": "1.0", "kinds": {"alpha:bank": {"v": 1}, "actor": {"v": 7}}}
    bank = {"kind": "alpha:bank", "id": "b", "alpha:bank": {"permit": "7"}, "country": "SN"}
    data = lines(bank, actor(**{"alpha:risk": {"points": 1}}), actor(), tie(), header=header)
    found = check_same(data, model)
    assert {"J107"} <= {problem.code for problem in found.problems}


def colon_first(record):
    """Whether a text begins with a colon, which may be that of one more member."""
    line = canonical_json(record)
    return any(before in line for before in (':":', '[":', ',":'))


def test_all_usual_lines_are_read_by_msgspec_alone(core):
    """Else the tests above would compare the plain reader with itself."""

    @given(datasets(core))
    def check(dataset):
        plain = [r for r in dataset if "extra" not in repr(r) and not colon_first(r)]
        data = dump(jmdi.dataset(plain), core)
        assert taken(data, core) == len(plain)

    check()


def test_without_msgspec_files_are_read_as_well(core, monkeypatch):
    monkeypatch.setitem(sys.modules, "msgspec", None)
    fast_lines.cache_clear()
    try:
        assert fast_lines(codec_of(core.catalog)) is None
        assert [r.id for r in load(lines(actor(), tie()), core)[0]] == ["a/1", "t/1"]
    finally:
        fast_lines.cache_clear()


def test_msgspec_is_loaded_for_a_long_file_and_then_used_for_all():
    code = """
import io, sys, jmdi
from jmdi.files.native import SMALL
model = jmdi.Model.build([])
def read(count):
    lines = "".join(f'{{"kind":"actor","id":"a/{n}"}}\\n' for n in range(count))
    assert len(model.read(io.BytesIO(('{"jmdi":"1.0"}\\n' + lines).encode()))) == count
    return "msgspec" in sys.modules
print(read(1), read(SMALL - 2), read(SMALL - 1), read(1))
"""
    path = os.pathsep.join(sys.path)
    environment = {"PYTHONPATH": path, "JMDI_PLUGINS": "off"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False", "True", "True"]


def test_values_are_kept_by_their_bytes_within_bounds(core, monkeypatch):
    monkeypatch.setattr(fast, "HELD", 3)
    periods = [{"edtf": f"20{n:02d}"} for n in range(20)]
    check_same(lines(*(tie(id=f"t/{n}", period=p) for n, p in enumerate(periods))), core)
