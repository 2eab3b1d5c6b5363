"""Records and facets of older versions are brought up to date before they are structured."""

from __future__ import annotations

import pytest
from filing import codes, dump, header_of, lines, load, read_one

import jmdi
from jmdi.files.migrations import migrate
from jmdi.model.writing import unstructure


def header(kinds=None, facets=None):
    return {"jmdi": "1.0", "kinds": kinds or {}, "facets": facets or {}}


OLD_BANK = {"alpha:bank": {"v": 1, "is": ["actor", "entity"]}}


def test_an_older_record_is_brought_up_to_date(chain):
    import alpha

    raw = {"kind": "alpha:bank", "id": "b/1", "alpha:bank": {"permit": "7"}, "x": 1}
    record, problems = read_one(raw, chain["alpha"], header(OLD_BANK))
    assert problems == ()
    assert record == alpha.Bank(id="b/1", licence="7", extra={"x": 1})
    dataset, _ = load(lines(raw, header=header(OLD_BANK)), chain["alpha"])
    assert header_of(dump(dataset, chain["alpha"]))["kinds"]["alpha:bank"]["v"] == 2


def test_the_fields_of_an_ancestor_are_brought_up_to_date_too(chain):
    import beta

    raw = {
        "kind": "beta:microbank",
        "id": "b/1",
        "alpha:bank": {"permit": "7"},
        "beta:microbank": {"clients": 1},
    }
    kinds = {**OLD_BANK, "beta:microbank": {"v": 1, "is": ["alpha:bank", "actor", "entity"]}}
    record, _ = read_one(raw, chain["both"], header(kinds))
    assert record == beta.MicroBank(id="b/1", licence="7", clients=1)
    record, _ = read_one(raw, chain["alpha"], header(kinds))
    assert (record.standin, record.licence) == (True, "7")
    record, _ = read_one(raw, chain["none"], header(kinds))
    assert unstructure(record) == raw


def test_a_facet_is_brought_up_to_date_and_what_is_lost_is_told(chain):
    import alpha

    raw = {"kind": "actor", "id": "a/1", "alpha:risk": {"points": 3}}
    record, problems = read_one(raw, chain["alpha"], header(facets={"alpha:risk": {"v": 1}}))
    assert record.facet(alpha.Risk) == alpha.Risk(score=3)
    assert codes(problems) == ["J207"]


@pytest.mark.parametrize("block", [{}, [], None, "x"])
def test_a_facet_that_cannot_be_brought_up_to_date_stays_as_it_was(chain, block):
    raw = {"kind": "actor", "id": "a/1", "alpha:risk": block}
    record, problems = read_one(raw, chain["alpha"], header(facets={"alpha:risk": {"v": 1}}))
    assert unstructure(record) == raw
    assert "J206" in codes(problems)


def test_a_record_that_cannot_be_brought_up_to_date_is_an_error(chain):
    raw = {"kind": "alpha:bank", "id": "b/1", "alpha:bank": 7}
    record, problems = read_one(raw, chain["alpha"], header(OLD_BANK))
    assert record is None
    assert codes(problems) == ["J210"]
    assert problems[0].where.line == 2


class lossy:
    """A plugin with three versions, a step that loses something, and one that returns nothing."""

    @jmdi.hookimpl
    def jmdi_kinds():
        return [Shop]

    @jmdi.hookimpl
    def jmdi_migrations():
        return [
            jmdi.Migration("lossy:shop", 2, 3, lambda raw: raw | {"x": raw.pop("y", 0)}),
            jmdi.Migration("lossy:shop", 3, 4, lambda raw: raw if raw.get("x") else None, False),
        ]


@jmdi.define("lossy:shop", v=4)
class Shop(jmdi.Actor):
    """A shop."""


def test_steps_are_taken_in_order_and_losses_told_once():
    model = jmdi.Model.build([lossy])
    old = header({"lossy:shop": {"v": 2, "is": ["actor"]}})
    data = lines(*({"kind": "lossy:shop", "id": str(n), "y": n} for n in range(3)), header=old)
    dataset, problems = load(data, model)
    assert [r.extra for r in dataset] == [{"x": 1}, {"x": 2}]
    assert sorted(codes(problems)) == ["J207", "J210"]
    assert "returned no dict" in str(problems)


def test_without_a_step_a_record_is_kept_as_it_is():
    model = jmdi.Model.build([lossy])
    old = header({"lossy:shop": {"v": 1, "is": ["actor"]}})
    raw = {"kind": "lossy:shop", "id": "1", "y": 1}
    record, problems = read_one(raw, model, old)
    assert (record.standin, unstructure(record), codes(problems)) == (True, raw, ["J107"])


@pytest.mark.parametrize(("start", "end"), [(1, 3), (2, 1), (1, 1)])
def test_a_migration_goes_one_version_up(start, end):
    with pytest.raises(jmdi.ModelError, match="one version up"):
        jmdi.Migration("a:b", start, end, dict)


@pytest.mark.parametrize("error", [SystemExit(0), GeneratorExit(), BaseException("odd")])
def test_a_step_that_would_end_the_process_is_a_step_that_failed(error):
    def leave(raw):
        raise error

    with pytest.raises(RuntimeError, match=type(error).__name__):
        migrate({}, (jmdi.Migration("acme:thing", 1, 2, leave),))
