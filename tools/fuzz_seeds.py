"""The files that `tools/fuzz.py` changes: small ones that an importer gives records of."""

from __future__ import annotations

import csv
import datetime
import functools
import gzip
import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from fuzz_lean import leaner, smaller, zipped
from fuzz_office import MAKERS

import jmdi
from jmdi.testing.drawing import drawn
from jmdi.testing.outputs import Sample, read_sample, write_files
from jmdi.testing.samples import needed_kinds, sample_datasets, sample_networks
from jmdi.testing.strategies import datasets
from jmdi.testing.subject import Subject, subject_of

__all__ = ["VARIANTS", "options_of", "seeds_of", "size"]

ROOT = Path(__file__).parents[1]
LARGEST = 40_000
"""Bytes of the largest seed: small ones are changed where it matters, and are read fast."""
MOST = 24
"""How many seeds, the smallest first."""

SHORT = (
    ("Work plan of Ghana 2026",),
    ("N°", "Action", "Responsible", "Start", "Budget", "Done"),
    ("1.1", "Train 20 teachers in Tamale", "City of Tamale; NGO", "03/2026", "€ 5,000", "yes"),
    ("1.2", "Open the centre", "Ministry", "Q2-Q3 2026", "12 000", ""),
)
"""A work plan that is read fast."""

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
    found += [small for sample in found for small in smaller(sample)]
    fitting = [sample for sample in found if _gives_records(model, base, sample, options)]
    lean = [leaner(one, lambda s: _records(model, base, s, options)) for one in fitting]
    return sorted(lean, key=size)[:MOST]


def size(sample: Sample) -> int:
    """How many bytes a sample has in all."""
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
    takes: Any = sample_networks() if exporter.takes == "network" else _datasets(subject)
    ending = exporter.extensions[0] if exporter.extensions else ""
    found = []
    for data in takes:
        try:
            found.append(Sample(f"made{ending}", write_files(model, name, data, {})))
        except jmdi.DataError:  # this format cannot say it
            continue
    return [sample for sample in found if size(sample) <= LARGEST]


def _records(model: jmdi.Model, name: str, sample: Sample, options: Mapping[str, Any]) -> Any:
    try:
        return read_sample(model, name, sample, options)[0].records
    except jmdi.JmdiError:
        return ()


def _gives_records(
    model: jmdi.Model, name: str, sample: Sample, options: Mapping[str, Any]
) -> bool:
    return bool(_records(model, name, sample, options))


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


def _office(ending: str) -> list[Sample]:
    """Work plans as office files with one table."""
    return [MAKERS[ending](plan) for plan in (SHORT, *_plans())]


def _datasets(subject: Subject) -> Sequence[jmdi.Dataset]:
    """Samples of the conformance kit, and drawn ones."""
    made = datasets(subject.model, kinds=needed_kinds(subject))
    return sample_datasets(subject, drawn(made, 3))


def _workbooks() -> list[Sample]:
    """Workbooks to fill in, with what samples of the conformance kit say already."""
    from jmdi_workbook.writing import write_workbook

    found = []
    for data in _datasets(subject_of("jmdi")):
        out = io.BytesIO()
        write_workbook(data, out, ["density", "components"], questions=0)
        found.append(Sample("made.xlsx", {"": out.getvalue()}))
    return [sample for sample in found if size(sample) <= LARGEST]


def _surveys() -> list[Sample]:
    """The example surveys and who-does-what-where tables."""
    folder = ROOT / "examples" / "surveys"
    return [Sample(path.name, {"": path.read_bytes()}) for path in sorted(folder.iterdir())]


def _archives() -> list[Sample]:
    """Files of activities, in one archive and compressed one by one."""
    paths = [p for p in _small_files() if p.suffix == ".xml" and "iati" in p.as_posix()]
    files = {path.name: path.read_bytes() for path in paths}
    single = [gzip.compress(content, mtime=0) for content in files.values()]
    packed = Sample("made.zip", {"": zipped(files)})
    return [packed, *(Sample("made.xml.gz", {"": content}) for content in single)]


_PACKED: Mapping[str, Callable[[], list[Sample]]] = {
    "table+mapping": _logs,
    "surveys:table+3w": _surveys,
    "surveys:table+roster": _surveys,
    "surveys:table+survey": _surveys,
    "workbook:table": _log_sheets,
    **{f"workplan:{ending}": functools.partial(_office, ending) for ending in MAKERS},
    "workbook:filled": _workbooks,
    "iati:archive": _archives,
}
