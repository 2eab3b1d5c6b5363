"""Positions lead to the same place of the text however they are counted."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from counting import counted

from jmdi_knowledge.spans.readings import READINGS, SourceText

TEXTS = st.text(st.sampled_from("a é🙂́مُ移\r\n\x00"), max_size=40) | st.text(max_size=40)


@given(TEXTS, st.booleans(), st.sampled_from(READINGS))
def test_every_position_of_a_text_leads_to_its_place(body, mark, reading):
    raw = "\ufeff" * mark + body
    source = SourceText(raw)
    for index in range(len(raw) + 1):
        before, after = raw[:index], raw[index:]
        if before.endswith("\r") and after.startswith("\n"):
            continue
        rest = before if reading.mark else before.removeprefix("\ufeff")
        position = counted(rest, reading)
        expected = len(SourceText(before).text)
        assert source.indices(reading, [position])[position] == expected


@given(TEXTS, st.sampled_from(READINGS), st.lists(st.integers(-5, 200)))
def test_no_position_leads_out_of_the_text(raw, reading, positions):
    source = SourceText(raw)
    found = source.indices(reading, positions)
    assert set(found) <= set(positions)
    assert all(0 <= index <= len(source.text) for index in found.values())
    assert [found[p] for p in sorted(found)] == sorted(found.values())


@given(TEXTS, st.booleans(), st.sampled_from(READINGS), st.lists(st.integers(0, 60)))
def test_the_simplest_reading_counts_the_same(body, mark, reading, positions):
    source = SourceText("\ufeff" * mark + body)
    simplest = source.simplest(reading)
    assert source.indices(reading, positions) == source.indices(simplest, positions)


def test_lone_surrogates_are_counted():
    source = SourceText("a\ud800b🙂c")
    assert source.indices(READINGS[4], [2, 3, 4, 5]) == {2: 2, 3: 3, 5: 4}


def test_a_position_between_cr_and_lf_is_that_of_the_line_end():
    assert SourceText("ab\r\ncd").indices(READINGS[2], [2, 3, 4]) == {2: 2, 3: 2, 4: 3}
