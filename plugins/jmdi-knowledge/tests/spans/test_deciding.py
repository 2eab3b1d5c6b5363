"""Which reading of its positions a source has is found out; what nobody can say stays unsure."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from counting import Made, made

from jmdi_knowledge.spans.deciding import Span, decide
from jmdi_knowledge.spans.readings import CODE_POINTS, READINGS, Reading, SourceText


def cut(one: Made) -> list[str | None]:
    """The words of the spans, by the reading that is found."""
    decision = decide([(one.source, one.spans)])[0]
    found = [decision.place(span.start, span.stop) for span in one.spans]
    return [None if where is None else one.source.text[slice(*where)] for where in found]


@given(st.sampled_from(READINGS), st.integers(0, 2**32), st.integers(5, 60))
def test_every_quote_is_the_right_one_in_every_unit(reading, seed, n_spans):
    one = made(reading, seed, n_spans=n_spans)
    decision = decide([(one.source, one.spans)])[0]
    if decision.by != "unsure":
        assert cut(one) == one.words


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_twenty_spans_on_words_are_enough(reading):
    for seed in range(20):
        one = made(reading, seed, n_words=300)
        assert decide([(one.source, one.spans)])[0].by == "words"
        assert cut(one) == one.words


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_quotes_decide_where_a_script_has_no_blanks(reading):
    for seed in range(5):
        one = made(reading, seed, chinese=True, quoted=True, n_words=400)
        assert decide([(one.source, one.spans)])[0].by == "quotes"
        assert cut(one) == one.words


@given(st.sampled_from(READINGS), st.integers(0, 2**32), st.integers(8, 60))
def test_spans_that_do_not_sit_on_words_are_unsure(reading, seed, n_spans):
    one = made(reading, seed, n_spans=n_spans, on_words=False)
    decision = decide([(one.source, one.spans)])[0]
    assert decision.by == "unsure"
    assert decision.reading == CODE_POINTS


def test_sources_with_one_span_each_decide_together():
    for reading in READINGS:
        sources = [made(reading, seed, n_spans=1, n_words=200) for seed in range(12)]
        decisions = decide([(one.source, one.spans) for one in sources])
        assert {decision.by for decision in decisions} <= {"words", "other sources"}
        for one, decision in zip(sources, decisions, strict=True):
            where = decision.place(one.spans[0].start, one.spans[0].stop)
            assert where is not None
            assert one.source.text[slice(*where)] == one.words[0]


def test_sources_that_were_counted_in_two_ways_do_not_decide_for_a_third():
    clear = [made(reading, 1) for reading in (READINGS[0], READINGS[-1])]
    alone = made(READINGS[5], 2, n_spans=1)
    decisions = decide([(one.source, one.spans) for one in (*clear, alone)])
    assert [decision.by for decision in decisions] == ["words", "words", "unsure"]


def test_plain_text_has_one_reading():
    source = SourceText("a desk for migrants\n")
    decision = decide([(source, [Span(2, 6), Span(3, 5)])])[0]
    assert decision.by == "every reading"
    assert decision.reading == CODE_POINTS
    assert decision.place(2, 6) == (2, 6)


def test_line_ends_that_xml_has_folded_may_have_counted_as_two():
    words = [f"word{number}" for number in range(40)]
    raw = "\r\n".join(words)
    spans = [Span(raw.index(word), raw.index(word) + len(word)) for word in words[10:]]
    source = SourceText(raw.replace("\r\n", "\n"), folded=True)
    decision = decide([(source, spans)])[0]
    assert decision.reading == Reading(pairs=True)
    assert [source.text[slice(*decision.place(span.start, span.stop))] for span in spans] == words[
        10:
    ]


def test_hints_decide_and_memos_do_no_harm():
    one = made(READINGS[5], 3, n_spans=6)
    spans = [
        Span(span.start, span.stop, hints=(words[:13], "a memo on this"))
        for span, words in zip(one.spans, one.words, strict=True)
    ]
    assert decide([(one.source, spans)])[0].by == "quotes"


def test_positions_that_lie_nowhere():
    source = SourceText("a desk 🙂 here")
    spans = [Span(-3, 2), Span(2, 99), Span(8, 2), Span(7, 8)]
    decision = decide([(source, [Span(2, 6), *spans])])[0]
    assert [decision.place(span.start, span.stop) for span in spans] == [None, None, None, (7, 8)]
    pair = source.indices(Reading("UTF-16 units"), [7, 8, 9, 10])
    assert pair == {7: 7, 9: 8, 10: 9}, "8 is inside a surrogate pair"


def test_the_same_input_gives_the_same_decision():
    dice = random.Random(1)
    one = made(READINGS[7], 4)
    shuffled = list(one.spans)
    dice.shuffle(shuffled)
    first, second = (decide([(one.source, spans)])[0] for spans in (one.spans, shuffled))
    assert (first.reading, first.by) == (second.reading, second.by)
