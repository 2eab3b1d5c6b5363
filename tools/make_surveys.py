"""Writes the example survey of partners in its formats, and who-does-what-where tables.

All organisations and answers are invented. Run it from the repository root:

    python tools/make_surveys.py
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

FOLDER = Path(__file__).parent.parent / "examples" / "surveys"
MOMENT = (2015, 10, 1, 0, 0, 0)

ORGANISATIONS = {
    "alba": "Municipality of Alba",
    "brisa": "Brisa Migrants' Association",
    "cora": "Cora Cooperative Bank",
    "dalia": "University of Dalia",
    "other": "Other",
}
OFTEN = {"never": "Never", "month": "Monthly", "week": "Weekly"}
QUESTIONS = (
    ("organisation", "Your organisation", "select_one org"),
    ("email", "E-mail", "text"),
    ("n_partners", "How many partners?", "integer"),
    ("partner_org", "Partner organisation", "select_one org"),
    ("partner_other", "Other, name it", "text"),
    ("frequency", "How often?", "select_one freq"),
    ("trust", "Trust (1-4)", "integer"),
)
ANSWERS: tuple[dict[str, Any], ...] = (
    {
        "organisation": "alba",
        "email": "alba@example.org",
        "n_partners": "3",
        "partner": [
            {"partner_org": "brisa", "frequency": "month", "trust": "3"},
            {"partner_org": "cora", "frequency": "never"},
            {"partner_org": "other", "partner_other": "Estrella Radio", "frequency": "week"},
        ],
    },
    {
        "organisation": "brisa",
        "email": "brisa@example.org",
        "n_partners": "1",
        "partner": [{"partner_org": "alba", "frequency": "week", "trust": "2"}],
    },
    {"organisation": "dalia", "email": "dalia@example.org", "n_partners": "0"},
)
LONG = (
    ("Organisation", "Partner", "How often?", "Trust (1-4)", "Kind of tie", "Answered", "E-mail"),
    ("Alba", "Brisa", "4", "3", "knowledge_exchange", "yes", "alba@example.org"),
    ("Alba", "Cora", "0", "", "", "yes", "alba@example.org"),
    ("Brisa", "Alba", "3", "2", "knowledge_exchange", "yes", "brisa@example.org"),
    ("Brisa", "Cora", "", "", "", "yes", "brisa@example.org"),
    ("Cora", "", "", "", "", "no", ""),
)
WIDE = (
    ("Organisation", "Type", "Alba", "Brisa", "Cora", "Trust in Alba", "Trust in Brisa"),
    ("Alba", "municipality", "", "3", "0", "", "4"),
    ("Brisa", "association", "2", "", "n/a", "1", ""),
    ("Dalia", "university", "don't know", "1", "", "", "3"),
)
TAGGED = (
    ("Acteur", "Bailleur de fonds", "Secteur", "Région", "Pcode1", "Activité", "Début", "Femmes"),
    ("#org+impl", "#org+funder", "#sector", "#adm1+name", "#adm1+pcode", "#activity"),
    ("Alba", "Fonds Dalia", "Santé", "Rive", "XA01", "Dépistage", "13/01/2026", "120"),
    ("Brisa", "Brisa", "Santé", "Rive Nord", "XA01", "Dépistage", "14/01/2026", "80"),
    ("Aucun partenaire", "Fonds Dalia", "Éducation", "Colline", "XA02", "Cours", "", ""),
)
PLAIN = (
    "Organización implementadora;Organización donante;Sector;Departamento;Municipio;Actividad;"
    "Estado;Personas alcanzadas;Correo",
    "Alba;Fondo Dalia;Salud;Ribera;Cora;Talleres;En ejecución;40;a@example.org",
    "Brisa;;Salud;Ribera;Cora;Talleres;Planificada;25;b@example.org",
)


def delimited(rows: Sequence[Sequence[str]], delimiter: str) -> bytes:
    """Rows as text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def api() -> bytes:
    """The answers as an API gives them, with the groups of questions in their names."""
    results = []
    for number, answer in enumerate(ANSWERS, start=1):
        own = {f"respondent/{k}" if k != "n_partners" else k: v for k, v in answer.items()}
        partners = own.pop("respondent/partner", [])
        own |= {"_id": number, "_uuid": f"answer-{number}"}
        own["_submission_time"] = f"2015-10-0{number}T08:00:00"
        if partners:
            own["partner"] = [{f"partner/{k}": v for k, v in one.items()} for one in partners]
        results.append(own)
    return (json.dumps({"count": len(results), "results": results}, indent=1) + "\n").encode()


