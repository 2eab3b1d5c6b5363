"""Rosters that are found among the columns of a table."""

from __future__ import annotations

from jmdi_surveys.proposing.candidates import ColumnSeen
from jmdi_surveys.proposing.roster import rosters


def test_words_that_begin_with_those_of_another_roster_make_none():
    heads = ["Trust Ada", "Trust Bo", "Trust Cy", "Trust in Ada", "Trust in Bo"]
    columns = [ColumnSeen(head, head.lower(), (), 0, None, ("1", "2")) for head in heads]
    (found,) = rosters(columns, ["Ada", "Bo", "Cy"])
    assert (found.before, len(found.columns)) == ("Trust ", 5)


def test_a_question_of_another_roster_is_no_partner_because_it_stands_beside():
    heads = ["Ada", "Bo", "Cy", "Trust in Ada", "Trust in Bo", "Trust in Cy", "Total"]
    columns = [ColumnSeen(head, head.lower(), (), 0, None, ("1", "2")) for head in heads]
    found = rosters(columns, ["Ada", "Bo", "Cy", "Total"])
    assert [one.partners for one in found] == [("Ada", "Bo", "Cy")] * 2
