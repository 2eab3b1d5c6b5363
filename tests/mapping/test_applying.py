"""What a table becomes by a mapping: one record or several from a row, links, answers, groups."""

from __future__ import annotations

import io

import jmdi
from jmdi import Actor, Disseminated, KnowledgeItem, KnowledgeProduct, Observation, Rates, Tie

LOG = {
    "cells": {
        "language": "es",
        "date": "day-first",
        "no": "ninguno",
        "unknown": "no se sabe",
        "not_asked": "n/a",
    },
    "records": {
        "product": "product",
        "sent": {
            "kind": "disseminated",
            "link": {"source": "product"},
            "when": {"Evento": ["Envío", "Descarga"]},
        },
        "seen": {
            "kind": "observation",
            "key": "Núm.",
            "link": {"of": "product"},
            "set": {"role": "actual"},
        },
    },
    "columns": {
        "Núm.": "extra",
        "Producto": "product.names",
        "Evento": "sent.channel",
        "Actor": "sent.target",
        "Fecha": ["sent.date", "seen.period"],
        "Lectores": {"to": "seen.value", "decimal": ","},
        "Correo": "drop",
    },
}
TABLE = """Núm.;Producto;Evento;Actor;Fecha;Lectores;Correo
1;Guía;Envío;Municipio de Alba;03/04/2026;1.200;a@example.org
2;Guía;Descarga;Brisa;5 de marzo de 2026;no se sabe;
3;Guía;Envío;Brisa;05/03/2026;ninguno;b@example.org
4;Guía;Taller;Cora;05/03/2026;n/a;
"""


def read(text, mapping):
    stream = io.BytesIO(text.encode())
    return jmdi.read(stream, format="table", mapping=mapping, on_error="keep")


def test_several_kinds_of_record_come_from_one_row():
    data = read(TABLE, LOG)
    assert [len(data.of(kind)) for kind in (KnowledgeProduct, Actor)] == [1, 2]
    sent = data.of(Disseminated)
    assert [(s.channel, str(s.date)) for s in sent] == [
        ("Envío", "2026-04-03"),
        ("Descarga", "2026-03-05"),
        ("Envío", "2026-03-05"),
    ]
    product = data.of(KnowledgeProduct)[0]
    assert {s.source for s in sent} == {product.id} == {o.of for o in data.of(Observation)}
    assert product.names == {"es": "Guía"}


def test_no_unknown_and_not_asked_are_three_things():
    seen = read(TABLE, LOG).of(Observation)
    assert [(o.value, o.reason) for o in seen] == [
        (1200, None),
        (None, "unknown"),
        (0, None),
        (None, "not_asked"),
    ]


def test_dropped_columns_are_counted_and_in_no_record():
    data = read(TABLE, LOG)
    (said,) = [p for p in data.problems if p.code == "J548"]
    assert "2 cells" in said.message
    assert "example.org" not in str([r.to_dict() for r in data.records])


def test_a_row_that_a_condition_leaves_out_keeps_its_words():
    (row,) = [o for o in read(TABLE, LOG).of(Observation) if o.extra.get("Núm.") == "4"]
    assert row.extra == {"Núm.": "4", "Evento": "Taller", "Actor": "Cora"}


WIDE = {
    "records": {
        "org": "actor",
        "tie": {
            "kind": "tie",
            "each": "partner",
            "link": {"source": "org", "reported_by": "org"},
            "set": {"directed": True},
        },
        "trust": {"kind": "rates", "each": "partner", "link": {"source": "org"}},
    },
    "cells": {"no": ["no", "never"], "unknown": "dk", "not_asked": "n/a", "yes": "x"},
    "columns": {
        "Organisation": "org.names",
        "{partner} [works]": "tie.strength",
        "{partner} [trust]": "trust.score",
    },
    "repeats": {"partner": {"to": ["tie.target", "trust.target"], "values": {"MB": "Muni B"}}},
}


