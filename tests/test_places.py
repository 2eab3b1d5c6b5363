"""A place is data: sheet, table, row, column and member, whatever words a document has for it."""

from __future__ import annotations

import attrs
import pytest

import jmdi

WORDS = [
    ("table 2, row 5, cell 4", {"table": 2, "row": 5, "column": 4}),
    ("table 2, caption", {"table": 2}),
    ("row 12", {"row": 12}),
    ("[Local level]!B6", {"sheet": "Local level", "row": 6, "column": 2}),
    ("[A]!AA10:AB12", {"sheet": "A", "row": 10, "column": 27}),
    ("[a]b]!C2, comment", {"sheet": "a]b", "row": 2, "column": 3}),
    ("[Plan]", {"sheet": "Plan"}),
    ("activity 7", {}),
    ("/iati-activities/iati-activity[3]", {}),
]


@pytest.mark.parametrize(("words", "spot"), WORDS)
def test_words_of_a_place_are_data_too(words, spot):
    where = attrs.asdict(jmdi.Where(file="plan", cell=words))
    assert {k: v for k, v in where.items() if v is not None} == {
        "file": "plan",
        "cell": words,
        **spot,
    }


def test_what_is_given_as_data_stays():
    assert jmdi.Where(cell="table 2, row 5", row=7).row == 7


def test_the_member_of_a_problem_is_a_part_of_its_place():
    problem = jmdi.Problem("J1", jmdi.Severity.ERROR, "wrong", jmdi.Where(record="a"), "/names/en")
    assert problem.where.member == "/names/en"
    assert problem.to_dict()["where"] == {"record": "a", "member": "/names/en"}


def test_a_check_says_the_place_that_the_source_of_the_record_says():
    source = jmdi.Source(title="plan.docx", locator="table 2, row 5")
    tie = jmdi.Tie(id="t", source="a", target="b", sources=(source,))
    (problem, *_) = jmdi.dataset([jmdi.Actor(id="a"), tie]).check().problems
    assert (problem.where.record, problem.where.member) == ("t", "/target")
    assert (problem.where.table, problem.where.row) == (2, 5)
