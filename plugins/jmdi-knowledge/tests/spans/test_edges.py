"""Edges of words in scripts that have them, and nowhere within a character."""

from __future__ import annotations

import pytest

from jmdi_knowledge.spans.edges import Edge, edge_of_start, edge_of_stop


@pytest.mark.parametrize(
    ("before", "after", "edge"),
    [
        ("a ", "desk", Edge.WORD),
        ("", "desk", Edge.WORD),
        ("de", "sk", Edge.INSIDE),
        ("a", " desk", Edge.SPACE),
        ("(", "desk", Edge.WORD),
        ("don", "’t", Edge.INSIDE),
        ("e", "\u0301t", Edge.BROKEN),
        ("👩", "‍🌾", Edge.BROKEN),
        ("👩‍", "🌾", Edge.BROKEN),
        ("👍", "🏽", Edge.BROKEN),
        ("🇵", "🇭", Edge.BROKEN),
        ("🇵🇭", "🇳🇵", Edge.WORD),
        ("❤", "️", Edge.BROKEN),
        ("الم", "هاجرين", Edge.INSIDE),
        ("مُ", "هَاجِر", Edge.INSIDE),
        ("م", "ُهَاجِر", Edge.BROKEN),
        ("مكتب ", "العائدين", Edge.WORD),
        ("\u200f", "مكتب", Edge.WORD),
        ("می", "\u200cخواهم", Edge.INSIDE),
        ("移民", "回来", Edge.OPEN),
        ("，", "回来", Edge.WORD),
        ("지방", "정부", Edge.INSIDE),
        ("snake_", "case", Edge.INSIDE),
    ],
)
def test_start_of_a_span(before, after, edge):
    assert edge_of_start(before + after, len(before)) is edge


@pytest.mark.parametrize(
    ("before", "after", "edge"),
    [
        ("desk", " here", Edge.WORD),
        ("desk", "", Edge.WORD),
        ("desk ", "here", Edge.SPACE),
        ("🙂", " here", Edge.WORD),
        ("مُهَاجِرِينَ", "\u200f.", Edge.WORD),
        ("回来", "abc", Edge.OPEN),
        ("training", ".", Edge.WORD),
    ],
)
def test_end_of_a_span(before, after, edge):
    assert edge_of_stop(before + after, len(before)) is edge


def test_no_position_of_the_text():
    assert edge_of_start("a", 2) is Edge.OUTSIDE
    assert edge_of_stop("a", -1) is Edge.OUTSIDE
