"""One list of placeholder words, and every reader and metric goes by it."""

from __future__ import annotations

import pytest

import jmdi
from jmdi.words.placeholders import UNDECIDED, says_something, whole
from jmdi.words.tables import LANGUAGES, words_of
from jmdi_workplan.finance import read_finance
from jmdi_workplan.places import read_places
from jmdi_workplan.timeline import read_timeline

WORDS = (
    "to be determined",
    "En attente",
    "Pendientes",
    "to be finalised",
    "not yet confirmed",
    "under discussion",
    "reste à préciser",
    "a ser definida",
    "ainda não definido",
    "قيد التحديد",
    "T.B.D.",
    "to be jointly agreed",
)


@pytest.mark.parametrize("words", WORDS)
def test_everybody_takes_a_placeholder_for_no_answer(words: str) -> None:
    action = jmdi.Action(
        id="a",
        workplan="w",
        objectives=({"und": words},),
        timeline=jmdi.Period(words=words),
        finance=(jmdi.Money(words=words),),
    )
    result = jmdi.dataset([jmdi.WorkPlan(id="w"), action]).metric("workplan:completeness")
    assert result.value == 0
    assert [money.reason for money in read_finance(words)] == ["to_be_determined"]
    assert read_timeline(words).reason == "to_be_determined"
    assert [mention.rule for mention in read_places(words, country="EC")] == ["unstated"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Municipalities to be identified", True),
        ("To be identified", False),
        ("will be determined", False),
        ("n/a", False),
        ("None", False),
        ("None of the regions", True),
        ("Pas encore connus", False),
        ("à être", True),
        ("", False),
        (None, False),
    ],
)
def test_a_text_says_something_besides_placeholders(words: str | None, says: bool) -> None:
    assert says_something(words) is says


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_word_for_each_meaning(language: str) -> None:
    found = {row.meaning for row in words_of("placeholder") if row.language == language}
    assert found == {*UNDECIDED, "not_stated", "not_applicable", "nothing"}


def test_every_row_is_found_as_what_it_means() -> None:
    known: dict[str, str] = {}
    for row in words_of("placeholder"):
        if "*" not in row.word:
            assert known.setdefault(row.word, row.meaning) == row.meaning
            assert whole(row.word.removeprefix("=")) == row.meaning