def test_one_column_per_partner_becomes_a_tie_for_each():
    table = """Organisation,Muni A [works],MB [works],MB [trust],Coop [works]
Muni A,,3,4,no
Muni B,2,,,dk
Coop,n/a,x,n/a,
"""
    data = read(table, WIDE)
    name = {a.id: a.label() for a in data.of(Actor)}
    assert sorted(name.values()) == ["Coop", "Muni A", "Muni B"]
    ties = {
        (name[t.source], name[t.target]): (t.strength, t.state and t.state.code)
        for t in data.of(Tie)
    }
    assert ties == {
        ("Muni A", "Muni B"): (3, None),
        ("Muni A", "Coop"): (None, "absent"),
        ("Muni B", "Muni A"): (2, None),
        ("Muni B", "Coop"): (None, "unobserved"),
        ("Coop", "Muni A"): (None, "unobserved"),
        ("Coop", "Muni B"): (None, "present"),
    }
    assert [(name[r.source], name[r.target], r.score, r.reason) for r in data.of(Rates)] == [
        ("Muni A", "Muni B", 4, None),
        ("Coop", "Muni B", None, "not_asked"),
    ]


def test_rows_about_one_thing_are_one_record_and_keep_both_claims():
    table = "Name,Country\nAlba,PH\nAlba,\nAlba,FR\n"
    data = read(table, {"kind": "actor", "columns": {"Name": "names", "Country": "country"}})
    (actor,) = data.of(Actor)
    assert actor.country == "PH"
    assert [s.locator for s in actor.sources] == ["row 2", "row 3", "row 4"]
    assert {c.value for c in data.of(jmdi.Claim)} == {'"PH"', '"FR"'}


def test_equal_rows_without_a_name_stay_two():
    data = read("Text\nhello\nhello\n", {"kind": "item", "columns": {"Text": "text"}})
    assert [i.text for i in data.of(KnowledgeItem)] == ["hello", "hello"]


def test_json_objects_are_rows_too():
    text = '[{"title": "A", "by": {"name": "Bo"}, "tags": ["x", "y"], "n": 1.125}]'
    columns = {"title": "names", "by.name": "author", "n": {"to": "extra", "type": "number"}}
    data = read(text, {"kind": "item", "columns": columns})
    (item,) = data.of(KnowledgeItem)
    assert (item.author, item.extra["n"], item.extra["tags"]) == ("Bo", 1.125, "x|y")
    assert item.sources[0].locator == "item 1"


def test_lists_grow_by_the_rows_about_one_thing():
    columns = {"part": "names", "who": "parties.actor", "role": "parties.role"}
    table = "part,who,role\nP,A,accountable\nP,B,implementing\nP,A,accountable\n"
    data = read(table, {"kind": "partnership", "columns": columns})
    (partnership,) = data.of(jmdi.Partnership)
    names = [data.by_id[party.actor].label() for party in partnership.parties]
    roles = [party.role and party.role.code for party in partnership.parties]
    assert (names, roles) == (["A", "B"], ["accountable", "implementing"])
    assert not data.of(jmdi.Claim)


def test_a_word_for_a_name_counts_whatever_its_case():
    columns = {"who": {"to": "names"}, "in": {"to": "territory", "values": {"MB": "Muni B"}}}
    data = read("who,in\nA,mb\nB,MB\n", {"kind": "actor", "columns": columns})
    (place,) = data.of(jmdi.Territory)
    assert place.label() == "Muni B"
    assert {actor.territory for actor in data.of(Actor)} == {place.id}


def test_a_constant_may_be_an_attribute_of_ones_own():
    org = {"kind": "actor", "set": {"extra.asked": True}}
    mapping = {"records": {"org": org}, "columns": {"Name": "org.names"}}
    data = read("Name\nAlba\n", mapping)
    assert [(one.label(), one.extra["asked"]) for one in data.of(Actor)] == [("Alba", True)]
