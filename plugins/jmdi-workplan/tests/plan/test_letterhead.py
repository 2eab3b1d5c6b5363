"""Lines without a label above a plan: whose it is, of which country and when; what is none."""

from __future__ import annotations

import io

import pytest

import jmdi
from jmdi_workplan.plan.letterhead import is_organisation, period_in, pieces
from jmdi_workplan.plan.title_block import PlanHeader, read_header


def said(*lines: str) -> tuple[str, tuple[str, ...], str | None, str | None]:
    found: PlanHeader = read_header(lines)
    return found.title, found.unlabelled, found.country, found.period_words


@pytest.mark.parametrize(
    ("lines", "title", "bodies", "country", "period"),
    [
        # English
        (
            ["Republic of Kenya", "County Government of Turkana", "Annual Work Plan 2022"],
            "Annual Work Plan 2022",
            ["County Government of Turkana"],
            "KE",
            "2022",
        ),
        (
            ["MALOLOS CITY COUNCIL", "Programme of work, January to June 2019"],
            "Programme of work, January to June 2019",
            ["MALOLOS CITY COUNCIL"],
            None,
            "January to June 2019",
        ),
        (
            ["Kingdom of Lesotho – Ministry of Home Affairs", "Schedule for 2020"],
            "Schedule for 2020",
            ["Ministry of Home Affairs"],
            "LS",
            "2020",
        ),
        (
            ["Diaspora action plan 2023-2025 | Department of Foreign Affairs"],
            "Diaspora action plan 2023-2025",
            ["Department of Foreign Affairs"],
            None,
            "2023-2025",
        ),
        (
            ["Working plan", "Association of Returnees, 2018", "Zambia"],
            "Working plan",
            ["Association of Returnees"],
            "ZM",
            "2018",
        ),
        (["UNHCR Malawi", "Work plan"], "Work plan", ["UNHCR Malawi"], "MW", None),
        # French
        (
            ["République togolaise", "Préfecture de Tchaoudjo", "Chronogramme 2021"],
            "Chronogramme 2021",
            ["Préfecture de Tchaoudjo"],
            "TG",
            "2021",
        ),
        (
            ["Ville de Sokodé : plan d'action 2019"],
            "Ville de Sokodé : plan d'action 2019",
            ["Ville de Sokodé"],
            None,
            "2019",
        ),
        (
            ["Haut Commissariat aux Maliens de l'extérieur", "Programmation triennale 2018-2020"],
            "Programmation triennale 2018-2020",
            ["Haut Commissariat aux Maliens de l'extérieur"],
            None,
            "2018-2020",
        ),
        (
            ["Plan de travail – Mairie de Kaffrine (Sénégal)", "De mai à juillet 2017"],
            "Plan de travail – Mairie de Kaffrine (Sénégal)",
            ["Mairie de Kaffrine"],
            "SN",
            "mai à juillet 2017",
        ),
        # Spanish
        (
            ["Alcaldía Municipal de Usulután, El Salvador", "Plan operativo 2015"],
            "Plan operativo 2015",
            ["Alcaldía Municipal de Usulután"],
            "SV",
            "2015",
        ),
        (
            ["Ilustre Municipalidad de Recoleta", "Cartera de proyectos 2020-2024"],
            "Cartera de proyectos 2020-2024",
            ["Ilustre Municipalidad de Recoleta"],
            None,
            "2020-2024",
        ),
        (
            ["Estado Plurinacional de Bolivia", "Viceministerio de Justicia", "Cronograma"],
            "Cronograma",
            ["Viceministerio de Justicia"],
            "BO",
            None,
        ),
        (
            ["Plan de acción", "Cantón Nabón, Ecuador. Período 2014-2016"],
            "Plan de acción",
            [],
            "EC",
            "2014-2016",
        ),
        # Portuguese
        (
            ["República de Angola", "Governo Provincial da Huíla", "Programa anual 2016"],
            "Programa anual 2016",
            ["Governo Provincial da Huíla"],
            "AO",
            "2016",
        ),
        (
            ["Prefeitura de Manaus - Secretaria da Mulher", "Calendário de ações 2019"],
            "Calendário de ações 2019",
            ["Prefeitura de Manaus", "Secretaria da Mulher"],
            None,
            "2019",
        ),
        (
            ["Alto Comissariado para as Migrações", "Plano, 2.º trimestre de 2020"],
            "Plano, 2.º trimestre de 2020",
            ["Alto Comissariado para as Migrações"],
            None,
            "2.º trimestre de 2020",
        ),
        # Arabic
        (
            ["جمهورية العراق", "وزارة الهجرة والمهجرين", "خطة العمل ٢٠٢١"],
            "خطة العمل ٢٠٢١",
            ["وزارة الهجرة والمهجرين"],
            "IQ",
            "٢٠٢١",
        ),
        (
            ["جمعية المرأة الريفية - موريتانيا", "رزنامة 2017"],
            "رزنامة 2017",
            ["جمعية المرأة الريفية"],
            "MR",
            "2017",
        ),
    ],
)
def test_a_letterhead(
    lines: list[str], title: str, bodies: list[str], country: str | None, period: str | None
) -> None:
    assert said(*lines) == (title, tuple(bodies), country, period)


