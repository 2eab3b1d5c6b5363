"""The plugin does what jmdi asks of every plugin."""

from __future__ import annotations

import io
from typing import Any, ClassVar

import openpyxl
from workbook_helpers import file_with_all

import jmdi
from jmdi.testing import PluginConformance
from jmdi_workbook import plugin


def sample() -> bytes:
    """A workbook with two actors, a tie and an initiative."""
    model = jmdi.Model.build([plugin])
    data = model.dataset(
        [
            jmdi.Actor(id="a", names={"en": "Town", "ar": "بلدية"}),
            jmdi.Actor(id="b", names={"en": "Club"}, country="SN"),
            jmdi.Tie(id="t", source="a", target="b", intensity=3),
            jmdi.Initiative(id="i", places=(jmdi.Place(words="Dakar"),)),
        ]
    )
    return file_with_all(data)


def log() -> bytes:
    """A workbook of somebody's own."""
    book = openpyxl.Workbook()
    for row in (["Name", "Seat"], ["Town", "Alba"], ["Club", None]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class TestWorkbook(PluginConformance):
    plugin = "workbook"
    examples = 10
    samples = (("evidence.xlsx", sample()), ("log.xlsx", log()))
    options: ClassVar[dict[str, Any]] = {
        "workbook:table": {"mapping": {"kind": "actor", "columns": {"Name": "names"}}}
    }


def test_the_importer_is_found_by_content(tmp_path):
    """Also beside other importers of the ending."""
    path = tmp_path / "evidence.xlsx"
    path.write_bytes(sample())
    for model in (jmdi.Model.build([plugin]), jmdi.Model.build()):
        assert len(model.read(path)) == 4 and not model.read(path).problems
    assert plugin.jmdi_importers()[0].sniff(path.read_bytes()[:65536]) is True
    assert plugin.jmdi_importers()[0].sniff(b"PK\x03\x04 xl/workbook.xml") is not True
    assert io.BytesIO(sample()).read() == path.read_bytes()
