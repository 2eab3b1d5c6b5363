"""A file that nobody reads is named as what it looks like."""

from __future__ import annotations

import io
import json

import pytest
from survey_helpers import workbook

import jmdi
from jmdi_surveys import plugin
from jmdi_surveys.sniff import FORM, ROSTER, table, what_it_is

SURVEY = "a survey of partners"
WHERE = "a who-does-what-where table"


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("respondent,partner,strength", SURVEY),
        ("Répondant,Partenaire,Confiance", SURVEY),
        ("Encuestado,Organización socia,Frecuencia", SURVEY),
        ("Respondente,Parceiro,Força", SURVEY),
        ("Organização,Parceiro 1,Força 1,Parceiro 2,Força 2", SURVEY),
        ("Your organisation,How often do you meet Alba?,How often do you meet Brisa?", ROSTER),
        ("Cluster,Partner Acronym,ADM1_PCODE", WHERE),
        ("Acteur,Secteur,ADM2_PCODE,Activité", WHERE),
        ("Donante,Sector,Departamento", WHERE),
        ("name,partner,strength", ""),
        ("Organisation,People reached men,People reached women", ""),
        ("Organización,Sector,Municipio,Actividad", ""),
    ],
)
def test_a_header_shows_what_a_table_is_in_a_text_and_in_a_workbook(header, found):
    cells = header.split(",")
    assert what_it_is([cells]) == found
    verdict = True if found == WHERE else f"it looks like {found}"
    for content in (header.encode(), workbook(A=[["Title"]], B=[cells, ["Alba"] * len(cells)])):
        assert table(content) == verdict or (not found and "it looks" not in str(table(content)))


def test_a_header_is_known_in_windows_1252():
    text = "Répondant;Partenaire;Fréquence\nMairie é;Brisa;3\n"
    assert table(text.encode("cp1252")) == f"it looks like {SURVEY}"


@pytest.mark.parametrize("schedule", ["Activité,Début", "Activité,Début,Fin"])
def test_a_list_of_activities_with_their_dates_is_left_to_plans(schedule):
    """It needs no mapping there; what it looks like is still said."""
    header = f"Acteur,Secteur,ADM2_PCODE,{schedule}"
    looks = f"it looks like {WHERE}"
    assert table(header.encode()) == (looks if "Fin" in schedule else True)


FORM_ROWS = [["type", "name", "label"], ["select_one org", "organisation", "Your organisation"]]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.xlsx", workbook(survey=FORM_ROWS, choices=[["list_name", "name", "label"]])),
        ("x.csv", b"survey,,,\n,type,name,label\n,begin repeat,partner,Partner\n"),
        ("x.json", json.dumps({"survey": [{"type": "text"}], "choices": []}).encode()),
    ],
)
def test_a_form_without_answers_is_named_as_one(name, content):
    assert table(content) == f"it looks like {FORM}"


class TakesAll:
    """A plugin whose importer takes any workbook, and finds nothing in it."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_importers():
        def read(stream, context):
            context.problem("taker:T1", "no table of actions was found", cure="name it")
            yield from ()

        doc = "any workbook"
        return [jmdi.Importer("aaa:all", (".xlsx",), read, lambda head: b"xl/" in head, doc)]

    @jmdi.hookimpl
    def jmdi_problem_codes():
        return [jmdi.ProblemCode("taker:T1", "nothing found", "Nothing was found.", "Look.")]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([["Respondent", "Partner", "Trust"], ["Alba", "Brisa", "3"]], SURVEY),
        ([["#org", "#sector", "#adm1"]], "surveys of partners, Kobo and ODK exports"),
    ],
)
def test_a_workbook_that_another_took_in_vain_is_named(rows, found):
    model = jmdi.Model.build([TakesAll, plugin])
    stream = io.BytesIO(workbook(A=rows))
    stream.name = "x.xlsx"
    (problem,) = model.read(stream, on_error="keep").problems
    assert problem.cure.startswith(f"it looks like {found}")
    assert problem.cure.endswith("(--from surveys:table); name it")


def test_a_hash_inside_a_word_is_no_hashtag():
    assert table(b"#country,#org\nSN,Alba\n") is True
    assert table(b"actor#country,tie#org\nSN,Alba\n") is not True
