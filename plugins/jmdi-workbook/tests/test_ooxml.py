"""The files keep to what Excel takes: it refuses, or repairs by dropping, what goes beyond."""

from __future__ import annotations

import io
import itertools
import re
import xml.etree.ElementTree as ET
import zipfile

import pytest
from workbook_helpers import file_with_all, read

import jmdi
from jmdi_workbook import guide
from jmdi_workbook.titles import LANGUAGES

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REFERENCE = r"'(?:[^']|'')+'!\$[A-Z]{1,3}\$\d+"
FORMULA = re.compile(rf"(?:IF\(|{REFERENCE}|\"[^\"]*\"|[=,&)])+")
LIST = re.compile(r"jmdi!\$[A-Z]{1,3}\$\d+:\$[A-Z]{1,3}\$\d+")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


@pytest.fixture(scope="module", params=LANGUAGES)
def parts(request, model):
    """The XML of each part, of a workbook of all kinds of the sample and of one with questions."""
    sample, facts = (jmdi.datasets.load(name, model=model) for name in ("sample", "jmdi"))
    out = io.BytesIO()
    facts.workbook(out, "scaling:up", language=request.param, questions=3)
    found = {}
    for number, file in enumerate((out.getvalue(), file_with_all(sample, request.param))):
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            for name in archive.namelist():
                found[f"{number}/{name}"] = ET.fromstring(archive.read(name))
    return found


def elements(parts, name, part=""):
    return [one for path, root in parts.items() if part in path for one in root.iter(MAIN + name)]


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def test_names_of_sheets(parts):
    for number in "01":
        names = [one.get("name") for one in elements(parts, "sheet", f"{number}/xl/workbook.xml")]
        assert len({name.casefold() for name in names}) == len(names)
        assert all(1 <= utf16(name) <= 31 for name in names)
        assert not any(re.search(r"[\[\]:*?/\\]|^'|'$", name) for name in names)
        assert "history" not in {name.casefold() for name in names}


def test_defined_names(parts):
    for number in "01":
        defined = elements(parts, "definedName", f"{number}/xl/workbook.xml")
        keys = [(one.get("name").casefold(), one.get("localSheetId")) for one in defined]
        assert len(set(keys)) == len(keys)
        assert all(re.fullmatch(r"[A-Za-z_\\][\w.\\]{0,254}", one.get("name")) for one in defined)
        assert any(one.get("name") == "jmdi_workbook" for one in defined)


def test_lists_are_ranges_and_do_not_overlap(parts):
    for path, root in parts.items():
        places = []
        for one in root.iter(MAIN + "dataValidation"):
            if one.get("type") != "list":
                assert len(one.get("promptTitle")) <= 32 and len(one.get("prompt")) <= 255
                continue
            assert LIST.fullmatch(
                one.find(MAIN + "formula1").text
            )  # a list in words has 255 at most
            places += one.get("sqref").split()
        columns = [re.findall("[A-Z]+", place)[0] for place in places]
        assert len(set(columns)) == len(columns), path


def test_formulas_are_in_english_and_short(parts):
    formulas = [one.text for one in elements(parts, "f")]
    assert formulas
    for formula in formulas:
        assert FORMULA.fullmatch(formula) and utf16(formula) <= 8192
        assert max(itertools.accumulate({"(": 1, ")": -1}.get(c, 0) for c in formula)) <= 64


def test_texts_and_places(parts):
    assert all(utf16("".join(one.itertext())) <= 32_767 for one in elements(parts, "si"))
    for one in elements(parts, "row"):
        assert int(one.get("r")) <= LAST_ROW and float(one.get("ht", 0)) <= 409
    assert all(int(one.get("max")) <= LAST_COLUMN for one in elements(parts, "col"))
    assert not elements(parts, "table")


def test_more_links_than_excel_takes_are_words(model, monkeypatch):
    monkeypatch.setattr(guide, "LINKS", 2)
    out = io.BytesIO()
    data = jmdi.datasets.load("jmdi", model=model)
    data.workbook(out, "scaling:up", questions=5)
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as archive:
        first = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    assert len(list(first.iter(MAIN + "hyperlink"))) == 2
    assert read(model, out.getvalue())


def test_a_kind_of_a_plugin_may_have_a_name_that_excel_keeps_for_itself(model):
    @jmdi.define("acme:history")
    class History(jmdi.Actor):
        """A history."""

    file = file_with_all(model.dataset([History(id="h", names={"en": "One"})]))
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        book = ET.fromstring(archive.read("xl/workbook.xml"))
    names = [one.get("name") for one in book.iter(MAIN + "sheet")]
    assert "History 2" in names and "History" not in names
