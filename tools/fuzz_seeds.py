"""The files that `tools/fuzz.py` changes: small ones that an importer gives records of."""

from __future__ import annotations

import csv
import datetime
import functools
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import jmdi
from jmdi.testing.outputs import Sample, read_sample, write_files
from jmdi.testing.samples import sample_datasets, sample_networks
from jmdi.testing.subject import subject_of

__all__ = ["VARIANTS", "options_of", "seeds_of"]

ROOT = Path(__file__).parents[1]
LARGEST = 40_000
"""Bytes of the largest seed: small ones are changed where it matters, and are read fast."""
FOLDERS = (
    "examples",
    "tests",
    "plugins/jmdi-iati/tests",
    "plugins/jmdi-workplan/tests",
    "src/jmdi/datasets",
)
MOST = 12
"""How many seeds, the smallest first."""

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table")
)


LOG = {
    "cells": {"language": "es", "unknown": "no se sabe", "no": "ninguno"},
    "records": {
        "product": "product",
        "sent": {"kind": "disseminated", "each": "n", "link": {"source": "product"}},
        "seen": {"kind": "observation", "key": "Núm.", "link": {"of": "product"}},
    },
    "columns": {
        "Producto": "product.names",
        "Actor {n}": {"to": "sent.target", "split": ";"},
        "Fecha": ["seen.period", "product.published"],
        "Lectores": {"to": "seen.value", "decimal": ","},
        "Núm.": {"to": "extra", "type": "number"},
        "Correo": "drop",
    },
}
"""A mapping with most of what mappings can say, for tables of `_logs`."""

VARIANTS = ("surveys:table+3w", "surveys:table+roster", "surveys:table+survey", "table+mapping")
"""Importers with options that make them read other files, beside those that a model has."""

_OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "surveys:table": {"preset": "kobo"},
    "surveys:table+3w": {"preset": "3w"},
    "surveys:table+roster": {"preset": "roster"},
    "surveys:table+survey": {"preset": "survey"},
    "table+mapping": {"mapping": LOG},
    "workbook:table": {"mapping": LOG},
}


def options_of(name: str) -> tuple[str, Mapping[str, Any]]:
    """The importer of a name, which may be one of the variants, and its options."""
    return name.partition("+")[0], _OPTIONS.get(name, {})


def seeds_of(model: jmdi.Model, name: str) -> list[Sample]:
    """The seeds of an importer: files of examples and tests, what its exporter writes, packed ones.

    Args:
        model: The model that has the importer.
        name: Name of the importer.
    """
    base, options = options_of(name)
    importer = model.catalog.importer(base)
    found = (
        []
        if base != name
        else [
            Sample(path.name, {path.name if importer.folder else "": path.read_bytes()})
            for path in _small_files()
            if importer.extensions and path.name.lower().endswith(importer.extensions)
        ]
    )
    found += _written(model, name)
    if name in _PACKED:
        found += _PACKED[name]()
    fitting = [sample for sample in found if _gives_records(model, base, sample, options)]
    return sorted(fitting, key=_size)[:MOST]


def _size(sample: Sample) -> int:
    return sum(map(len, sample.files.values()))


@functools.cache
def _small_files() -> Sequence[Path]:
    folders = (
        "examples",
        "tests",
        "plugins/jmdi-iati/tests",
        "plugins/jmdi-knowledge/tests",
        "plugins/jmdi-networkfiles/tests",
        "plugins/jmdi-workplan/tests",
        "src/jmdi/datasets",
    )
    every = (path for folder in folders for path in sorted((ROOT / folder).rglob("*")))
    return [path for path in every if path.is_file() and 0 < path.stat().st_size <= LARGEST]


def _written(model: jmdi.Model, name: str) -> list[Sample]:
    """What the exporter of a name makes of the samples of the conformance kit."""
    exporter = model.catalog.exporters.get(name)
    if exporter is None:
        return []
    subject = subject_of(name.partition(":")[0] if ":" in name else "jmdi")
    takes: Any = sample_networks() if exporter.takes == "network" else sample_datasets(subject)
    ending = exporter.extensions[0] if exporter.extensions else ""
    found = []
    for data in takes:
        try:
            found.append(Sample(f"made{ending}", write_files(model, name, data, {})))
        except jmdi.DataError:  # this format cannot say it
            continue
    return [sample for sample in found if _size(sample) <= LARGEST]


def _gives_records(
    model: jmdi.Model, name: str, sample: Sample, options: Mapping[str, Any]
) -> bool:
    try:
        return bool(read_sample(model, name, sample, options)[0].records)
    except jmdi.JmdiError:
        return False


