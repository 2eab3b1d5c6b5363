"""Files of plugins that are not installed: nothing is lost, whichever plugins are."""

from __future__ import annotations

import json
import pickle

import pytest
from filing import dump, errors, header_of, lines, load, read_one
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi.model.writing import unstructure
from jmdi.testing import datasets

SUBSETS = ["none", "alpha", "beta", "both"]


@pytest.fixture(scope="module")
def models(chain):
    import beta

    return {**chain, "beta": jmdi.Model.build([beta])}


@pytest.mark.parametrize("subset", SUBSETS)
def test_a_file_passes_unchanged_through_any_subset_of_plugins(models, subset):
    full, less = models["both"], models[subset]

    @given(datasets(full, kinds=every_kind()))
    def check(dataset):
        written = dump(dataset, full)
        between, problems = load(written, less)
        assert errors(problems) == []
        passed = dump(between, less)
        assert passed.partition(b"\n")[2] == written.partition(b"\n")[2]
        assert header_of(passed)["kinds"] == header_of(written)["kinds"]
        assert header_of(passed).get("facets") == header_of(written).get("facets")
        assert load(passed, full)[0] == load(written, full)[0]

    check()


def every_kind():
    import alpha
    import beta

    return [jmdi.Actor, jmdi.Tie, *alpha.jmdi_kinds(), *beta.jmdi_kinds()]


@pytest.mark.parametrize("format", ["jsonl", "json"])
def test_a_file_passes_through_readers_in_any_order(models, format):
    full = models["both"]

    @given(datasets(full, kinds=every_kind(), max_size=4), st.permutations(SUBSETS))
    def check(dataset, order):
        first = passed = dump(dataset, full, format)
        for subset in order:
            passed = dump(load(passed, models[subset], format)[0], models[subset], format)
        assert passed == first
        assert load(passed, full, format)[0] == dataset

    check()


@pytest.mark.parametrize("subset", SUBSETS)
def test_a_change_by_any_subset_is_the_only_change(models, subset):
    full, less = models["both"], models[subset]

    @given(datasets(full, kinds=every_kind(), max_size=4), st.data())
    def check(dataset, data):
        between, _ = load(dump(dataset, full), less)
        period = jmdi.Period("2015")
        chosen = {r.id for r in between if data.draw(st.booleans())}

        def change(record):
            return jmdi.evolve(record, period=period) if record.id in chosen else record

        changed = type(between)(map(change, between), model=less, header=between.header)
        again, problems = load(dump(changed, less), full)
        assert errors(problems) == []
        assert again == full.dataset(map(change, dataset))

    check()


@pytest.fixture
def bank_file(models):
    import alpha
    import beta

    bank = alpha.Bank(id="b/1", licence="123", country="SN", extra={"x": 1})
    micro = beta.MicroBank(id="b/2", clients=3, supervisor="b/1", licence="7")
    guarantee = alpha.Guarantees(id="g/1", source="b/1", target="b/2")
    ledger = alpha.Ledger(id="l/1", keeper="b/1")
    micro = micro.with_facet(alpha.Risk(score=4)).with_facet(beta.Audit(by="b/1"))
    return dump(models["both"].dataset([bank, micro, guarantee, ledger]), models["both"])


def test_a_stand_in_is_of_the_nearest_kind_that_is_known(models, bank_file):
    import alpha

    dataset, _ = load(bank_file, models["none"])
    classes = {record.id: type(record).__mro__[1] for record in dataset}
    assert classes == {
        "b/1": jmdi.Actor,
        "b/2": jmdi.Actor,
        "g/1": jmdi.Relation,
        "l/1": jmdi.Entity,
    }
    assert all(record.standin for record in dataset)
    dataset, _ = load(bank_file, models["alpha"])
    micro = dataset.get("b/2")
    assert type(micro).__mro__[1] is alpha.Bank
    assert (micro.kind, micro.licence, micro.facet(alpha.Risk)) == (
        "beta:microbank",
        "7",
        alpha.Risk(score=4),
    )
    assert set(micro.extra) == {"beta:microbank", "beta:audit"}


