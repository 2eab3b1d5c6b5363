from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi_workplan.words.listed import items

WANTED = ["Advocate for youth", "Network", "Train"]


@pytest.mark.parametrize(
    "words",
    [
        "-Advocate for youth\n-Network\n-Train",
        "-Advocate for youth -Network -Train",
        "– Advocate for youth\n– Network\n– Train",
        "• Advocate for youth • Network • Train",
        "➢Advocate for youth\n➢Network\n➢Train",
        "\uf0b7 Advocate for youth\n\uf0b7 Network\n\uf0a7 Train",
        "§ Advocate for youth\n§ Network\n§ Train",
        "o Advocate for youth\no Network\no Train",
        "1. Advocate for youth\n2. Network\n3. Train",
        "1.Advocate for youth\n2.Network\n3.Train",
        "1) Advocate for youth 2) Network 3) Train",
        "1.1 Advocate for youth\n1.2 Network\n1.3 Train",
        "2.1.1. Advocate for youth\n2.1.2. Network\n2.1.3. Train",
        "(i) Advocate for youth; (ii) Network; and (iii) Train",
        "(a) Advocate for youth, (b) Network, (c) Train",
        "A. Advocate for youth\nB. Network\nC. Train",
        "i. Advocate for youth\nii. Network\niii. Train",
        "\u0661. Advocate for youth\n\u0662. Network\n\u0663. Train",
    ],
)
def test_the_marks_of_a_list(words: str) -> None:
    assert list(items(words)) == WANTED


@pytest.mark.parametrize(
    "words",
    [
        "J. Mensah\nK. Owusu",
        "2.5 million people reached",
        "Well-being of all -and none",
        "Phase 1 (see annex (a) and (c))",
        "U.S. agencies",
        "a community",
        "1 workshop",
        "o",
        "Follow-up of 1) and 3)",
    ],
)
def test_what_is_no_list(words: str) -> None:
    assert list(items(words)) == [line.strip() for line in words.split("\n")]


@given(st.text(alphabet="ab1.() -•io\n\uf0b7", max_size=40))
def test_no_letter_but_a_mark_is_lost(words: str) -> None:
    kept = "".join(items(words))
    assert kept.count("b") >= words.count("b") - words.count("b)") - words.count("b.")