@pytest.mark.parametrize(
    "line",
    [
        *("Building Trust", "Civil Society", "Sector: health", "Open a Help Centre", "Forum"),
        *("Services to returnees in the city", "The council discussed housing.", "1. Ministry"),
        *("Société civile et migration", "Ordre du jour de la réunion", "Conseils aux migrants"),
        *("Sociedad civil organizada", "Área de intervención", "Escuela de líderes"),
        *(
            "Sociedade civil",
            "Programa de formação",
            "برنامج التدريب",
            "Training of Staff in Cities",
        ),
        *("Provincia de Loja", "Region V", "Ghana", "2016", "Safer Migration Programme"),
        *("Community radio", "ordre public", "Summer School", "Regional Forum on Migration"),
    ],
)
def test_what_is_no_organisation(line: str) -> None:
    assert not [piece for piece in pieces(line) if piece.kind == "organisation"]


def test_commas_inside_a_name_stay() -> None:
    name = "Ministry of Labour, Employment and Social Security"
    assert is_organisation(name)
    assert read_header([name, "Work plan"]).unlabelled == (name,)


def test_a_country_and_a_place_behind_a_comma() -> None:
    header = read_header(["Work plan", "Municipality of Pavia, Province of Iloilo, Philippines"])
    assert header.country == "PH"
    assert [one.code for one in header.territories] == ["PH-ILI"]


def test_who_is_labelled_is_not_named_twice() -> None:
    header = read_header(["Town Hall of Naga", "Work plan", "Author: Town Hall of Naga"])
    assert (header.authors, header.unlabelled) == (("Town Hall of Naga",), ())


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Work plan 1 July 2020 - 30 June 2021", "1 July 2020 - 30 June 2021"),
        ("Suivi du plan au 30 septembre 2018", None),
        ("Work plan FY 2016/17", "FY 2016/17"),
        ("Work plan", None),
        ("Plan for Q1 2020", "Q1 2020"),
    ],
)
def test_the_period_of_a_title(title: str, period: str | None) -> None:
    assert period_in(title) == period


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        *(("Implementing office: A", "organisation"), ("Unidad ejecutora: A", "organisation")),
        *(("Direction chargée : A", "organisation"), ("Órgão executor: A", "organisation")),
        *(("Dependencia: A", "organisation"), ("المديرية: A", "organisation")),
        *(("Department: A", "organisation"), ("Maître d'ouvrage : A", "organisation")),
    ],
)
def test_labels_of_organisations(line: str, kind: str) -> None:
    assert read_header(["Work plan", line]).organisations == ("A",)