def test_one_problem_per_missing_kind_and_facet(models, bank_file):
    _, problems = load(bank_file, models["none"])
    told = {p.value: p for p in problems}
    assert {p.code for p in problems} == {"J107"}
    assert {p.severity for p in problems} == {jmdi.Severity.INFO}
    assert len(told) == len(problems)
    assert sorted(told) == [
        "alpha:bank",
        "alpha:guarantees",
        "alpha:ledger",
        "alpha:risk",
        "beta:audit",
        "beta:microbank",
    ]
    assert told["alpha:bank"].message == "1 record of kind 'alpha:bank' (v2) handled as actor"
    assert told["alpha:risk"].message == "facet 'alpha:risk' (v2) kept unread on 1 record"
    assert load(bank_file, models["both"])[1] == ()


def test_the_hint_names_the_distribution(models):
    header = {
        "jmdi": "1.0",
        "kinds": {"acme:bank": {"v": 2, "is": ["actor"], "from": "jmdi-acme 1.4"}},
    }
    _, (problem,) = read_one({"kind": "acme:bank", "id": "b/1"}, models["none"], header)
    assert problem.cure == "install jmdi-acme 1.4 or newer for their own type"
    _, (problem,) = read_one({"kind": "acme:bank", "id": "b/1"}, models["none"])
    assert problem.cure == "install the plugin 'acme' for their own type"
    _, (problem,) = read_one({"kind": "novel", "id": "b/1"}, models["none"])
    assert problem.cure == "install a newer jmdi for their own type"


def test_the_model_keeps_these_problems_on_the_dataset(models, bank_file):
    import io

    dataset = models["none"].read(io.BytesIO(bank_file), format="jsonl")
    assert [p.code for p in dataset.problems] == ["J107"] * 6


def test_a_changed_stand_in_keeps_its_blocks(models, bank_file):
    import alpha
    import beta

    dataset, _ = load(bank_file, models["none"])
    changed = [jmdi.evolve(r, country="PH") if r.id == "b/2" else r for r in dataset]
    less = models["none"].dataset(changed)
    less = type(dataset)(less, model=dataset.model, header=dataset.header)
    micro = load(dump(less, models["none"]), models["both"])[0].get("b/2", beta.MicroBank)
    assert (micro.country, micro.clients, micro.licence) == ("PH", 3, "7")
    assert micro.facet(alpha.Risk) == alpha.Risk(score=4)


def test_a_stand_in_can_be_pickled(models, bank_file):
    dataset, _ = load(bank_file, models["none"])
    for record in dataset:
        twin = pickle.loads(pickle.dumps(record))
        assert twin == record
        assert type(twin) is type(record)
        assert f"[{record.kind}]" in repr(record)


@pytest.mark.parametrize("newer", ["alpha:bank", "alpha:risk"])
def test_what_is_newer_than_the_plugin_is_kept_and_not_guessed_at(models, bank_file, newer):
    import alpha

    first, rest = bank_file.split(b"\n", 1)
    header = json.loads(first)
    table = "facets" if newer == "alpha:risk" else "kinds"
    header[table][newer]["v"] = 9
    data = json.dumps(header, separators=(",", ":")).encode() + b"\n" + rest
    dataset, problems = load(data, models["both"])
    micro = dataset.get("b/2")
    assert newer in [p.value for p in problems]
    assert micro.standin == (newer == "alpha:bank")
    assert (micro.facet(alpha.Risk) is None) == (newer == "alpha:risk")
    written = dump(dataset, models["both"])
    assert written.split(b"\n", 1)[1] == rest
    assert header_of(written)[table][newer]["v"] == 9


