"""Several tables of a file, and what it means that a pair of actors is not mentioned."""

from __future__ import annotations

import io

import attrs
import pytest

import jmdi
from jmdi import Actor, Initiative, Tie
from jmdi.errors import Where
from jmdi.files.mapping import TableRow, mapping_of
from jmdi.files.mapping.importing import records_by_mapping
from jmdi.plugins.context import ImportContext

SURVEY = {
    "records": {
        "org": "actor",
        "tie": {
            "kind": "tie",
            "link": {"source": "org", "reported_by": "org"},
            "set": {"directed": True},
            "silence": "unobserved",
            "when": {"answered": "yes"},
        },
    },
    "columns": {
        "Who": {"to": "org.names", "also": ["respondent", "répondant"]},
        "Whom": {"to": "tie.target", "also": ["partner"], "blank": ["Other"]},
        "Which other": {"to": "tie.target", "optional": True},
        "strength": {"to": "tie.strength", "no": "0", "not_asked": ""},
        "answered": "drop",
    },
}
ANSWERS = """respondent,partner,Which other,strength,answered
A,B,,4,yes
A,C,,0,yes
B,Other,A,3,yes
B,C,,,yes
C,,,,no
D,,,,yes
"""


def read(mapping, text=ANSWERS):
    stream = io.BytesIO(text.encode())
    return jmdi.read(stream, format="table", mapping=mapping, on_error="keep")


def states(data):
    names = {actor.id: actor.names["und"] for actor in data.of(Actor)}
    return {
        names[t.source] + names[t.target]: (t.state.code if t.state else "present")
        for t in data.of(Tie)
    }


def silent(meaning):
    rule = {**SURVEY["records"]["tie"], "silence": meaning}
    return {**SURVEY, "records": {**SURVEY["records"], "tie": rule}}


def test_whoever_did_not_answer_is_unobserved_and_a_reporter_may_be_silent():
    data = read(silent("unobserved"))
    said = {"AB": "present", "AC": "absent", "BA": "present", "BC": "unobserved"}
    rest = dict.fromkeys(("AD", "BD", "CA", "CB", "CD", "DA", "DB", "DC"), "unobserved")
    assert states(data) == said | rest
    network = data.project("actors")
    assert len(network.unobserved) == 9
    assert network.metric("density").n_used == 3


def test_silence_can_mean_no():
    """A reporter of no tie at all has stated so, and does not count as silent."""
    data = read(silent("absent"))
    assert {pair for pair, state in states(data).items() if state == "unobserved"} == {
        "BC",
        "CA",
        "CB",
        "CD",
    }
    assert {states(data)[pair] for pair in ("DA", "DB", "DC")} == {"absent"}
    assert len({t.reported_by for t in data.of(Tie)} - {None}) == 3


def test_without_it_nothing_is_said_of_other_pairs():
    rule = {k: v for k, v in SURVEY["records"]["tie"].items() if k != "silence"}
    data = read({**SURVEY, "records": {**SURVEY["records"], "tie": rule}})
    assert set(states(data)) == {"AB", "AC", "BA", "BC"}
    with pytest.raises(jmdi.FormatError, match="is not reported"):
        bad = {
            "records": {"a": {"kind": "actor", "silence": "absent"}},
            "columns": {"Who": "names"},
        }
        jmdi.read(io.BytesIO(b"Who\nA\n"), format="table", mapping=bad)


def test_too_many_pairs_are_reported_and_not_written():
    rows = "".join(f"N{n},M{n},,1,yes\n" for n in range(600))
    data = read(SURVEY, ANSWERS + rows)
    assert [p.code for p in data.problems if p.severity.value == "warning"] == ["J551"]
    assert len(data.of(Tie)) == 604


def sheet(name, *rows):
    return name, [
        TableRow(cells, Where(file="x", sheet=name, row=number))
        for number, cells in enumerate(rows, start=1)
    ]


def test_tables_of_one_file_share_their_records():
    mapping = mapping_of(
        {
            "cells": {"language": "fr"},
            "tables": {
                "who": {"kind": "actor", "table": {"sheet": "Qui"}, "columns": {"Nom": "names"}},
                "what": {
                    "table": {"sheet": "Quoi"},
                    "records": {
                        "org": "actor",
                        "district": {"kind": "territory", "key": "code"},
                        "region": "territory",
                        "deed": {
                            "kind": "initiative",
                            "link": {"places.territory": ["district", "region"]},
                        },
                    },
                    "columns": {
                        "Nom": "org.names",
                        "Action": "deed.names",
                        "code": "district.names",
                        "Région": "region.names",
                    },
                },
            },
        },
        None,
    )
    sheets = [
        sheet("Qui", ["Nom"], ["Alba"], ["Brisa"]),
        sheet(
            "Quoi",
            ["Nom", "Action", "code", "Région"],
            ["Alba", "Foire", "1", "R"],
            ["Cora", "Guichet", "", "R"],
        ),
        sheet("Autre", ["x"], ["y"]),
    ]
    context = ImportContext(name="x")
    data = jmdi.dataset(records_by_mapping(sheets, context, mapping))
    assert sorted(a.names["fr"] for a in data.of(Actor)) == ["Alba", "Brisa", "Cora"]
    places = {d.names["fr"]: [p.territory for p in d.places] for d in data.of(Initiative)}
    names = {t.id: t.names["fr"] for t in data.of(jmdi.Territory)}
    assert {k: [names[t] for t in v] for k, v in places.items()} == {
        "Foire": ["1"],
        "Guichet": ["R"],
    }
    lost = attrs.evolve(mapping.tables["who"], table=attrs.evolve(mapping.table, sheet="Qi"))
    with pytest.raises(jmdi.FormatError, match="no sheet 'Qi'") as caught:
        list(records_by_mapping(sheets, context, attrs.evolve(mapping, tables={"who": lost})))
    assert "Qui" in caught.value.problems[0].cure


def test_what_is_wrong_in_a_table_is_said_with_its_path():
    with pytest.raises(jmdi.FormatError) as caught:
        mapping_of({"columns": {"a": "b"}, "tables": {"who": {"tables": {}, "columns": {}}}}, None)
    found = {problem.where.member for problem in caught.value.problems}
    assert found == {"/columns", "/tables/who/tables"}
