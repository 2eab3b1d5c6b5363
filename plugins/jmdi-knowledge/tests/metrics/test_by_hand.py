"""Each metric of the pillars beside a value that is counted by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from knowledge_helpers import coded, derives, item, programme, sent

import jmdi
from jmdi import Code, Period, code
from jmdi_knowledge.facts.evenness import (
    evenness,
    evenness_if_each_of_any,
    evenness_if_each_of_one,
)


@pytest.fixture
def measure(model):
    def run(records, name, **given):
        return model.dataset(records).metric(f"knowledge:{name}", **given)

    return run


@pytest.mark.parametrize(
    ("name", "value", "lower", "upper"),
    [
        ("codification", 2 / 3, 2 / 3, 2 / 3),
        ("consolidation", None, 2 / 3, 1),
        ("conversion", 1 / 3, 1 / 3, 1 / 3),
        ("dissemination-reach", None, 3 / 4, 1),
        ("gap-matrix", None, 3 / 14, 1),
        ("international-ties", 1 / 2, 1 / 2, 1 / 2),
        ("measured-actions", None, 1 / 2, 1),
        ("overarching-coverage", None, 1 / 6, 1),
        ("people-reached", None, 10, None),
        ("recipient-matrix", 1, 3 / 4, 1),
        ("traceability", 1, 1, 1),
        ("use-rate", None, 1 / 2, 1),
        ("consolidation-lag", 502, 473, 531),
    ],
)
def test_a_small_programme(measure, name, value, lower, upper):
    found = measure(programme(), name)
    wanted = None if value is None else pytest.approx(value)
    assert found.value == wanted
    assert found.lower in (None, pytest.approx(lower)) or found.lower == lower
    assert found.upper in (None, upper) or found.upper == pytest.approx(upper)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("consolidation", 2 / 3),
        ("dissemination-reach", 3 / 4),
        ("gap-matrix", 3 / 14),
        ("measured-actions", 1 / 2),
        ("use-rate", 1 / 2),
    ],
)
def test_a_closed_world_has_one_value(measure, name, value):
    assert measure(programme(), name, closed_world=True).value == pytest.approx(value)


def test_without_a_product_nothing_is_known_of_what_became_of_items(measure):
    assert measure([item("i")], "consolidation").undefined == "missing_input"
    assert measure([], "consolidation").not_applicable


def test_what_nobody_said_is_missing_and_what_is_not_there_is_none(measure):
    bare = jmdi.KnowledgeItem(id="i", pillars=("pillar/2",))
    assert measure([bare], "codification").undefined == "missing_input"
    product = jmdi.KnowledgeProduct(id="p")
    assert measure([product], "recipient-matrix").undefined == "zero_denominator"
    assert measure([product, jmdi.Actor(id="a")], "recipient-matrix").undefined == "missing_input"


def test_complete_lists_close_the_world(measure):
    whole = [
        jmdi.evolve(r, origins_complete=True, recipients_complete=True)
        if isinstance(r, jmdi.KnowledgeProduct)
        else r
        for r in programme()
    ]
    assert measure(whole, "consolidation").value == pytest.approx(2 / 3)
    assert measure(whole, "dissemination-reach").value == pytest.approx(3 / 4)
    assert measure(whole, "consolidation").lower == measure(whole, "consolidation").upper


def test_evenness_of_pillars(measure):
    made = [jmdi.Action(id=f"a{k}", pillars=(f"pillar/{k}",)) for k in range(1, 6)]
    assert measure(made, "pillar-balance").value == pytest.approx(1)
    assert measure(made[:1], "pillar-balance").value == 0
    assert measure([jmdi.Action(id="a")], "pillar-balance").undefined == "missing_input"
    two = measure([*made[:2], jmdi.Action(id="a")], "pillar-balance")
    assert two.value == pytest.approx(0.430677, abs=1e-6) and two.coverage == pytest.approx(2 / 3)
    assert two.lower < two.value < two.upper == pytest.approx(1)


def test_bounds_of_evenness_hold_for_every_assignment():
    from itertools import chain, combinations, product

    for counts in ([2, 1, 0], [3, 0, 0], [1, 1, 4]):
        for unknown in (1, 2, 3):
            low, high = evenness_if_each_of_one(counts, unknown)
            made = [
                evenness([c + chosen.count(k) for k, c in enumerate(counts)])
                for chosen in product(range(3), repeat=unknown)
            ]
            assert (low, high) == (pytest.approx(min(made)), pytest.approx(max(made)))
        subsets = list(chain.from_iterable(combinations(range(3), n) for n in range(4)))
        low, high = evenness_if_each_of_any(counts, 2)
        made = [
            evenness([c + sum(k in subset for subset in chosen) for k, c in enumerate(counts)])
            for chosen in product(subsets, repeat=2)
        ]
        assert (low, high) == (pytest.approx(min(made)), pytest.approx(max(made)))


def test_sources(measure):
    made = [item("a", source="interview"), item("b", source="report"), item("c")]
    found = measure(made, "source-evenness")
    assert found.value == pytest.approx(0.430677, abs=1e-6)  # ln 2 / ln 5
    assert found.lower < found.value < found.upper and found.coverage == pytest.approx(2 / 3)


def test_gap_matrix_keeps_what_has_no_place_apart(measure):
    made = [
        jmdi.Territory(id="t"),
        jmdi.Theme(id="a"),
        jmdi.Theme(id="b"),
        item("i", territory="t", source="report"),
        item("j"),
        coded("i", "a"),
        coded("j", "b"),
    ]
    found = measure(made, "gap-matrix", closed_world=True)
    assert dict(found.values) == {"t – a": 1, "t – b": 0, "not stated – b": 1}
    assert (found.value, found.lower, found.upper) == (0.5, 0.5, 1)
    by_source = measure(made, "gap-matrix", by="theme-and-source", closed_world=True)
    assert by_source.value == 1 / 10 and by_source.upper == 2 / 10


def test_gap_matrix_leaves_out_what_was_not_asked_for(measure):
    made = [
        *(jmdi.Territory(id=id) for id in ("t", "u")),
        *(jmdi.Theme(id=id, codebook=book) for id, book in (("a", "one"), ("b", "two"))),
        item("i", territory="u"),
        item("j"),
        coded("i", "a"),
        coded("j", "b"),
    ]
    other_book = measure(made, "gap-matrix", codebook="one", closed_world=True)
    assert dict(other_book.values) == {"t – a": 0, "u – a": 1}
    assert other_book.notes["codings_not_placed"] == 0 and not other_book.notes["missing"]
    there = measure(made, "gap-matrix", by="theme-and-source", territory="u", closed_world=True)
    assert there.upper > 0
    elsewhere = [one for one in made if one.id != "j" and getattr(one, "source", "i") == "i"]
    here = measure(elsewhere, "gap-matrix", by="theme-and-source", territory="t", closed_world=True)
    assert here.value == here.upper == 0


def test_layers_are_data_and_skips_are_reported(measure):
    top = jmdi.KnowledgeProduct(id="w", layer=Code("layer", "wisdom"), origins_complete=True)
    low = jmdi.KnowledgeProduct(id="v", layer=Code("layer", "insight"), origins_complete=True)
    made = [item("i"), item("j"), low, top, *derives("v", "i"), *derives("w", "v", "j")]
    found = measure(made, "conversion", layers=["item", "insight", "wisdom"])
    assert found.value == 0.5
    assert found.notes["skipping"] == 1 and found.notes["elements_that_only_skip"] == 1
    assert {name: row["share"] for name, row in found.values.items()} == {
        "item → insight": 0.5,
        "insight → wisdom": 1,
    }
    with pytest.raises(jmdi.BadParameter, match="two layers"):
        measure(made, "conversion", layers="item")
    assert measure(made, "conversion").undefined == "zero_denominator"
    assert "practice" in measure(made, "conversion").why


@pytest.mark.parametrize(
    ("text", "value"), [("Words that were said.", 1), ("Other words.", 0), (None, None)]
)
def test_a_broken_quote_is_no_trace(measure, text, value):
    made = [
        item("i", "Words that were said."),
        coded("i", "a", "ana", 0, 5, text=text),
        jmdi.KnowledgeProduct(id="p", origins_complete=True),
        *derives("p", "i"),
    ]
    found = measure(made, "traceability")
    assert (found.value, found.lower, found.upper) == (
        value,
        value or 0,
        1 if value is None else value,
    )


def test_people_of_every_dissemination_are_added(measure):
    made = [
        jmdi.KnowledgeProduct(id="p", recipients_complete=True),
        jmdi.Actor(id="a"),
        jmdi.Actor(id="b"),
        sent("p", "a", reach=Decimal(3)),
        sent("p", "b", reach=Decimal("4.5")),
    ]
    assert measure(made, "people-reached").value == Decimal("7.5")
    found = measure([*made, sent("p", "c", reach=Decimal(-1))], "people-reached")
    assert (found.value, found.lower, found.upper) == (None, Decimal("7.5"), None)


def test_equity_is_a_dissimilarity(measure):
    types = {"a": "academia", "b": "academia", "c": "local_authority", "d": "local_authority"}
    made = [
        *(jmdi.Actor(id=id, type=code("actor-type", kind)) for id, kind in types.items()),
        jmdi.KnowledgeProduct(id="p", recipients_complete=True),
        sent("p", "a"),
    ]
    assert measure(made, "dissemination-equity").value == 0.5
    assert measure([*made, sent("p", "c")], "dissemination-equity").value == 0


def test_the_share_across_countries_is_half_of_one_plus_the_ei_index():
    pytest.importorskip("jmdi_network")
    sample = jmdi.datasets.load("sample")
    ties = {
        frozenset((tie.source, tie.target)): jmdi.evolve(tie, directed=None)
        for tie in sample.of(jmdi.Tie)
        if tie.state is None
    }
    known = {actor.id: actor for actor in sample.of(jmdi.Actor) if actor.country}
    kept = [tie for tie in ties.values() if tie.source in known and tie.target in known]
    made = jmdi.dataset([*known.values(), *kept])
    index = made.metric("network:ei-index", projection="actors", groups="country").value
    found = made.metric("knowledge:international-ties").value
    assert found == pytest.approx((1 + float(index)) / 2)


def test_a_new_tie_counts_in_the_year_of_the_first(measure):
    made = [
        *(jmdi.Actor(id=id, territory=land) for id, land in zip("abcd", "sttu", strict=True)),
        jmdi.Actor(id="e"),
        jmdi.Tie(id="1", source="a", target="b", period=Period("2014/2016")),
        jmdi.Tie(id="2", source="b", target="a", period=Period("2012-05")),
        jmdi.Tie(id="3", source="b", target="c", period=Period("2012")),
        jmdi.Tie(id="4", source="c", target="d"),
        jmdi.Tie(id="5", source="a", target="e", period=Period("2015")),
    ]
    found = measure(made, "new-cross-territory-ties")
    assert dict(found.values) == {"2012": 1}
    assert (found.value, found.lower, found.upper) == (2, 2, 3)
    assert dict(found.bounds) == {"2012": (1, 3)}


def test_what_to_ask_next(model):
    made = model.dataset(programme())
    asked = made.ask("knowledge:consolidation", top=None)
    assert [q.words for q in asked] == [
        "Are the origins recorded for “q” all that it was made from?"
    ]
    assert "product.recipients_complete" not in str(asked)
    assert made.ask("knowledge:dissemination-reach")[0].record == "q"


def test_a_finding_that_led_to_an_action_closes_the_loop(measure):
    actual = code("observation-role", "actual")
    made = [
        *(jmdi.Observation(id=f"o{k}", role=actual, value=Decimal(k)) for k in range(3)),
        jmdi.Observation(id="planned", role=code("observation-role", "target"), value=Decimal(1)),
        jmdi.KnowledgeProduct(id="p"),
        jmdi.Action(id="x"),
        item("i"),
        *derives("x", "o0"),
        *derives("p", "o1"),
        *derives("i", "p"),
    ]
    found = measure(made, "loop-closure")
    assert (found.value, found.lower, found.upper) == (None, 2 / 3, 1)
    assert measure(made, "loop-closure", closed_world=True).value == 2 / 3
