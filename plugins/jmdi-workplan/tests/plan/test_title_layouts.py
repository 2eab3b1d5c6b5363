"""The same title block in five languages and every layout that people give it says the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from itertools import chain

import docx
import openpyxl
import pytest

import jmdi

Rows = Sequence[Sequence[str]]

VALUES = ("Planning unit", "Return and stay", "2016-2017", "XOF", "2.1", "Kolda council")
PLANS: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        "Work plan of the region",
        "Senegal; Kolda and Sedhiou",
        (
            "Country and territory of intervention (please list all regions: state, province)",
            "Author of the document",
            "Title of JMDI funded project",
            "Duration of the project",
            "Currency used in the plan",
            "Version of the document",
            "Organisation responsible for the implementation",
        ),
        ("Action", "Objective", "Timeline", "Budget"),
    ),
    "fr": (
        "Plan de travail de la région",
        "Sénégal ; Kolda et Sédhiou",
        (
            "Pays et territoire d'intervention (là où le projet est mis en œuvre)",
            "Auteur du document",
            "Titre du projet financé par l'ICMD",
            "Durée du projet",
            "Devise utilisée",
            "Version du document",
            "Organisme responsable du plan",
        ),
        ("Action", "Objectif", "Calendrier", "Budget"),
    ),
    "es": (
        "Plan de trabajo de la región",
        "Senegal; Kolda y Sédhiou",
        (
            "País y territorio de intervención (donde se ejecuta)",
            "Autor del documento",
            "Título del proyecto financiado por la ICMD",
            "Duración del proyecto",
            "Moneda utilizada",
            "Versión del documento",
            "Institución responsable del plan",
        ),
        ("Acción", "Objetivo", "Cronograma", "Presupuesto"),
    ),
    "pt": (
        "Plano de trabalho da região",
        "Senegal; Kolda e Sédhiou",
        (
            "País e território de intervenção (onde se realiza)",
            "Autor do documento",
            "Título do projeto financiado pela JMDI",
            "Duração do projeto",
            "Moeda utilizada",
            "Versão do documento",
            "Entidade responsável pelo plano",
        ),
        ("Ação", "Objetivo", "Cronograma", "Orçamento"),
    ),
    "ar": (
        "خطة عمل الجهة",
        "السنغال؛ Kolda, Sedhiou",
        (
            "البلد وإقليم التدخل (حيث ينفذ المشروع)",
            "مؤلف الوثيقة",
            "عنوان المشروع الممول",
            "مدة المشروع",
            "العملة المستعملة",
            "نسخة الوثيقة",
            "المؤسسة المسؤولة عن الخطة",
        ),
        ("الإجراء", "الهدف", "الجدول الزمني", "الميزانية"),
    ),
}
BODY = ("Forum", "Inform", "2016-03", "FCFA 200 000")

ROWS: dict[str, Callable[[list[tuple[str, str]]], Rows]] = {
    "a row each": lambda pairs: [*pairs, ()],
    "right above the header": lambda pairs: pairs,
    "two in a row": lambda pairs: [
        *(tuple(chain(*pairs[at : at + 2])) for at in range(0, len(pairs), 2)),
        (),
    ],
    "labels above values": lambda pairs: [*zip(*pairs, strict=True), ()],
    "with colons": lambda pairs: [*((f"{label}: {value}",) for label, value in pairs), ()],
}


def as_csv(rows: Rows) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def as_xlsx(rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))  # type: ignore[union-attr]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def paragraphs(document: docx.document.Document, pairs: list[tuple[str, str]]) -> None:
    for label, value in pairs:
        document.add_paragraph(label)
        document.add_paragraph(value)


def bold_runs(document: docx.document.Document, pairs: list[tuple[str, str]]) -> None:
    for label, value in pairs:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(value)


def several_on_a_line(document: docx.document.Document, pairs: list[tuple[str, str]]) -> None:
    for part in (pairs[:1], pairs[1:3], pairs[3:5], pairs[5:]):
        document.add_paragraph("    ".join(f"{label}: {value}" for label, value in part))


def table(document: docx.document.Document, pairs: list[tuple[str, str]]) -> None:
    rows = document.add_table(0, 4)
    for label, value in pairs:
        cells = rows.add_row().cells
        cells[0].text = label
        cells[1].merge(cells[3]).text = value


def one_cell(document: docx.document.Document, pairs: list[tuple[str, str]]) -> None:
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "\n".join(f"{label} : {value}" for label, value in pairs)


def page(document: docx.document.Document, pairs: list[tuple[str, str]]) -> None:
    section = document.sections[0]
    lines = [f"{label}: {value}" for label, value in pairs]
    section.header.paragraphs[0].text = "\t".join(lines[:4])
    section.footer.paragraphs[0].text = " – ".join(lines[4:])


WORD = (paragraphs, bold_runs, several_on_a_line, table, one_cell, page)


def check(ds: jmdi.Dataset, title: str) -> None:
    (plan,) = ds.of(jmdi.WorkPlan)
    assert list(plan.names.values()) == [title]
    codes = [ds.get(t, jmdi.Territory).code for t in plan.territories]
    assert plan.country == "SN"
    assert [code.code for code in codes if code] == ["SN-KD", "SN-SE"]
    assert [ds.get(one, jmdi.Actor).label() for one in plan.authors] == ["Planning unit"]
    others = [one.label() for one in ds.of(jmdi.Actor) if one.id not in plan.authors]
    assert others == ["Kolda council"]
    assert [ds.get(one, jmdi.Initiative).label() for one in plan.initiatives] == ["Return and stay"]
    assert plan.period is not None
    assert plan.period.words == "2016-2017"
    assert plan.extra == {"currency": "XOF", "version": "2.1"}
    (action,) = ds.of(jmdi.Action)
    assert list(action.names.values()) == ["Forum"]
    assert [(money.amount, money.currency) for money in action.finance] == [(200_000, "XOF")]


def pairs_of(language: str) -> list[tuple[str, str]]:
    _, place, labels, _ = PLANS[language]
    return list(zip(labels, (place, *VALUES), strict=True))


@pytest.mark.parametrize("layout", ROWS)
@pytest.mark.parametrize("language", PLANS)
def test_rows(language: str, layout: str) -> None:
    title, _, _, head = PLANS[language]
    rows = [(title,), *ROWS[layout](pairs_of(language)), head, BODY]
    for format, made in (("csv", as_csv(rows)), ("xlsx", as_xlsx(rows))):
        ds = jmdi.read(io.BytesIO(made), format=f"workplan:{format}", on_error="keep")
        check(ds, title)


@pytest.mark.parametrize("layout", WORD)
@pytest.mark.parametrize("language", PLANS)
def test_word(
    language: str, layout: Callable[[docx.document.Document, list[tuple[str, str]]], None]
) -> None:
    title, _, _, head = PLANS[language]
    document = docx.Document()
    document.add_paragraph(title)
    layout(document, pairs_of(language))
    document.add_paragraph("")
    grid = document.add_table(0, 4)
    for texts in (head, BODY):
        for cell, text in zip(grid.add_row().cells, texts, strict=True):
            cell.text = text
    file = io.BytesIO()
    document.save(file)
    file.seek(0)
    check(jmdi.read(file, format="workplan:docx", on_error="keep"), title)


@pytest.mark.parametrize("language", PLANS)
def test_markdown(language: str) -> None:
    title, _, _, head = PLANS[language]
    lines = [f"# {title}", ""]
    lines += [f"**{label}:** {value}\n" for label, value in pairs_of(language)]
    lines += [f"| {' | '.join(row)} |" for row in (head, ["---"] * 4, BODY)]
    text = "\n".join(lines).encode()
    check(jmdi.read(io.BytesIO(text), format="workplan:markdown", on_error="keep"), title)
