"""Who carries an action out, who is a partner and who pays."""

from __future__ import annotations

import io

import pytest

import jmdi


def roles(head: str, *rows: str) -> list[tuple[str, str | None]]:
    """Name and role of each actor on the actions of a plan."""
    text = "\n".join(["Action,Objective," + head, *(f"Fair,Inform,{row}" for row in rows)])
    found = jmdi.read(io.BytesIO(text.encode()), format="workplan:csv", on_error="keep")
    parts = found.of(jmdi.Participates)
    return [(found.get(p.source).label(), p.role.code if p.role else None) for p in parts]


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Responsible party", "implementing"),
        ("Implementing partner", "implementing"),
        ("Partners", "partner"),
        ("Partenaires", "partner"),
        ("Aliados estratégicos", "partner"),
        ("Parceiros", "partner"),
        ("الشركاء", "partner"),
        ("Source of funds", "funding"),
        ("Source de financement", "funding"),
        ("Responsible and partners", None),
    ],
)
def test_the_column_says_the_role(head, role):
    assert roles(head, "Town Hall") == [("Town Hall", role)]


@pytest.mark.parametrize(
    "words", ["Town Hall; Bank", "Town Hall / Bank", '"- Town Hall\n- Bank\n- TBD"']
)
def test_a_cell_lists_actors(words):
    assert [name for name, _ in roles("Partners", words)] == ["Town Hall", "Bank"]


def test_acronyms_one_after_the_other_are_several_actors():
    assert [name for name, _ in roles("Partners", '"IOM, UNDP and DOLE/OWWA"')] == [
        "IOM",
        "UNDP",
        "DOLE",
        "OWWA",
    ]
    assert roles("Responsible", "Ministry of Labour and Employment") == [
        ("Ministry of Labour and Employment", "implementing")
    ]


PURSES = ["General Fund", "20% Development Fund", "recursos ordinarios", "موارد ذاتية"]


@pytest.mark.parametrize(
    "words",
    ["TBD", "–", "in kind", "USD 500", "own funds", "fonds propres", "District budget", *PURSES],
)
def test_what_is_nobody_is_no_funder(words):
    assert roles("Funding source", words) == []


def test_an_author_who_is_responsible_is_one_actor():
    text = b"Work plan\nAuthor: Town Hall\n\nAction,Objective,Responsible\nFair,Inform,Town Hall\n"
    found = jmdi.read(io.BytesIO(text), format="workplan:csv")
    (actor,) = found.of(jmdi.Actor)
    parts = [part for part in found.of(jmdi.Participates) if part.source == actor.id]
    assert sorted(part.role.code for part in parts) == ["author", "implementing"]


def test_an_acronym_is_a_funder_where_it_is_an_actor_elsewhere():
    assert roles("Partners,Funding source", "IOM,TRAC", "Town Hall,IOM") == [
        ("IOM", "partner"),
        ("Town Hall", "partner"),
        ("IOM", "funding"),
    ]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ('"ARD, Conseil départemental"', ["ARD", "Conseil départemental"]),
        ('"DILG, Region V"', ["DILG, Region V"]),
        ('"Assembly (lead), Health Service (aid)"', ["Assembly (lead)", "Health Service (aid)"]),
        ('"Ministry of Labour, Employment and Social Security"', None),
    ],
)
def test_acronyms_show_that_commas_list_actors(words, names):
    assert [name for name, _ in roles("Support", words)] == (names or [words.strip('"')])


LISTS = [
    ["Chamber of Commerce", "Kenya Red Cross", "A. Person"],
    ["Kenya National Bureau of Statistics", "Maseno University"],
    ["Atikha", "Bank of the Philippine Islands"],
    ["GAD Azogues", "Universidad Católica de Cuenca", "Cruz Roja"],
    ["Communes", "associations locales", "BAOS"],
    ["IOM", "Ministry of Labour, Employment and Social Security", "Caritas"],
    ["Ministério do Trabalho, Solidariedade e Segurança Social", "FDD"],
    ["Department of Agriculture", "Chamber of Commerce"],
    ["Direction de la Santé, Action sociale et Solidarité", "OIM"],
    ["Secretary, Planning Unit"],
    ["A. Person, Head of Planning"],
    ["Directorate of Youth, Ministry of Sports"],
    ["Ministère de l'emploi, de la formation et du travail"],
]


@pytest.mark.parametrize("names", LISTS)
def test_commas_part_names_unless_what_follows_goes_on_with_one(names):
    assert [name for name, _ in roles("Partners", f'"{", ".join(names)}"')] == names


def test_an_arabic_comma_parts_names_but_no_ministry():
    words = "وزارة العمل، التشغيل والتضامن، الهلال الأحمر"
    assert [name for name, _ in roles("Partners", words)] == [
        "وزارة العمل، التشغيل والتضامن",
        "الهلال الأحمر",
    ]


@pytest.mark.parametrize("line", ["République du Sénégal", "Senegal", "Kolda, Sénégal"])
def test_a_country_above_a_table_is_no_caption(line):
    text = f"Plan de travail\n{line}\n\nActivité,Objectif\nForum,Informer\n"
    (plan,) = jmdi.read(io.BytesIO(text.encode()), format="workplan:csv").of(jmdi.WorkPlan)
    assert plan.country == "SN"
    assert not plan.tables[0].title
