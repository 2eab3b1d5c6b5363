"""What is written into a workbook is read back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbook_helpers import facts, file_with_all, read

import jmdi
from jmdi.testing import datasets
from jmdi.testing.drawing import for_each
from jmdi_workbook.cells import escape, unescape
from jmdi_workbook.titles import LANGUAGES, Titles


def test_facts_of_any_records_come_back(model):
    def check(before):
        for language in ("en", "ar") if len(before) else ():
            after = read(model, file_with_all(before, language))
            assert facts(after) == facts(before)
            assert not [problem for problem in after.problems if problem.is_error]

    for_each(datasets(model, max_size=3), check, examples=20)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["jmdi", "sample"])
def test_facts_of_bundled_data_come_back(model, name, language):
    kinds = (jmdi.Actor, jmdi.Initiative, jmdi.Participates, jmdi.Evidence, jmdi.Observation)
    whole = jmdi.datasets.load(name, model=model)
    before = model.dataset([record for record in whole if isinstance(record, kinds)])
    after = read(model, file_with_all(before, language))
    assert facts(after) == facts(before)


@given(st.text())
def test_any_text_can_be_in_a_cell(text):
    assert unescape(escape(text)) == text


def test_texts_that_look_like_answers_stay_texts(model):
    for language in LANGUAGES:
        names = {"en": Titles(language).answer("not_asked"), "fr": "=1+1", "es": '{"a": 1}'}
        before = model.dataset([jmdi.Actor(id="a", names=names)])
        assert facts(read(model, file_with_all(before, language))) == facts(before)


def test_blanks_around_texts_and_ids_are_kept(model):
    records = [jmdi.Actor(id=" a ", names={"en": " "}), jmdi.Actor(id="b", country="\n")]
    tie = jmdi.Tie(id="t", source=" a ", target="b", reported_by="b")
    before = model.dataset([*records, tie])
    assert facts(read(model, file_with_all(before))) == facts(before)


def test_an_empty_part_is_no_question(model):
    before = model.dataset([jmdi.Initiative(id="i", places=(jmdi.Place(), jmdi.Place("t")))])
    assert facts(read(model, file_with_all(before))) == facts(before)


def test_every_record_says_from_which_row_it_is(model):
    before = model.dataset([jmdi.Actor(id="a"), jmdi.Actor(id="b")])
    after = read(model, file_with_all(before))
    assert [r.sources[-1].locator for r in after] == ["[Actors] row 3", "[Actors] row 4"]


def test_the_same_data_gives_the_same_bytes(model):
    data = model.dataset([jmdi.Actor(id="a", names={"en": "A"})])
    assert file_with_all(data) == file_with_all(data)
