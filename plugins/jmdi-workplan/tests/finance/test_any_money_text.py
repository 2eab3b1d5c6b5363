"""Nothing typed as money is lost, and nothing makes its reading fail."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmdi.model.values import Money
from jmdi_workplan.finance import read_finance
from jmdi_workplan.words.pieces import MAX_LENGTH

Covers = Callable[[str, tuple[Money, ...]], None]

BITS = st.sampled_from(
    [
        "USD",
        "$",
        "€",
        "DT",
        "Q",
        "1,500",
        "1.500",
        "2",
        "40",
        "million",
        "k",
        "per",
        "region",
        "-",
        "–",
        "(",
        ")",
        ";",
        ",",
        "\n",
        "•",
        ":",
        "=",
        "x",
        "and",
        "in kind",
        "TBD",
        "budget of",
        "to",
        "environ",
        "total",
        "each",
        "5%",
        "2015",
        "½",
        "\xa0",
        "é",
        "FCFA",
        ".",
        "/",
        "*",
        "a",
    ]
)


@given(
    bits=st.lists(BITS, max_size=25),
    joint=st.sampled_from(["", " "]),
    country=st.sampled_from([None, "PH", "GT"]),
)
@settings(max_examples=400)
def test_any_mix_of_the_words_of_the_grammar(
    bits: list[str], joint: str, country: str | None, assert_covers: Covers
) -> None:
    text = joint.join(bits)
    found = read_finance(text, country=country)
    assert found
    assert_covers(text, found)
    for money in found:
        assert money.known or money.reason


@given(st.text(max_size=200), st.sampled_from([None, "TN", "SN", "MX"]))
@settings(max_examples=300)
def test_any_text(text: str, country: str | None) -> None:
    found = read_finance(text, country=country)
    assert found
    typed = "".join(m.words or "" for m in found)
    letters = [c for c in text if c.isalnum()]
    assert [c for c in typed if c.isalnum()] == letters


@pytest.mark.parametrize(
    "unit",
    [
        "1 ",
        "1,",
        "(",
        "USD ",
        "USD 1 = ",
        "40 x ",
        "from the ",
        "TBD, ",
        "5m ",
        "- 5",
        "١",
        "a\u0301",
        "(USD 5",
        "per a ",
        "to be ",
        "approx. ",
    ],
)
def test_hostile_repetition_is_read(unit: str, assert_covers: Covers) -> None:
    text = unit * (MAX_LENGTH // 4 // len(unit))
    assert_covers(text, read_finance(text, country="PH"))
