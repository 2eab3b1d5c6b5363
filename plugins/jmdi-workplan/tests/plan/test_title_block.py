from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmdi_workplan.plan.levels import read_level
from jmdi_workplan.plan.title_block import read_header


def territory_codes(lines: list[str]) -> list[str | None]:
    return [one.code for one in read_header(lines).territories]


def test_the_plan_of_the_programme() -> None:
    header = read_header(
        [
            "Policy work plan",
            "Country and territory: Philippines (Regions I, IV-A, V, VI, XI and NCR)",
            "Author: Department of Local Affairs",
        ]
    )
    assert header.title == "Policy work plan"
    assert header.country == "PH"
    assert [one.code for one in header.territories] == [
        "PH-01",
        "PH-40",
        "PH-05",
        "PH-06",
        "PH-11",
        "PH-00",
    ]
    assert header.authors == ("Department of Local Affairs",)
    assert header.fields[1] == ("Author", "Department of Local Affairs")
    assert header.contact == ()


@pytest.mark.parametrize(
    ("lines", "country", "codes"),
    [
        (["Pays / Territoire : Sénégal (Dakar, Thiès)"], "SN", ["SN-DK", "SN-TH"]),
        (["País y territorio:", "Costa Rica, Limón"], "CR", ["CR-L"]),
        (["Country\tNepal"], "NP", []),
        (["Country | Nepal"], "NP", []),
        (["País: Ecuador - Pichincha"], "EC", ["EC-P"]),
        (["Country: Dakar, Senegal"], "SN", ["SN-DK"]),
        (["Country and territory: El Salvador"], "SV", []),
        (["Gouvernorats: Sfax, Le Kef", "Pays: Tunisie"], "TN", ["TN-61", "TN-33"]),
        (["Plan d'action – Tunisie", "Gouvernorats: Sfax"], "TN", ["TN-61"]),
        (["Plan de travail", "Sénégal"], "SN", []),
        (["Country: Phillipines"], None, [None]),
        (["Republic of Ghana\nMinistry of the Interior", "Action plan"], "GH", []),
        (["Government of Nepal", "Annual programme"], "NP", []),
        (["République tunisienne", "Plan d'action"], "TN", []),
        (["República da Guiné-Bissau", "Plano de actividades"], "GW", []),
        (["المملكة الأردنية الهاشمية", "الخطة التنفيذية"], "JO", []),
        (["Country: Kosovo"], "XK", []),
        (["1. Pays (et territoires) : Maroc – Souss-Massa"], "MA", ["MA-09"]),
    ],
)
def test_country_and_territory(
    lines: list[str], country: str | None, codes: list[str | None]
) -> None:
    assert read_header(lines).country == country
    assert territory_codes(lines) == codes


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (["Author: Department A"], ("Department A",)),
        (["Élaboré par : Agence A / Agence B"], ("Agence A", "Agence B")),
        (["Elaborado por", "Municipalidad A; Ministerio B"], ("Municipalidad A", "Ministerio B")),
        (["Prepared by Ministry A"], ("Ministry A",)),
        (["AUTHOR(S)\tOffice A"], ("Office A",)),
    ],
)
def test_authors(lines: list[str], authors: tuple[str, ...]) -> None:
    assert read_header(lines).authors == authors


def test_a_wide_gap_ends_a_value() -> None:
    (line,) = ["Submitted by: Ms Mensah, Head of Planning      Date: 12 January 2024"]
    assert read_header([line]).fields == (
        ("Submitted by", "Ms Mensah, Head of Planning"),
        ("Date", "12 January 2024"),
    )


def test_a_duration_is_no_period_where_the_title_has_years() -> None:
    assert read_header(["Action plan 2024-2026", "Duration: 36 months"]).period_words == "2024-2026"
    assert read_header(["Action plan", "Duration: 36 months"]).period_words == "36 months"


def test_period_and_programme() -> None:
    header = read_header(["Plan de trabajo 2015-2016", "Proyecto: Redes locales"])
    assert (header.period_words, header.initiatives) == ("2015-2016", ("Redes locales",))
    assert read_header(["Period: January to June 2015"]).period_words == "January to June 2015"


@pytest.mark.parametrize(
    "line",
    [
        "Contact: Office A",
        "Tel. +000 2222 3333",
        "someone@example.org",
        "E-mail : a.b@example.org",
        "Focal point: Person A",
        "(02) 555-01-23 office",
    ],
)
def test_contact_data_is_found(line: str) -> None:
    header = read_header(["Work plan", line])
    assert len(header.contact) == 1
    assert line.split(":")[0].split()[0] in header.contact[0]
    assert header.title == "Work plan"
    assert "contact=" not in repr(header)


