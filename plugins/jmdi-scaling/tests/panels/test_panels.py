"""What a report shows of scaling, by hand on a few initiatives."""

from __future__ import annotations

import pytest

import jmdi
from jmdi.datasets import load
from jmdi.panels import Range, Unknown, in_language
from jmdi_scaling.panels.adoption import adoption
from jmdi_scaling.panels.anchorage import anchorage
from jmdi_scaling.panels.institutions import institutions
from jmdi_scaling.panels.vector import vector

TOWN = jmdi.code("actor-type", "local_authority")
SIDES = {side: jmdi.code("side", side) for side in ("origin", "destination")}


def english(cell):
    return "open" if isinstance(cell, Unknown) else in_language(cell, "en")


def initiative(id, *sides, complete):
    yield jmdi.Initiative(id=id, names={"en": id}, participants_complete=complete)
    for side in sides:
        town = f"{id}-{side}"
        yield jmdi.Actor(id=town, type=TOWN)
        yield jmdi.Participates(id=f"{town}-p", source=town, target=id, side=SIDES[side])


def test_each_end_is_yes_no_or_open():
    ds = jmdi.dataset(
        [
            *initiative("a", "origin", "destination", complete=True),
            *initiative("b", "origin", complete=True),
            *initiative("c", "origin", complete=None),
            *initiative("d", complete=None),
        ]
    )
    rows = {row[0].id: [english(cell) for cell in row[1:]] for row in anchorage(ds).rows}
    assert rows == {
        "a": ["yes", "yes", "yes"],
        "b": ["yes", "no", "no"],
        "c": ["yes", "open", "open"],
        "d": ["open", "open", "open"],
    }


def test_what_nothing_is_known_of_is_not_a_number():
    found = vector(load("jmdi"))
    kayes = next(row for row in found.rows if "Kayes" in in_language(row[0].label, "en"))
    assert isinstance(kayes[1], Unknown) and isinstance(kayes[5], Unknown)
    assert kayes[2:5] == (Range(None, 0.5, 1), Range(None, 0.33, 1), Range(2, 2, 2))


def test_the_curve_of_a_practice_has_a_point_for_each_year_and_a_band():
    town = [jmdi.Actor(id=f"t{n}", type=TOWN) for n in range(4)]
    took = [
        jmdi.Adopts(id=f"x{n}", source=f"t{n}", target="desk", period=jmdi.Period(edtf=f"201{n}"))
        for n in range(2)
    ]
    whole = jmdi.Practice(id="desk", names={"en": "Desk"}, adopters_complete=True)
    (line,) = adoption(jmdi.dataset([*town, *took, whole])).lines
    assert [(point.x, point.y) for point in line.points] == [(2010, 0.25), (2011, 0.5)]
    listed = jmdi.Practice(id="desk", names={"en": "Desk"})
    (open_,) = adoption(jmdi.dataset([*town, *took, listed])).lines
    assert in_language(open_.label, "en") == "Desk, at least"
    assert [(p.y, p.low, p.high) for p in open_.points] == [(0.25, None, None), (0.5, None, None)]


def test_the_marks_are_shares_and_say_so():
    marks = adoption(load("sample")).marks
    assert [(in_language(mark.label, "en"), mark.y) for mark in marks] == [
        ("10 %", 0.1),
        ("25 %", 0.25),
    ]


def evidence(id, place, criterion, state, year):
    return jmdi.Evidence(
        id=id,
        of=place,
        criterion=jmdi.code("institutionalisation", criterion),
        state=jmdi.code("presence", state),
        period=jmdi.Period(edtf=year),
    )


def test_places_are_present_absent_or_not_known_and_the_later_word_counts():
    ds = jmdi.dataset(
        [
            *(jmdi.Territory(id=name) for name in "abc"),
            evidence("1", "a", "plan", "absent", "2011"),
            evidence("2", "a", "plan", "present", "2012"),
            evidence("3", "b", "plan", "absent", "2012"),
            evidence("4", "c", "staff", "unknown", "2012"),
        ]
    )
    found = institutions(ds)
    bars = {in_language(bar.label, "en"): (bar.low, bar.value, bar.high) for bar in found.rows}
    assert bars["In a plan"] == (1, 1, 2)
    assert bars["Staff"] == (0, 0, 3)
    assert len(bars) == 7 and "out of 3" in found.note["en"]


def test_figures_of_the_bundled_programmes():
    sample = anchorage(load("sample"))
    assert len(sample.rows) == 15 and sample.left_out == 25
    (plan, *_) = institutions(load("jmdi")).rows
    assert (plan.value, plan.high) == (3, 68)
    assert adoption(load("jmdi")).left_out == 5


@pytest.mark.parametrize("make", [anchorage, vector, adoption, institutions])
def test_without_initiatives_there_is_nothing(make):
    assert make(jmdi.dataset([jmdi.Actor(id="a")])) is None