def labelled(question: str, answer: Mapping[str, Any]) -> str:
    """An answer in the words of the form."""
    value = str(answer.get(question, ""))
    labels = OFTEN if question == "frequency" else ORGANISATIONS
    return labels.get(value, value) if question.endswith(("org", "organisation", "y")) else value


def export() -> bytes:
    """The answers as a workbook with labels, a sheet for the repeat."""
    asked = {name: label for name, label, _ in QUESTIONS}
    root, inner = list(asked)[:3], list(asked)[3:]
    first = [[asked[q] for q in root] + ["_id", "_uuid", "_submission_time", "_index"]]
    second = [[asked[q] for q in inner] + ["_index", "_parent_table_name", "_parent_index"]]
    for number, answer in enumerate(ANSWERS, start=1):
        own = [f"{number}", f"answer-{number}", f"2015-10-0{number}T08:00:00", f"{number}"]
        first.append([labelled(q, answer) for q in root] + own)
        for one in answer.get("partner", ()):
            links = [f"{len(second)}", "Partner survey", f"{number}"]
            second.append([labelled(q, one) for q in inner] + links)
    return workbook({"Partner survey": first, "partner": second})


def form() -> bytes:
    """The form, as an XLSForm."""
    rows = [["type", "name", "label"]]
    for number, (name, label, kind) in enumerate(QUESTIONS):
        if number == 0:
            rows.append(["begin_group", "respondent", "Respondent"])
        if number == 2:
            rows.append(["end_group", "", ""])
        if number == 3:
            rows.append(["begin_repeat", "partner", "Partner"])
        rows.append([kind, name, label])
    rows.append(["end_repeat", "", ""])
    choices = [["list_name", "name", "label"]]
    choices += [["org", *one] for one in ORGANISATIONS.items()]
    choices += [["freq", *one] for one in OFTEN.items()]
    return workbook({"survey": rows, "choices": choices})


def workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook, the same bytes each time."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime.datetime(*MOMENT)})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, words in enumerate(row):
                sheet.write_string(number, column, words)
    book.close()
    return out.getvalue()


def odk() -> bytes:
    """The answers as an archive of ODK, a file for each table."""
    root = [["SubmissionDate", "respondent-organisation", "respondent-email", "n_partners", "KEY"]]
    inner = [["partner_org", "partner_other", "frequency", "trust", "PARENT_KEY", "KEY"]]
    for number, answer in enumerate(ANSWERS, start=1):
        key = f"uuid:{number}"
        own = [answer[q] for q in ("organisation", "email", "n_partners")]
        root.append([f"2015-10-0{number}T08:00:00Z", *own, key])
        for row, one in enumerate(answer.get("partner", ()), start=1):
            inner.append([one.get(q, "") for q in inner[0][:4]] + [key, f"{key}/partner[{row}]"])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in (("survey.csv", root), ("survey-partner.csv", inner)):
            archive.writestr(zipfile.ZipInfo(name, MOMENT), delimited(rows, ","))
    return out.getvalue()


def main() -> None:
    """Writes all files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    files = {
        "answers.json": api(),
        "answers.xlsx": export(),
        "answers.zip": odk(),
        "form.xlsx": form(),
        "partners.csv": delimited(LONG, ","),
        "roster.csv": delimited(WIDE, ","),
        "qui-fait-quoi.csv": delimited([row + ("",) * (8 - len(row)) for row in TAGGED], ";"),
        "quien-hace-que.csv": delimited([line.split(";") for line in PLAIN], ";"),
    }
    for name, content in files.items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
