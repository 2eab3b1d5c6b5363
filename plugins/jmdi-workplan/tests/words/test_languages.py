"""A plan in each language is read to the same facts."""

from __future__ import annotations

import csv
import io

import pytest

import jmdi
from jmdi.words.tables import LANGUAGES
from jmdi_workplan.words.lexicon import words_of

HEADERS = {
    "en": ("Action", "Objective", "Target audience", "Place", "Timeline", "Budget"),
    "fr": ("Action", "Objectif", "Public cible", "Lieu", "Calendrier", "Coût"),
    "es": ("Acción", "Objetivo", "Público meta", "Lugar", "Cronograma", "Presupuesto"),
    "pt": ("Ação", "Objetivo", "Público-alvo", "Localização", "Cronograma", "Orçamento"),
    "ar": ("الإجراء", "الهدف", "الفئة المستهدفة", "المكان", "الجدول الزمني", "الميزانية"),
}
ROWS = {
    "en": (
        ("Fair", "Inform", "30 people", "nationwide", "19 October 2015", "USD 3 thousand"),
        ("Forum", "Inform", "Women", "online", "first quarter 2016", "to be determined"),
        ("Visit", "Learn", "Youth", "Praia", "from March to May 2016", "none"),
    ),
    "fr": (
        ("Foire", "Informer", "30 personnes", "tout le pays", "19 octobre 2015", "USD 3 mille"),
        ("Forum", "Informer", "Femmes", "en ligne", "premier trimestre 2016", "à déterminer"),
        ("Visite", "Apprendre", "Jeunes", "Praia", "de mars à mai 2016", "aucun"),
    ),
    "es": (
        ("Feria", "Informar", "30 personas", "todo el país", "19 de octubre de 2015", "USD 3 mil"),
        ("Foro", "Informar", "Mujeres", "en línea", "primer trimestre de 2016", "por definir"),
        ("Visita", "Aprender", "Jóvenes", "Praia", "de marzo a mayo de 2016", "ninguno"),
    ),
    "pt": (
        ("Feira", "Informar", "30 pessoas", "todo o país", "19 de outubro de 2015", "USD 3 mil"),
        ("Fórum", "Informar", "Mulheres", "à distância", "primeiro trimestre de 2016", "a definir"),
        ("Visita", "Aprender", "Jovens", "Praia", "de março a maio de 2016", "nenhum"),
    ),
    "ar": (
        ("معرض", "إعلام", "30 شخصا", "كامل التراب الوطني", "19 أكتوبر 2015", "USD 3 آلاف"),
        ("منتدى", "إعلام", "نساء", "عن بعد", "الربع الأول 2016", "قيد التحديد"),
        ("زيارة", "تعلم", "شباب", "برايا", "من مارس إلى ماي 2016", "لا شيء"),
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_reads_the_same_in_every_language(language: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([HEADERS[language], *ROWS[language]])
    ds = jmdi.read(io.BytesIO(text.getvalue().encode()), format="workplan:csv")
    meanings = ("action", "objective", "audience", "place", "timeline", "finance")
    assert ds.of(jmdi.WorkPlan)[0].tables[0].meanings == meanings
    actions = ds.of(jmdi.Action)
    assert [a.timeline.edtf for a in actions if a.timeline] == [
        "2015-10-19",
        "2016-33",
        "2016-03/2016-05",
    ]
    money = [m for a in actions for m in a.finance]
    assert [m.reason for m in money] == [None, "to_be_determined", "not_applicable"]
    assert (money[0].amount, money[0].currency) == (3000, "USD")
    assert actions[0].audience[0].size is not None
    assert actions[0].audience[0].size.value == 30


def test_every_language_speaks_of_every_topic_of_dates_and_headers() -> None:
    for topic in ("month", "weekday", "ordinal", "unit", "length", "part", "column", "title-block"):
        assert {word.language for word in words_of(topic)} == set(LANGUAGES), topic
    for language in LANGUAGES:
        months = {word.meaning for word in words_of("month") if word.language == language}
        assert months == {str(number) for number in range(1, 13)}
        columns = {word.meaning for word in words_of("column") if word.language == language}
        assert columns >= {"action", "objective", "audience", "place", "timeline", "finance"}


def test_words_are_compared_without_accents_capitals_and_ligatures() -> None:
    from jmdi.words.folding import Folded, fold
    from jmdi_workplan.plan.header_words import meanings

    for header in ("Lieu de mise en œuvre", "LIEU DE MISE EN OEUVRE"):
        assert meanings(header)[0] == ("place", 1.0)
    assert fold("Œuvre") == Folded.of("Œuvre").low == "oeuvre"
