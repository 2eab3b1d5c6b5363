"""Units of analysis, and the metrics on them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from knowledge_helpers import coded, item

import jmdi
from jmdi_knowledge.agreement.units import covered, sentences, units_of
from jmdi_knowledge.metrics.agreement import _shared

TEXT = "One desk. Two desks! Three?"


@pytest.fixture
def talks(model):
    """Two items; ana and bo coded the first, ana alone the second."""
    return model.dataset(
        [
            jmdi.Theme(id="a"),
            jmdi.Theme(id="b"),
            item("i", TEXT),
            item("j", "Else."),
            item("k", None),
            coded("i", "a", "ana", 0, 9),
            coded("i", "a", "bo", 4, 20),
            coded("i", "b", "bo", 21, 27),
            coded("j", "b", "ana", 0, 4),
            coded("k", "b", "ana"),
            coded("i", "a", None, 0, 3),
        ]
    )


def test_documents(talks):
    found = units_of(talks, "document")
    assert found.coders == ("ana", "bo") and found.without_coder == 1
    assert found.by_theme == {
        "a": {(1, 1): 1, (0, None): 2},
        "b": {(0, 1): 1, (1, None): 2},
    }


def test_sentences(talks):
    found = units_of(talks, "sentence")
    assert found.without_text == 1
    assert found.by_theme == {
        "a": {(1, 1): 1, (0, 1): 1, (0, 0): 1, (0, None): 1},
        "b": {(0, 0): 2, (0, 1): 1, (1, None): 1},
    }


def test_characters(talks):
    found = units_of(talks, "character").by_theme
    assert found["a"] == {(1, 0): 4, (1, 1): 5, (0, 1): 11, (0, 0): 7, (0, None): 5}
    assert found["b"] == {(0, 0): 21, (0, 1): 6, (1, None): 4, (0, None): 1}


@pytest.mark.parametrize("unit", ["sentence", "character"])
@pytest.mark.parametrize("span", [(20, 20), (9, 10), (27, 27)])
def test_a_coding_of_nothing_adds_no_unit(model, unit, span):
    made = [item("i", TEXT), coded("i", "a", "ana", *span), coded("i", "b", "ana", 0, 3)]
    found = units_of(model.dataset(made), unit).by_theme["a"]
    nothing = unit == "sentence" or span[0] == span[1]
    assert found.get((1,), 0) == (0 if nothing else 1)
    assert sum(found.values()) == (3 if unit == "sentence" else len(TEXT))


def test_the_metric_says_what_it_rests_on(talks):
    found = talks.metric("knowledge:agreement")
    # Pairable are (1, 1) for a and (0, 1) for b: Do = 1/2 and De = 2·3·1/(4·3), so alpha is 0.
    assert found.value == pytest.approx(0)
    assert (found.n_used, found.n_eligible) == (2, 6)
    assert found.notes["pairable_values"] == 4 and found.notes["prevalence"] == 0.75
    assert found.values["a"]["why"] == "only one value is in use"
    assert found.no_bounds == "codings that do not say whose they are: 1"
    assert talks.metric("knowledge:agreement", coefficient="cohen").value == pytest.approx(0)


def test_two_coders_who_shared_nothing_do_not_agree(model):
    made = model.dataset([item("i"), item("j"), coded("i", "a", "ana"), coded("j", "a", "bo")])
    found = made.metric("knowledge:agreement")
    assert found.undefined == "missing_input" and found.why == "no unit was seen by two coders"
    alike = model.dataset([item("i"), coded("i", "a", "ana"), coded("i", "a", "bo")])
    assert alike.metric("knowledge:agreement").undefined == "single_category"


def test_a_coder_or_codebook_that_is_not_there_is_said(talks):
    with pytest.raises(jmdi.NotFound, match=r"coder 'an' not found.*ana"):
        talks.metric("knowledge:agreement", coders=["an", "bo"])
    with pytest.raises(jmdi.NotFound, match="codebook"):
        talks.gaps(codebook="none")
    assert talks.metric("knowledge:agreement", coders=["ana", "bo"]).defined


def test_cohen_asks_which_two(model):
    made = model.dataset([item("i"), *(coded("i", "a", name) for name in ("ana", "bo", "cy"))])
    found = made.metric("knowledge:agreement", coefficient="cohen")
    assert found.undefined == "needs_choice" and list(found.notes["choices"]) == ["coders"]


@pytest.mark.parametrize(("unit", "both", "either"), [("document", 1, 2), ("character", 0, 30)])
def test_co_occurrence(talks, unit, both, either):
    made = talks.without("coded/k-b-ana-None")
    found = made.metric("knowledge:co-occurrence", unit=unit).values
    expected = {"jaccard": both / either, "both": both, "either": either}
    assert dict(found) == ({"a – b": expected} if both else {})


SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 7)), max_size=6)


@given(st.tuples(SPANS, SPANS))
def test_spans_are_counted_as_characters_one_by_one(spans):
    made = jmdi.Dataset(
        [
            item("i", TEXT),
            *(
                coded("i", theme, "ana", a, a + length)
                for theme, own in zip("ab", spans, strict=True)
                for a, length in dict(own).items()
            ),
        ]
    )
    marked = [{n for a, length in dict(own).items() for n in range(a, a + length)} for own in spans]
    cover = covered(made, "character")
    one, other = cover.get("a", {}), cover.get("b", {})
    assert _shared(one, other) == len(marked[0] & marked[1])
    for theme, own in zip("ab", marked, strict=True):
        units = units_of(made, "character").by_theme.get(theme, {})
        assert units.get((1,), 0) == len(own)


@given(st.text(alphabet="ab .!?\n؟é", max_size=40))
def test_sentences_hold_all_that_is_no_blank(text):
    found = sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
    assert all(text[a:b] == text[a:b].strip() and a < b for a, b in found)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(found))


def test_sentences_of_several_scripts():
    text = "Is it 3.5? Yes.\n« Oui. » هل نعم؟ نعم."
    found = ["Is it 3.5?", "Yes.", "« Oui. »", "هل نعم؟", "نعم."]
    assert [text[a:b] for a, b in sentences(text)] == found
