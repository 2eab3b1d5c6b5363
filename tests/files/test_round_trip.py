"""What is written is read again as it was, and written again byte by byte."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from filing import dump, errors, header_of, lines, load
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi.files.native import canonical_order
from jmdi.model.writing import canonical_json, unstructure
from jmdi.testing import datasets, json_objects, unknown_members

ROOT = Path(__file__).parents[2]
FORMATS = ("jsonl", "json")


@pytest.mark.parametrize(
    ("subset", "format"), [("none", "jsonl"), ("both", "jsonl"), ("both", "json")]
)
def test_a_dataset_survives_a_file(chain, subset, format):
    model = chain[subset]

    @given(datasets(model))
    def check(dataset):
        written = dump(dataset, model, format)
        again, problems = load(written, model, format)
        assert errors(problems) == []
        assert list(again) == canonical_order(dataset)
        assert dump(again, model, format) == written

    check()


def test_unknown_members_are_kept_at_every_level(core):
    """Raw objects with members that nobody declares, in the record and in each value of it."""

    @given(unknown_members(), unknown_members(), unknown_members(), json_objects())
    def check(on_record, on_value, deep, block):
        amount = {"amount": "1.50", "currency": "EUR", **without(on_value, jmdi.Money)}
        size = {"value": "3", **without(deep, jmdi.Quantity)}
        raw = {
            "kind": "action",
            "id": "a/1",
            "audience": [{"size": size}],
            "finance": [amount],
            **without(on_record, jmdi.Action),
            "other:facet": block,
        }
        dataset, problems = load(lines(raw) if plain(raw) else encoded(raw), core)
        assert errors(problems) == []
        assert unstructure(dataset.records[0]) == raw

    check()


def without(members, cls):
    from jmdi.model.declare import fields_of

    declared = {field.name for field in fields_of(cls)}
    return {name: value for name, value in members.items() if name not in declared}


def plain(raw):
    try:
        json.dumps(raw)
    except TypeError:
        return False
    return True


def encoded(raw):
    from jmdi.model.writing import dumps

    return f'{{"jmdi":"1.0"}}\n{dumps(raw)}\n'.encode()


@given(st.data())
def test_members_of_the_header_are_kept(core, data):
    extra = data.draw(unknown_members(avoid=["jmdi", "by", "kinds", "facets", "records"]))
    dataset = jmdi.Model.dataset(core, [jmdi.Actor(id="a/1")])
    header = {**header_of(dump(dataset, core)), **extra}
    from jmdi.model.writing import dumps

    read, _ = load(f'{dumps(header)}\n{{"kind":"actor","id":"a/1"}}\n'.encode(), core)
    again, _ = load(dump(read, core), core)
    assert {name: again.header[name] for name in extra} == {
        name: read.header[name] for name in extra
    }
    assert dump(again, core) == dump(read, core)


def test_order_is_canonical_whatever_the_order_of_records(core):
    @given(datasets(core), st.randoms(use_true_random=False))
    def check(dataset, rng):
        shuffled = list(dataset)
        rng.shuffle(shuffled)
        assert dump(core.dataset(shuffled), core) == dump(dataset, core)

    check()


def test_entities_stand_before_relations():
    tie = jmdi.Tie(id="a", source="x", target="y")
    other = jmdi.Tie(id="0", source="x", target="z")
    actor = jmdi.Actor(id="b")
    theme = jmdi.Theme(id="a")
    assert canonical_order([other, tie, theme, actor]) == [actor, theme, tie, other]


def test_input_order_can_be_kept(core):
    records = [jmdi.Actor(id=f"a/{n}") for n in (3, 1, 2)]
    dataset = core.dataset(records)
    again, _ = load(dump(dataset, core, order="input"), core)
    assert [record.id for record in again] == ["a/3", "a/1", "a/2"]
    with pytest.raises(jmdi.BadParameter, match="canonical"):
        dump(dataset, core, order="random")


def test_only_what_is_empty_is_left_out():
    assert unstructure(jmdi.Actor(id="a/1", names={})) == {"kind": "actor", "id": "a/1"}
    assert unstructure(jmdi.Pillar(id="p/1", number=0)) == {
        "kind": "pillar",
        "id": "p/1",
        "number": 0,
    }
    bare = jmdi.Action(id="a/1", finance=(jmdi.Money(),), cells=("", ""))
    assert unstructure(bare)["finance"] == [{}]
    assert unstructure(bare)["cells"] == ["", ""]


def test_members_stand_in_the_order_in_which_they_are_declared():
    actor = jmdi.Actor(
        extra={"b": 1, "a": {"d": 1, "c": 2}},
        sources=(jmdi.Source("S"),),
        country="SN",
        names={"fr": "V", "en": "T"},
        id="a/1",
    )
    assert canonical_json(actor) == (
        '{"kind":"actor","id":"a/1","names":{"en":"T","fr":"V"},"country":"SN",'
        '"sources":[{"title":"S"}],"a":{"c":2,"d":1},"b":1}'
    )


SCRIPT = """
import io, random, sys
import alpha, beta, jmdi
model = jmdi.Model.build([alpha, beta])
source, target = sys.argv[1:]
model.write(model.read(source), target)
"""


@pytest.mark.parametrize("format", FORMATS)
def test_a_rewrite_is_the_same_under_any_hash_seed(chain, tmp_path, format):
    import alpha

    banks = [
        alpha.Bank(
            id=f"b/{n}",
            licence=str(n),
            names={"fr": "B", "en": "A"},
            extra={f"x{m}": m for m in range(n)},
        )
        for n in range(12)
    ]
    risk = {"alpha:risk": alpha.Risk(score=1)}
    banks = [jmdi.evolve(b, facets=risk if n % 2 else {}) for n, b in enumerate(banks)]
    ties = [jmdi.Tie(id=f"t/{n}", source="b/1", target=f"b/{n}") for n in range(5)]
    model = chain["both"]
    random.Random(1).shuffle(banks)
    first = tmp_path / f"first.{format}"
    model.write(model.dataset([*ties, *banks]), first)
    path = os.pathsep.join([str(ROOT / "tests/support"), *sys.path])
    for seed in ("0", "1", "2"):
        target = tmp_path / f"again{seed}.{format}"
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(first), str(target)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": path},
            check=True,
        )
        assert target.read_bytes() == first.read_bytes()


NUMBERS = {
    "0.1": "0.1",
    "1.0": "1.0",
    "1": "1",
    "-0": "0",
    "-0.0": "-0.0",
    "1e3": "1000.0",
    "1E400": "1E+400",
    "-1e-400": "-1E-400",
    "0.1000000000000000000001": "0.1000000000000000000001",
    "123456789012345678901234567890": "123456789012345678901234567890",
    "5e-324": "5e-324",
    "12345678901234567.5": "12345678901234567.5",
}


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_in_unknown_members_keep_all_their_digits(core, number):
    data = f'{{"jmdi":"1.0"}}\n{{"kind":"actor","id":"a","x":[{number}]}}\n'.encode()
    dataset, problems = load(data, core)
    assert problems == ()
    written = dump(dataset, core)
    assert (
        written.splitlines()[1].decode() == f'{{"kind":"actor","id":"a","x":[{NUMBERS[number]}]}}'
    )
    assert dump(load(written, core)[0], core) == written
