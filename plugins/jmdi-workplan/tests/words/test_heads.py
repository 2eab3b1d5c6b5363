"""Heads of columns as ministries, town halls and agencies type them."""

from __future__ import annotations

import pytest

from jmdi_workplan.plan.header_words import meanings

HEADS = {
    "action": "List of activities|Liste des tâches|Listado de tareas|Lista de ações|وصف الأنشطة",
    "project": "Project name|Intitulé du projet|Nombre del proyecto|Nome do projeto|اسم المشروع",
    "responsible": "Party responsible|Service chargé|Titular|Órgão gestor|الهيئة المنفذة",
    "partner": "Partners involved|Structures d'appui|Aliados|Parceiros envolvidos|بدعم من",
    "finance": "Budget allocation|Crédits alloués|Dotación|Verba|الغلاف المالي",
    "funding-source": "Donor|Origine des fonds|Donante|Concedente|الجهة المانحة",
    "timeline": "By when|D'ici quand|Hasta cuándo|Até quando|إلى متى",
    "audience": "Persons reached|Population visée|Destinatarios|Utentes|الساكنة المستفيدة",
    "place": "Duty station|Cercle|Cobertura territorial|Concelho|المجال الترابي",
    "status": "Completion rate|Taux d'exécution|Grado de avance|Andamento|نسبة الإنجاز",
}


@pytest.mark.parametrize("meaning", HEADS)
def test_heads_of_five_languages(meaning: str) -> None:
    found = {head: meanings(head)[0] for head in HEADS[meaning].split("|")}
    assert {said for said, score in found.values() if score > 0.7} == {meaning}, found


def test_what_a_list_is_of_decides() -> None:
    assert meanings("Description of the indicator")[0] == ("indicator", 1.0)
    assert meanings("Description") == ()
