"""Codes of one vocabulary in another, both ways, by what the vocabularies themselves say."""

from __future__ import annotations

import pytest

import jmdi
from jmdi import Concept, Vocabulary
from jmdi.builtin.plugin import jmdi_vocabularies
from jmdi.model.vocabularies import match

COLOURS = Vocabulary(
    "colour",
    [
        Concept("red", matches={"list": "1", "other": "~7 8"}),
        Concept("scarlet", broader="red"),
        Concept("crimson", matches={"list": "~1"}, broader="red"),
        Concept("rouge", matches={"list": "1 9"}),
        Concept("plain"),
    ],
)


@pytest.mark.parametrize(
    ("code", "scheme", "found"),
    [
        ("red", "list", "1"),
        ("scarlet", "list", "1"),
        ("crimson", "list", "1"),
        ("rouge", "list", "1"),
        ("red", "other", "8"),
        ("scarlet", "other", "8"),
        ("plain", "list", None),
        ("unheard of", "list", None),
        ("plain", "colour", "plain"),
    ],
)
def test_a_code_in_another_vocabulary(code, scheme, found):
    assert match({"colour": COLOURS}, jmdi.code("colour", code), scheme) == found


def test_a_vocabulary_that_the_model_lacks_has_no_matches():
    assert match({}, jmdi.code("colour", "red"), "list") is None


def test_codes_of_another_vocabulary_mean_the_first_exact_match():
    assert COLOURS.meanings("list") == {"1": "red", "9": "rouge"}
    assert COLOURS.meanings("other") == {"8": "red"}
    assert COLOURS.meanings("third") == {}


@pytest.mark.parametrize("vocabulary", jmdi_vocabularies(), ids=lambda v: v.scheme)
def test_only_one_code_means_the_same_as_a_code_that_is_read_and_written(vocabulary):
    pairs = [
        (scheme, matched)
        for concept in vocabulary.concepts
        for scheme, matches in concept.matches.items()
        if scheme.startswith("iati-") or scheme == "crs-channel"
        for matched in matches.split()
        if not matched.startswith("~")
    ]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("given", ["red", ["red", "blue"]])
def test_a_vocabulary_lists_concepts_and_no_texts(given):
    with pytest.raises(jmdi.BadValue, match="expected a Concept, got text 'r"):
        jmdi.Vocabulary("acme:colour", given)
    with pytest.raises(jmdi.BadValue, match=r"write jmdi\.Concept"):
        _ = jmdi.Vocabulary("acme:colour", lambda: given).concepts


@pytest.mark.parametrize(
    ("concepts", "said"),
    [
        (lambda: [Concept(code=3)], r"Concept\.code: expected a code as text, .*write '3'"),
        (lambda: [Concept("")], r"Concept\.code: expected a code as text"),
        (lambda: [Concept("a", broader=3)], r"Concept\.broader"),
        (lambda: [Concept("a"), Concept("b"), Concept("a")], "each code once, got text 'a'"),
        (lambda: [Concept("a", broader="a")], "no circle of broader, got text 'a < a'"),
        (
            lambda: [
                Concept("c", broader="a"),
                Concept("a", broader="b"),
                Concept("b", broader="a"),
            ],
            "'a < b < a'",
        ),
    ],
)
def test_a_code_is_a_text_that_is_listed_once_and_is_not_above_itself(concepts, said):
    with pytest.raises(jmdi.BadValue, match=said):
        jmdi.Vocabulary("acme:colour", concepts())
    with pytest.raises(jmdi.BadValue, match=said):
        _ = jmdi.Vocabulary("acme:colour", concepts).concepts


def test_a_code_may_be_below_one_that_another_plugin_adds():
    assert Vocabulary("acme:colour", [Concept("a", broader="elsewhere")]).codes() == ("a",)


def test_a_code_falls_under_those_above_it_and_is_too_broad_for_those_below(core):
    types = core.catalog.vocabularies["actor-type"]
    assert types.falls_under("local_authority", {"local_authority"}) is True
    assert types.falls_under("local_authority", {"government"}) is True
    assert types.falls_under("government", {"local_authority", "ingo"}) is None
    assert types.falls_under("national_government", {"local_authority"}) is False
    assert types.falls_under("of_nobody", {"local_authority"}) is False
    assert types.falls_under("of_nobody", {"of_nobody"}) is True
    assert types.falls_under("government", ()) is False