@pytest.mark.parametrize(
    "line",
    [
        *("Date: 12/10/2015", "2015-2016", "Budget: 1 500", "2015/03/01"),
        "Budget global : 45 000 000",
        "Montant : 45.000.000 FCFA",
        "Plan of USD 1 250 000",
        "Number of beneficiaries: 1 250 000",
    ],
)
def test_dates_are_no_telephone_numbers(line: str) -> None:
    assert read_header([line]).contact == ()


@pytest.mark.parametrize(
    ("heading", "level"),
    [
        ("Local level", "local"),
        ("NIVEAU LOCAL :", "local"),
        ("Nivel local", "local"),
        ("Nivel nacional", "4"),
        ("II. National level", "4"),
        ("Table 2: national level", "4"),
        ("Plan d'action au niveau national", "4"),
        ("Provincial", "6"),
        ("Niveau des gouvernorats", "6"),
        ("Nivel departamental", "6"),
        ("Municipal", "7"),
        ("Niveau communal", "7"),
        ("Barangay level", "8"),
        ("Local and national level", None),
        ("Regional level", None),
        ("National Migration Council", None),
        ("Work plan", None),
        ("", None),
    ],
)
def test_levels(heading: str, level: str | None) -> None:
    assert read_level(heading) == level


def test_regional_needs_a_country_of_regions() -> None:
    assert read_level("Regional level", country="PH") == "6"
    assert read_level("Niveau régional", country="SN") == "6"
    assert read_level("Nivel regional", country="SV") is None


LINES = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.sampled_from(["Country:", "Author: A", "Pays : Sénégal (Dakar", "|", ": :", "a@b.cd"]),
    ),
    max_size=30,
)


@given(LINES)
@settings(max_examples=200, deadline=None)
def test_any_lines_are_read(lines: list[str]) -> None:
    header = read_header(lines)
    assert header == read_header(list(lines))
    for line in lines:
        read_level(line)


@pytest.mark.parametrize("unit", ["1 ", "a@", "(", ", ", "Country: ", "- ", "+1"])
def test_long_lines_are_bounded(unit: str) -> None:
    assert read_header([unit * 20_000] * 20) is not None
    assert read_level(unit * 20_000) is None


@pytest.mark.parametrize(
    ("title", "country"),
    [
        ("Work plan for Cabo Verde 2016", "CV"),
        ("Plan de travail du Sénégal", "SN"),
        ("Plan d'action de la Tunisie 2016-2017", "TN"),
        ("Plan de trabajo de El Salvador", "SV"),
        ("خطة عمل تونس 2016", "TN"),
        ("Support to Filipinos in Italy: work plan", None),
    ],
)
def test_whose_plan_a_title_names(title: str, country: str | None) -> None:
    assert read_header([title]).country == country


def test_a_country_and_its_places_on_a_line() -> None:
    header = read_header(["Plan d'action", "Sénégal / Région de Kolda"])
    assert header.country == "SN"
    assert [one.code for one in header.territories] == ["SN-KD"]


def test_values_that_tell_their_labels_need_no_colon() -> None:
    header = read_header(
        ["Plan", "Country Philippines", "All amounts in Philippine pesos", "Version 3 – draft"]
    )
    assert (header.country, header.currency, header.version) == ("PH", "PHP", "3 – draft")


@pytest.mark.parametrize(
    "line", ["Budget: USD 5,000", "Objective of the project: inform", "Project number: 123"]
)
def test_a_line_about_something_else_is_no_title(line: str) -> None:
    assert read_header([line]).title == ""


def test_an_author_keeps_the_name_and_loses_the_address() -> None:
    header = read_header(["Author: Unit A (contact: a@example.org)"])
    assert header.authors == ("Unit A",)
    assert header.contact == ("Author: Unit A (contact: a@example.org)",)


@pytest.mark.parametrize(
    ("lines", "country", "authors"),
    [
        (["Quorvex: Ghana", "Penned by: Town Hall"], "GH", ("Town Hall",)),
        (["Donor: Japan", "Approved by: Ministry"], None, ()),
        (["Quorvex: Ghana", "Blimtar: Togo"], None, ()),
        (["Formulado por: Alcaldía", "Monté par: Mairie"], None, ("Alcaldía", "Mairie")),
    ],
)
def test_labels_that_nobody_knows(
    lines: list[str], country: str | None, authors: tuple[str, ...]
) -> None:
    found = read_header(["Work plan 2024", *lines])
    assert (found.country, found.authors) == (country, authors)