def test_who_approves_is_no_author() -> None:
    header = read_header(["Work plan", "Prepared by:|Approved by:", "Planning unit|Mayor"])
    assert (header.title, header.authors) == ("Work plan", ("Planning unit",))


def test_a_row_of_labels_of_which_one_is_not_known() -> None:
    header = read_header(["Work plan", "Project title|Safe return|Project code|CD.42"])
    assert header.initiatives == ("Safe return",)
    assert ("Project code", "CD.42") in header.fields


@pytest.mark.parametrize("line", ["COMMUNE DE DJOUGOU", "LOCAL GOVERNMENT ACADEMY"])
def test_a_name_in_capitals_is_no_label(line: str) -> None:
    header = read_header([line, "Plan de travail 2019"])
    assert (header.title, header.unlabelled) == ("Plan de travail 2019", (line,))


@pytest.mark.parametrize(
    "line", ["Donor:|Red Fund", "Bailleur : Red Fund", "Financiador: Red Fund"]
)
def test_who_pays_is_no_organisation_of_the_plan(line: str) -> None:
    header = read_header(["Work plan", line])
    assert (header.funders, header.organisations, header.unlabelled) == (("Red Fund",), (), ())


@pytest.mark.parametrize(
    "line",
    [
        "Lead: Town Hall of Naga",
        "Implemented by: Town Hall of Naga",
        "Responsable: Town Hall of Naga",
    ],
)
def test_who_is_in_charge_is_an_organisation_of_the_plan(line: str) -> None:
    assert read_header(["Work plan", line]).organisations == ("Town Hall of Naga",)
    assert read_header(["Work plan", "Lead: J. Mensah"]).organisations == ()


def test_a_start_and_a_day_are_no_period() -> None:
    header = read_header(["Action plan", "Duration: 24 months", "Start: 1 March 2020"])
    assert (header.period_words, header.start_words) == ("24 months", "1 March 2020")
    assert read_header(["Plan", "Place and date: Quito, 3 May 2018"]).territories == ()


@pytest.mark.parametrize("line", ["Unit: USD", "Service: health", "Partners: –", "Signature: ____"])
def test_labels_whose_values_name_nobody(line: str) -> None:
    header = read_header([line, "Work plan"])
    assert (header.title, header.organisations) == ("Work plan", ())


TABLE = "\n\nActivities\n\n|Activity|When|\n|-|-|\n|Train|May|\n"


@pytest.mark.parametrize(
    "name", ["Ministry of Planning", "Ministerio de Trabajo", "Ministère du Plan", "وزارة العمل"]
)
def test_a_ministry_whose_subject_is_a_word_of_plans_is_no_label(name):
    text = f"{name}\n\nWork plan 2020{TABLE}"
    found = jmdi.read(io.BytesIO(text.encode()), format="workplan:markdown", on_error="keep")
    assert [actor.label() for actor in found.of(jmdi.Actor)] == [name]


def test_lines_say_who_wrote_a_plan_and_in_which_currency():
    text = f"Annual plan 2020\n\nPrepared by DILG\n\nAll amounts in NPR{TABLE}"
    found = jmdi.read(io.BytesIO(text.encode()), format="workplan:markdown", on_error="keep")
    (plan,) = found.of(jmdi.WorkPlan)
    assert [found.get(author).label() for author in plan.authors] == ["DILG"]
    assert plan.extra["currency"] == "NPR"


@pytest.mark.parametrize("label", ["Policy", "Estrategia", "Politique"])
def test_a_policy_has_the_title_behind_its_label(label):
    text = f"|{label}:|Return with dignity|\n|-|-|\n|Version:|2|\n{TABLE}"
    found = jmdi.read(io.BytesIO(text.encode()), format="workplan:markdown", on_error="keep")
    assert found.of(jmdi.WorkPlan)[0].label() == "Return with dignity"


@pytest.mark.parametrize("line", ["— —", "« »"])
def test_marks_alone_are_no_organisation(line):
    assert not is_organisation(line)
