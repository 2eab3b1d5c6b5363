"""Down from a product to the quotes, up from an item to whom it reached."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from knowledge_helpers import coded, derives, digest, item, sent

import jmdi
from jmdi import KnowledgeProduct, Period, Practice, Theme, code

TEXT = "A desk 🙂 for returning migrants."
DESK = (0, 8)


@pytest.fixture
def programme(model):
    """Product, practice, two items; one is coded by two, the text of the other was changed."""
    return model.dataset(
        [
            jmdi.Territory(id="t", names={"en": "Tessou"}),
            Theme(id="desks", names={"en": "Desks"}),
            item(
                "i",
                TEXT,
                "interview",
                territory="t",
                date=Period("2015-01"),
                sources=(jmdi.Source(title="talks.docx", locator="paragraph 4"),),
            ),
            item("j", "It has changed since.", date=Period("2015-03-04")),
            item("k", None),
            Practice(id="l"),
            KnowledgeProduct(id="p"),
            coded("i", "desks", "ana", *DESK, text=TEXT),
            coded("i", "desks", "bo", *DESK, text=TEXT),
            coded("j", "desks", "ana", 0, 5, text="It had another text."),
            *derives("p", "l", "k", "gone"),
            *derives("l", "i", "j"),
            jmdi.Actor(id="a", type=code("actor-type", "local_authority")),
            sent("p", "a", reach=Decimal(12), use={"en": "quoted in a plan"}),
            sent("p", "t", date=datetime.date(2016, 3, 1)),
        ]
    )


def rows(trail):
    return {(row["item"], row["theme"]): row for row in trail.table.to_dicts()}


def test_a_quote_has_its_whole_trail(programme):
    row = rows(programme.trace("p"))["i", "desks"]
    assert row == {
        "product": "p",
        "practice": "l",
        "theme": "desks",
        "theme_label": "Desks",
        "quote": "A desk 🙂",
        "start": 0,
        "stop": 8,
        "item": "i",
        "kind": "item",
        "source_type": "interview",
        "territory": "t",
        "territory_label": "Tessou",
        "date": "2015-01",
        "coders": ("ana", "bo"),
        "agreement": "agree",
        "file": "talks.docx",
        "locator": "paragraph 4",
        "text": "matches",
    }


def test_a_broken_one_is_shown_and_ends_are_not_dropped(programme):
    found = rows(programme.trace("p"))
    assert found["j", "desks"]["text"] == "broken"
    assert found["j", "desks"]["quote"] == "It ha"
    assert found["k", None]["quote"] is None
    assert found["gone", None]["kind"] == "missing"
    assert len(found) == 4


def test_totals(programme):
    totals = programme.trace("p").totals
    assert totals["items"] == 3 and totals["items_without_quote"] == 1
    assert totals["other_ends"] == {"missing": 1}
    assert totals["source_types"] == {"interview": 1, "not stated": 2}
    assert (totals["oldest"], totals["newest"]) == ("2015-01-01", "2015-03-04")
    assert (totals["quotes"], totals["coded_by_two"], totals["text_matches"]) == (2, 0.5, 0.5)
    assert totals["recipients_by_type"] == {"local_authority": 1}
    assert (totals["people_reached"], totals["people_not_known"]) == (12, 1)


def test_impact_is_the_same_walk_upwards(programme):
    found = programme.impact("i")
    assert [(r["practice"], r["product"], r["recipient"]) for r in found.table.to_dicts()] == [
        ("l", "p", "a"),
        ("l", "p", "t"),
    ]
    assert found.totals["products"] == 1 and found.totals["uses"] == 1
    assert programme.impact("k").totals["practices"] == 0
    with pytest.raises(jmdi.graph.dataset.WrongKind):
        programme.impact("a")


def test_gaps(model, programme):
    marked = jmdi.evolve(
        programme.get("p"), text="[claim: i] and [claim: j], [claim:k] or [claim: nobody]"
    )
    found = programme.with_records([marked, Theme(id="roads"), Theme(id="all", codable=False)])
    gaps = [(row["gap"], row["id"]) for row in found.gaps(codebook=None).to_dicts()]
    assert gaps == [
        ("theme", "roads"),
        ("claim", "j"),
        ("claim", "k"),
        ("claim", "nobody"),
        ("passage", "coded/j-desks-ana-0"),
    ]
    alone = model.dataset([item("x", territory="t"), jmdi.Territory(id="t")])
    assert [row["gap"] for row in alone.gaps().to_dicts()] == ["theme"] * 7 + ["territory"]


def test_any_id_can_be_claimed():
    from jmdi_knowledge.trails.gaps import claims_of

    text = "One [claim: a b] two [Claim:x/1] three [claim: ] four [claim: open\n] [claim: x/1]"
    assert claims_of(KnowledgeProduct(id="p", text=text)) == ["a b", "x/1", ""]


def test_a_narrower_theme_fills_the_broader(model):
    themes = [
        Theme(id="top"),
        Theme(id="side"),
        Theme(id="low", parent="top", also_within=("side",)),
    ]
    made = model.dataset([*themes, item("i"), coded("i", "low", "ana", 0, 4)])
    assert made.gaps().rows == ()


@pytest.mark.parametrize(
    ("codings", "expected"),
    [
        ([("ana", 0, 4), ("bo", 2, 6)], ["agree", "agree"]),
        ([("ana", 0, 4), ("bo", 4, 6)], ["differ", "differ"]),
        ([("ana", 0, 4)], ["one coder"]),
        ([("ana", 0, 4), (None, 4, 6)], ["not known", "not known"]),
        ([("ana", None, None), ("bo", 3, 9)], ["agree", "agree"]),
    ],
)
def test_whether_coders_agree(model, codings, expected):
    made = model.dataset(
        [
            item("i"),
            KnowledgeProduct(id="p"),
            *derives("p", "i"),
            *(coded("i", "desks", *coding) for coding in codings),
        ]
    )
    assert list(made.trace("p").table.column("agreement")) == expected


def test_whoever_coded_another_text_neither_agrees_nor_differs(model):
    text = "Words that were said."
    made = [
        item("i", text),
        jmdi.KnowledgeProduct(id="p"),
        *derives("p", "i"),
        coded("i", "a", "ana", 0, 5, text=text),
        coded("i", "a", "bo", 0, 5, text="Other words."),
    ]
    rows_ = model.dataset(made).trace("p").table.to_dicts()
    assert [(r["coders"], r["text"], r["agreement"]) for r in rows_] == [
        (("bo",), "broken", "not known"),
        (("ana",), "matches", "not known"),
    ]


def test_totals_count_each_passage_that_is_shown_once_however_many_ways_lead_to_it(model):
    text = "Words that were said."
    made = [
        item("i", text),
        *(Practice(id=name) for name in "lm"),
        KnowledgeProduct(id="p"),
        *derives("p", "l", "m"),
        *derives("l", "i"),
        *derives("m", "i"),
        coded("i", "a", "ana", 0, 5, text=text),
        coded("i", "a", "bo", 0, 5, text="Other words."),
    ]
    totals = model.dataset(made).trace("p").totals
    names = ("items", "quotes", "text_matches", "text_broken")
    assert [totals[name] for name in names] == [1, 2, 0.5, 1]


def test_circles_and_diamonds_end(model):
    made = model.dataset(
        [
            *(Practice(id=name) for name in "abcd"),
            item("i"),
            KnowledgeProduct(id="p"),
            *derives("p", "a", "b"),
            *derives("a", "c"),
            *derives("b", "c"),
            *derives("c", "i", "a"),
        ]
    )
    found = made.trace("p").table.to_dicts()
    assert [(row["practice"], row["item"]) for row in found] == [("c", "i")]


@given(
    text=st.text(max_size=20),
    start=st.integers(-3, 25),
    stop=st.integers(-3, 25),
    same=st.booleans(),
)
def test_a_quote_is_what_the_text_has_there_or_nothing(text, start, stop, same):
    from jmdi_knowledge.trails.quotes import digest_of, quote_of, state_of

    kept = text if same else text + "."
    one = coded("i", "t", "ana", start, stop, text=kept)
    inside = 0 <= start <= stop <= len(text)
    assert quote_of(one, text) == (text[start:stop] if inside else None)
    expected = "matches" if same and inside else "broken"
    assert state_of(one, text, digest_of(text)) == expected
    assert digest_of(text) == digest(text)


def test_what_was_done_about_a_product_is_no_evidence_for_it(model):
    made = model.dataset(
        [
            *(item(name) for name in "ij"),
            KnowledgeProduct(id="p"),
            KnowledgeProduct(id="q"),
            *derives("p", "i"),
            *derives("j", "p"),
            *derives("q", "j"),
        ]
    )
    assert [row["item"] for row in made.trace("q").table.to_dicts()] == ["j"]
    assert [row["product"] for row in made.impact("i").table.to_dicts()] == ["p"]
