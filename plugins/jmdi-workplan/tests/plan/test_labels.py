from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmdi_workplan.plan.labels import corrected_label, is_label, label_kind, split_labels
from jmdi_workplan.plan.segments import Line
from jmdi_workplan.plan.title_block import read_header


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Country and territory of intervention (where the project is)", "country"),
        ("COUNTRY AND TERRITORY OF INTERVENTION", "country"),
        ("2. Country (ies)", "country"),
        ("Pays / Country", "country"),
        ("البلد والإقليم", "country"),
        ("Territories covered", "territory"),
        ("Zone d'intervention", "territory"),
        ("Author of the document", "author"),
        ("Autor/a del documento", "author"),
        ("مؤلف الوثيقة", "author"),
        ("Name of the organisation", "organisation"),
        ("Title of JMDI funded project", "initiative"),
        ("Intitulé de l'intervention", "initiative"),
        ("Programme name", "programme"),
        ("Título del plan", "title"),
        ("Project duration", "period"),
        ("Programme Period", "period"),
        ("Author's e-mail", "contact"),
        ("Name of contact person", "contact"),
        ("Author and contact", "contact"),
        ("All amounts in", "currency"),
        ("Versão do documento", "version"),
    ],
)
def test_the_head_of_a_label_decides(label: str, kind: str) -> None:
    assert label_kind(label) == kind
    assert label_kind(f"{label}:", "mark") == kind
    assert is_label(label)


@pytest.mark.parametrize(
    "text",
    [
        "Project management",
        "Country team",
        "Region VII",
        "Regions of Kolda",
        "Plan of work",
        "Programme of work 2016",
        "Policy work plan",
        "Phase 2",
        "Version 2",
        "Activity",
        "Objectif du projet",
        "Name",
        "",
    ],
)
def test_other_texts_are_no_labels(text: str) -> None:
    assert label_kind(text, "mark") == ""
    assert not is_label(text)


def test_a_colon_lets_any_words_follow_the_head() -> None:
    label = "Author of the present municipal migration roadmap"
    assert label_kind(label) == ""
    assert read_header([f"{label}: Planning unit"]).authors == ("Planning unit",)


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        ("Country: Nepal   Author: Unit", [("Country", "Nepal"), ("Author", "Unit")]),
        ("País: Ecuador; Autor: Unidad", [("País", "Ecuador"), ("Autor", "Unidad")]),
        ("Title: Return: and stay", [("Title", "Return: and stay")]),
        ("Country (e.g.: Senegal): Nepal", [("Country (e.g.: Senegal)", "Nepal")]),
        ("Work plan. Country: Nepal", [("", "Work plan"), ("Country", "Nepal")]),
        ("البلد: تونس   المؤلف: وحدة", [("البلد", "تونس"), ("المؤلف", "وحدة")]),
        ("Region III: 19 October", None),
        ("Note: this", None),
    ],
)
def test_several_labels_on_a_line(line: str, pairs: list[tuple[str, str]] | None) -> None:
    assert split_labels(line) == pairs


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_word_of_a_line_is_lost(line: str) -> None:
    pairs = split_labels(line)
    if pairs is not None:
        kept = "".join(label + value for label, value in pairs)
        assert set("".join(filter(str.isalnum, line))) == set("".join(filter(str.isalnum, kept)))


def test_a_form_that_nobody_filled_in_says_nothing() -> None:
    header = read_header(
        ["Author: [name of the author]", "Title of the project: ……", "Period: TBD", "Country: N/A"]
    )
    assert (header.authors, header.initiatives, header.period_words) == ((), (), None)
    assert header.country is None
    assert len(header.fields) == 4


def test_a_colon_too_many_is_read() -> None:
    header = read_header(["Work plan", "Country: Nepal:", "Author:", "Unit A", "Version:"])
    assert (header.country, header.authors, header.version) == ("NP", ("Unit A",), None)


def test_a_list_below_a_label_is_its_value() -> None:
    header = read_header(["Work plan", "Country: Senegal", "Territories:", "- Kolda", "- Sédhiou"])
    assert [one.code for one in header.territories] == ["SN-KD", "SN-SE"]


@pytest.mark.parametrize("unit", ["Country: ", "a : ", "Author (", "(:", "Title of "])
def test_long_lines_are_bounded(unit: str) -> None:
    assert read_header([unit * 20_000] * 5) is not None
    is_label(unit * 20_000)


@pytest.mark.parametrize(
    ("label", "right", "kind"),
    [
        ("Contry", "country", "country"),
        ("Auhtor of the document", "author of the document", "author"),
        ("Verison", "version", "version"),
        ("County", None, "territory"),
        ("Contract", None, ""),
        ("Objective", None, ""),
    ],
)
def test_a_slip_in_a_label(label: str, right: str | None, kind: str) -> None:
    assert corrected_label(label) == right
    assert label_kind(label, "mark") == kind


CELLS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "Country:",
                "Country",
                "Author",
                "Nepal",
                "Nepal:",
                ": ",
                "- x",
                "Year: ",
                "Unit A",
                "Local level",
                "Contact",
                "a@example.org",
                "Title of the",
                "\n",
            ]
        ),
        st.text(max_size=20),
    ),
    min_size=1,
    max_size=5,
)


@given(st.lists(CELLS, max_size=6))
@settings(max_examples=200, deadline=None)
def test_any_rows_are_read(rows: list[list[str]]) -> None:
    lines = [Line(tuple(row)) for row in rows]
    header = read_header(lines, lines)
    assert header == read_header(list(lines), list(lines))
    kept = (header.title, *header.authors, *header.initiatives, header.version or "")
    assert all("@example.org" not in words for words in kept)


def test_a_label_in_bold_ends_the_value_before_it():
    line = "**Prepared by:** Regional Planning Unit   **Date:** 12 January 2022"
    assert split_labels(line) == [
        ("**Prepared by", "Regional Planning Unit"),
        ("Date", "12 January 2022"),
    ]
