"""Heads that no table has as a phrase, by the sorts of their words."""

from __future__ import annotations

import pytest

from jmdi.words.folding import fold
from jmdi_workplan.plan.columns import match_columns
from jmdi_workplan.plan.composed import compose

HEADS = {
    "responsible": "Mandated directorate|Cellule chargée|Dependencia encargada|Repartição incumbida"
    "|المصلحة المكلفة|To be carried out by",
    "partner": "Assisting bodies|Organismes coopérants|Dependencias que apoyan|الهيئات المساندة",
    "funding-source": "Provenance of money|Provenance des crédits|Procedencia del monto"
    "|مصدر الأموال",
    "finance": "Projected outlay|Enveloppe requise|Cuantía solicitada"
    "|Quantia prevista|الكلفة المرتقبة",
    "timeline": "Envisaged window|Moment prévu|Lapso previsto|Momento previsto|الفترة المرتقبة",
    "audience": "Intended clientele|Auditoire visé|Clientela dirigida"
    "|Público visado|الشرائح المستهدفة",
    "action": "Flagship undertakings|Démarches phares|Diligencias clave"
    "|Diligências-chave|الخطوات الرائدة",
    "status": "Stage of completion|Degré d'exécution|Grado de ejecución"
    "|Grau de execução|درجة الإنجاز",
    "baseline": "Initial value|Situation de départ|Situación inicial|Situação inicial",
    "number": "Identifier of the task|Identifiant|Identificador|رقم المهمة",
}


@pytest.mark.parametrize("meaning", HEADS)
def test_sorts_of_words_together_say_what_a_column_holds(meaning: str) -> None:
    found = {head: compose(fold(head))[:1] for head in HEADS[meaning].split("|")}
    assert {one[0][0] if one else "" for one in found.values()} == {meaning}, found


def test_one_word_that_is_not_known_makes_it_less_sure() -> None:
    assert compose("quorvex outlay") == (("finance", 0.5),)
    assert compose("quorvex blimtar outlay") == ()


def test_approvals_small_words_and_years_are_no_heads() -> None:
    assert not any(map(compose, ("approved by", "by", "of the", "2024", "national")))


def test_a_phrase_inside_does_not_outweigh_the_whole() -> None:
    columns = match_columns(["Diligence des tâches", "Provenance des ressources"])
    assert columns[1].meaning == "funding-source"


def test_by_says_who_only_at_the_end() -> None:
    assert compose("trabajo por hacer")[0][0] == "action"
    assert compose("work to be done by")[0][0] == "responsible"


def test_to_date_is_no_date() -> None:
    assert compose("logrado a la fecha")[0][0] == "actual"
