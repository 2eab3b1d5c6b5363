"""Workbooks of before 2007; ``files/plan.xls`` was saved by LibreOffice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmdi.errors import FormatError

DATA = (Path(__file__).parent / "files" / "plan.xls").read_bytes()


def test_values_merges_fills_and_what_is_hidden(on: Any) -> None:
    document = on.read(DATA, "plan.xls")
    assert document.format == "xls"
    (grid,) = document.grids
    assert [(cell.place.partition("!")[2], cell.text) for cell in grid.cells] == [
        ("A1", "Work plan of Ghana"),
        ("A3", "Action"),
        ("B3", "Start"),
        ("C3", "Budget"),
        ("D3", "Done"),
        ("A4", "Train teachers"),
        ("B4", "2016-03-01"),
        ("C4", "€5000"),
        ("D4", "TRUE"),
        ("A5", "Open centre"),
        ("B5", "2016-06"),
        ("C5", "12000.5"),
        ("D5", "#DIV/0!"),
        ("A8", "Kept "),
        ("B8", "25.5%"),
    ]
    assert grid.cells[0].column_span == 4
    assert grid.at(3, 3).fill == "FFCC00"
    assert [p.text for p in document.paragraphs] == ["ask Ama"]
    assert on.codes == ["D142", "D135", "D135", "D134", "D134", "D134"]


def test_all_of_it_on_request(on: Any) -> None:
    plan, lists = on.read(DATA, "plan.xls", hidden=True).grids
    texts = {cell.place.partition("!")[2]: cell.text for cell in plan.cells}
    expected = {"A6": "Old action", "A7": "Never", "A8": "Kept gone", "F4": "no"}
    assert expected.items() <= texts.items()
    assert lists.hidden and lists.cells[0].text == "x"


@pytest.mark.parametrize(
    ("part", "words"),
    [("WordDocument", ".doc"), ("EncryptedPackage", "password"), ("PowerPoint Document", ".ppt")],
)
def test_other_old_files_are_named(on: Any, part: str, words: str) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + part.encode("utf-16-le")
    with pytest.raises(FormatError, match=words) as caught:
        on.read(data, "plan of 2016.doc")
    cure = caught.value.problems[0].cure
    assert part != "WordDocument" or "--convert-to docx 'plan of 2016.doc';" in cure


def with_word(at: int, value: int) -> bytes:
    """The file with another number in four of its bytes."""
    return DATA[:at] + value.to_bytes(4, "little") + DATA[at + 4 :]


SIZE = 512
SHORT = SIZE * (1 + int.from_bytes(DATA[60:64], "little"))
"""Where it says which short sector follows which."""
FIRST = SIZE * (1 + int.from_bytes(DATA[48:52], "little"))
"""Where its directory begins: the entry of the root, that of the workbook, …"""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (with_word(SHORT + 4, 0), "goes in a circle"),
        (with_word(SHORT + 4, 10**9), "leads out of it"),
        (with_word(80, int.from_bytes(DATA[76:80], "little")), "is there twice"),
        (with_word(FIRST + 76, 10**9), "no workbook"),
    ],
)
def test_a_container_that_contradicts_itself(on: Any, data: bytes, words: str) -> None:
    with pytest.raises(FormatError, match=words) as caught:
        on.read(data, "plan.xls")
    assert caught.value.problems[0].code == "test:D103"


def test_entries_that_go_in_a_circle_are_each_looked_at_once(on: Any) -> None:
    data = with_word(FIRST + 128 + 68, 1)
    assert on.read(data, "plan.xls").grids == on.read(DATA, "plan.xls").grids


@settings(max_examples=150, deadline=None)
@given(edits=st.lists(st.tuples(st.integers(0, len(DATA)), st.binary(max_size=4)), max_size=8))
def test_damaged_files(files: Any, edits: list[tuple[int, bytes]]) -> None:
    on, data = files(), DATA
    for at, new in edits:
        data = data[:at] + new + data[at + len(new) :]
    try:
        on.read(data, "plan.xls")
    except FormatError as error:
        assert error.problems
