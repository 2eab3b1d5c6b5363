"""Logs of downloads, mailings, events and surveys become observations and disseminations."""

from __future__ import annotations

import csv
import io
import tomllib

import openpyxl
import pytest

import jmdi

DOWNLOADS = """Producto;Mes;Descargas
product/guide;2026-03;1.240
product/guide;2026-04;
product/map;2026-03;n/d
product/map;2026-04;0
"""
DOWNLOADS_MAP = """
[cells]
decimal = ","
unknown = ["n/d"]
[records.month]
kind = "observation"
set.indicator = "indicator/downloads"
set.role = "actual"
[columns]
"Producto" = { to = "month.of", by = "id" }
"Mes" = "month.period"
"Descargas" = "month.value"
"""
MAILINGS = """Product,Sent to,Kind,Date,Readers,Address
product/guide,Ville de Thiès,town,2026-03-02,35,a@example.org
product/guide,Réseau Cora,association,2026-03-02,,b@example.org
product/guide,Ville de Thiès,town,2026-05-02,not known,a@example.org
product/map,Ville de Thiès,town,2026-05-02,0,
"""
MAILINGS_MAP = """
[cells]
unknown = ["not known"]
[records.who]
kind = "actor"
[records.sent]
kind = "disseminated"
link.target = "who"
set.channel = "mailing"
[columns]
"Product" = { to = "sent.source", by = "id" }
"Sent to" = "who.names"
"Kind" = { to = "who.type", values = { town = "local_authority", association = "civil_society" } }
"Date" = "sent.date"
"Readers" = "sent.reach"
"Address" = "drop"
"""
EVENTS = """Événement;Date;Produit;Organisation;Participants
Atelier;12/03/2026;product/guide;Ville de Thiès;40
Foire;13/04/2026;product/guide;Réseau Cora;inconnu
Atelier;12/03/2026;product/guide;Ville de Thiès;40
"""
EVENTS_MAP = """
kind = "disseminated"
[cells]
date = "day-first"
unknown = ["inconnu"]
[columns]
"Événement" = "channel"
"Date" = "date"
"Produit" = { to = "source", by = "id" }
"Organisation" = "target"
"Participants" = "reach"
"""
SURVEY = """No,Organisation,Date,Product,Used for,How useful (1-5)
1,Ville de Thiès,2026-06-01,product/guide,the plan of the town,4
2,Réseau Cora,2026-06-02,product/guide,,don't know
3,Ville de Thiès,2026-06-02,product/map,,not asked
"""
SURVEY_MAP = """
[cells]
unknown = ["don't know"]
not_asked = ["not asked"]
[records.answer]
kind = "observation"
key = ["No"]
set.indicator = "indicator/useful"
set.role = "actual"
[records.got]
kind = "disseminated"
key = ["No"]
set.channel = "survey"
[columns]
"No" = "answer.extra"
"Organisation" = "got.target"
"Date" = ["answer.period", "got.date"]
"Product" = { to = ["answer.of", "got.source"], by = "id" }
"Used for" = "got.use"
"How useful (1-5)" = "answer.value"
"""
MODEL = jmdi.Model.build(["knowledge", "workbook"])


@pytest.fixture(params=["csv", "xlsx"])
def logged(request):
    """Reads a log by its mapping, as text and as a workbook."""

    def read(text: str, mapping: str) -> jmdi.Dataset:
        data, format = text.encode(), "table"
        if request.param == "xlsx":
            delimiter = ";" if ";" in text else ","
            book, out = openpyxl.Workbook(), io.BytesIO()
            for row in csv.reader(io.StringIO(text), delimiter=delimiter):
                book.active.append(row)
            book.save(out)
            data, format = out.getvalue(), "workbook:table"
        return MODEL.read(io.BytesIO(data), format=format, mapping=tomllib.loads(mapping))

    return read


def by_place(dataset: jmdi.Dataset, kind: type) -> list:
    """The records of a kind in the order of the log."""
    return sorted(dataset.of(kind), key=lambda one: one.sources[0].locator)


def test_downloads_that_nobody_counted_are_not_none(logged):
    found = by_place(logged(DOWNLOADS, DOWNLOADS_MAP), jmdi.Observation)
    assert [(one.of, one.period.edtf, one.value, one.reason) for one in found] == [
        ("product/guide", "2026-03", 1240, None),
        ("product/guide", "2026-04", None, None),
        ("product/map", "2026-03", None, "unknown"),
        ("product/map", "2026-04", 0, None),
    ]


def test_mailings_reach_as_many_as_are_stated(logged):
    dataset = logged(MAILINGS, MAILINGS_MAP)
    sent = by_place(dataset, jmdi.Disseminated)
    assert [one.reach for one in sent] == [35, None, None, 0]
    assert {one.channel for one in sent} == {"mailing"}
    types = {one.label(): one.type.code for one in dataset.of(jmdi.Actor)}
    assert types == {"Ville de Thiès": "local_authority", "Réseau Cora": "civil_society"}
    assert "example.org" not in repr(dataset.records)


def test_events_that_are_alike_stay_two(logged):
    sent = by_place(logged(EVENTS, EVENTS_MAP), jmdi.Disseminated)
    assert [(one.channel, one.date.isoformat(), one.reach) for one in sent] == [
        ("Atelier", "2026-03-12", 40),
        ("Foire", "2026-04-13", None),
        ("Atelier", "2026-03-12", 40),
    ]


def test_answers_of_a_survey_say_why_there_is_none(logged):
    dataset = logged(SURVEY, SURVEY_MAP)
    answers = by_place(dataset, jmdi.Observation)
    assert [(one.value, one.reason) for one in answers] == [
        (4, None), (None, "unknown"), (None, "not_asked"),
    ]  # fmt: skip
    uses = [dict(one.use) for one in by_place(dataset, jmdi.Disseminated)]
    assert uses == [{"und": "the plan of the town"}, {}, {}]


def test_what_the_logs_say_stands_below_the_product():
    logs = ((MAILINGS, MAILINGS_MAP), (DOWNLOADS, DOWNLOADS_MAP), (SURVEY, SURVEY_MAP))
    read = [
        MODEL.read(io.BytesIO(a.encode()), format="table", mapping=tomllib.loads(b))
        for a, b in logs
    ]
    guide = jmdi.KnowledgeProduct(id="product/guide", names={"en": "Guide"})
    whole = MODEL.dataset([guide, *(record for one in read for record in one.records)])
    totals = whole.trace("product/guide").totals
    assert (totals["recipients"], totals["uses"], totals["observations"]) == (2, 1, 4)
    assert (totals["people_reached"], totals["people_not_known"]) == (35, 4)