def _plans() -> list[list[list[str]]]:
    """The work plans of the examples, as rows of cells."""
    paths = [p for p in _small_files() if p.suffix == ".csv" and "workplan" in p.parent.name]
    return [
        list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=mark))
        for path in paths
        for mark in ";,"
    ]


def _logs() -> list[Sample]:
    """Logs of products, as delimited text and as JSON objects."""
    header = ("Núm.", "Producto", "Actor 1", "Actor 2", "Fecha", "Lectores", "Correo", "Otra")
    rows = (
        ("1", "Guía", "Alba", "Brisa;Cora", "03/04/2026", "1.200,5", "a@example.org", "x"),
        ("2", "Guía", "", "Brisa", "5 de marzo de 2026", "no se sabe", "", '"=1+1'),
        ("3", "Mapa\nnuevo", "Cora", "", "2026-05", "ninguno", "", ""),
    )
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows((header, *rows))
    objects = [dict(zip(header, row, strict=True)) for row in rows]
    data = json.dumps({"log": objects}, ensure_ascii=False).encode()
    return [Sample("log.csv", {"": text.getvalue().encode()}), Sample("log.json", {"": data})]


def _log_sheets() -> list[Sample]:
    """The same logs as sheets."""
    import xlsxwriter  # openpyxl writes the time of day into the file, whatever it is told

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime.datetime(2026, 1, 1)})
        sheet = book.add_worksheet()
        rows = csv.reader(io.StringIO(_logs()[0].content.decode()), delimiter=";")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return [Sample("log.xlsx", {"": out.getvalue()})]


def _pages() -> list[Sample]:
    """Work plans as pages with one table."""
    found = []
    for plan in _plans():
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in plan)
        table = "".join(f"<tr>{row}</tr>" for row in rows)
        page = f"<!doctype html><html><body><table>{table}</table></body></html>"
        found.append(Sample("made.html", {"": page.encode()}))
    return found


def _spreadsheets() -> list[Sample]:
    """Work plans as spreadsheets with one sheet."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    found = []
    for plan in _plans():
        rows = ("".join(cell.format(escape(text)) for text in row) for row in plan)
        table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
        content = (
            f"<office:document-content {SPACES}><office:body><office:spreadsheet>"
            f'<table:table table:name="Plan">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>"
        )
        kind = b"application/vnd.oasis.opendocument.spreadsheet"
        members = {"mimetype": kind, "content.xml": content.encode()}
        found.append(Sample("made.ods", {"": _zipped(members)}))
    return found


def _texts() -> list[Sample]:
    """Work plans as texts with one table."""
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    found = []
    for plan in _plans():
        rows = ("".join(cell.format(escape(text)) for text in row) for row in plan)
        table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
        content = (
            f"<office:document-content {SPACES}><office:body><office:text>"
            f"<table:table>{table}</table:table></office:text></office:body>"
            "</office:document-content>"
        )
        kind = b"application/vnd.oasis.opendocument.text"
        members = {"mimetype": kind, "content.xml": content.encode()}
        found.append(Sample("made.odt", {"": _zipped(members)}))
    return found


def _workbooks() -> list[Sample]:
    """Workbooks to fill in, with what samples of the conformance kit say already."""
    from jmdi_workbook.writing import write_workbook

    found = []
    for data in sample_datasets(subject_of("jmdi")):
        out = io.BytesIO()
        write_workbook(data, out, ["density", "components"], questions=0)
        found.append(Sample("made.xlsx", {"": out.getvalue()}))
    return [sample for sample in found if _size(sample) <= LARGEST]


def _surveys() -> list[Sample]:
    """The example surveys and who-does-what-where tables."""
    folder = ROOT / "examples" / "surveys"
    return [Sample(path.name, {"": path.read_bytes()}) for path in sorted(folder.iterdir())]


def _archives() -> list[Sample]:
    """Files of activities, in one archive and compressed one by one."""
    paths = [p for p in _small_files() if p.suffix == ".xml" and "iati" in p.as_posix()]
    files = {path.name: path.read_bytes() for path in paths}
    single = [gzip.compress(content, mtime=0) for content in files.values()]
    zipped = Sample("made.zip", {"": _zipped(files)})
    return [zipped, *(Sample("made.xml.gz", {"": content}) for content in single)]


def _zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


_PACKED: Mapping[str, Callable[[], list[Sample]]] = {
    "table+mapping": _logs,
    "surveys:table+3w": _surveys,
    "surveys:table+roster": _surveys,
    "surveys:table+survey": _surveys,
    "workbook:table": _log_sheets,
    "workplan:html": _pages,
    "workplan:ods": _spreadsheets,
    "workplan:odt": _texts,
    "workbook:filled": _workbooks,
    "iati:archive": _archives,
}