def test_an_ancestor_that_is_newer_is_so_in_each_file_after_it(models):
    kinds = {"x:shop": {"v": 3, "is": ["actor"]}, "actor": {"v": 9}}
    raw = {"kind": "x:shop", "id": "s/1", "names": {"en": "Shop"}, "country": "SN"}
    dataset, _ = load(lines(raw, header={"jmdi": "1.0", "kinds": kinds}), models["none"])
    (shop,) = dataset
    assert not isinstance(shop, jmdi.Actor)
    written = dump(dataset, models["none"])
    assert header_of(written)["kinds"]["actor"]["v"] == 9
    assert load(written, models["none"])[0] == dataset
    with pytest.raises(jmdi.DataError, match=r"J209 kind 'actor' .* versions 9 and 1"):
        dump(dataset.with_records(jmdi.Actor(id="a/1")), models["none"])


def test_newer_and_installed_records_cannot_share_a_file(models):
    import alpha

    header = {
        "jmdi": "1.0",
        "kinds": {"alpha:bank": {"v": 9, "is": ["actor"]}},
        "facets": {"alpha:risk": {"v": 9}},
    }
    data = lines({"kind": "alpha:bank", "id": "b/1"}, header=header)
    dataset, _ = load(data, models["both"])
    with pytest.raises(jmdi.DataError, match=r"J209 kind 'alpha:bank' .* versions 2 and 9"):
        dump(dataset.with_records(alpha.Bank(id="b/2")), models["both"])
    data = lines({"kind": "actor", "id": "a/1", "alpha:risk": {"grade": "A"}}, header=header)
    dataset, _ = load(data, models["both"])
    risky = jmdi.Actor(id="a/2").with_facet(alpha.Risk(score=1))
    with pytest.raises(jmdi.DataError, match=r"J209 facet 'alpha:risk'"):
        dump(dataset.with_records(risky), models["both"])


@pytest.mark.parametrize("block", [{"score": "4"}, {}, [], "high", None, {"score": 4, "reason": 1}])
def test_a_facet_that_is_wrong_stays_as_it_was(models, block):
    raw = {"kind": "actor", "id": "a/1", "alpha:risk": block}
    record, problems = read_one(raw, models["alpha"])
    assert [(p.code, p.severity) for p in problems] == [("J206", jmdi.Severity.WARNING)]
    assert problems[0].path.startswith("/alpha:risk")
    assert unstructure(record) == raw


def test_a_facet_on_another_kind_stays_as_it_was(models):
    raw = {"kind": "theme", "id": "t/1", "alpha:risk": {"score": 1}}
    record, problems = read_one(raw, models["alpha"])
    assert (problems, unstructure(record)) == ((), raw)


def test_a_relation_is_told_by_its_ends(models):
    raw = {"kind": "x:link", "id": "1", "source": "a", "target": "b", "period": {"words": "now"}}
    record, _ = read_one(raw, models["none"])
    assert isinstance(record, jmdi.Relation)
    assert unstructure(record) == raw
    record, _ = read_one({"kind": "x:link", "id": "1", "source": "a"}, models["none"])
    assert isinstance(record, jmdi.Entity)


@pytest.mark.parametrize("ancestors", [["tie"], ["actor"], ["nothing"], []])
def test_an_ancestor_that_does_not_fit_is_not_used(models, ancestors):
    header = {"jmdi": "1.0", "kinds": {"x:thing": {"is": ancestors}}}
    entity, _ = read_one(
        {"kind": "x:thing", "id": "1", "names": {"en": "N"}}, models["none"], header
    )
    relation, _ = read_one(
        {"kind": "x:thing", "id": "1", "source": "a", "target": "b"}, models["none"], header
    )
    assert isinstance(entity, jmdi.Actor if ancestors == ["actor"] else jmdi.Entity)
    assert isinstance(relation, jmdi.Tie if ancestors == ["tie"] else jmdi.Relation)
