from __future__ import annotations

import attrs
import pytest

from jmdi_documents import CODES, Cell, Document, Grid, Paragraph, problem_codes
from jmdi_documents.content.listing import shown_number, split_marker, typed_paragraphs


def test_at_honours_spans() -> None:
    wide = Cell("wide", row=0, column=1, row_span=2, column_span=2)
    grid = Grid(3, 3, (Cell("a"), wide))
    assert grid.at(1, 2) is wide and grid.at(0, 1) is wide
    assert grid.at(0, 0) == Cell("a")
    assert grid.at(2, 2) is None


def test_values_are_frozen() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Cell("a").text = "b"  # type: ignore[misc]


def test_texts_go_into_nested_tables() -> None:
    inner = Grid(1, 1, (Cell("inner", place="p2"),))
    outer = Grid(1, 1, (Cell("outer", place="p1", nested=(inner,)),))
    document = Document((Paragraph("title", place="p0"), outer, Paragraph("")))
    assert [*document.texts()] == [("title", "p0"), ("outer", "p1"), ("inner", "p2")]
    assert document.grids == (outer,)
    assert [p.text for p in document.paragraphs] == ["title", ""]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- a", ("bullet", 0, "-", "a")),
        ("  • b", ("bullet", 1, "•", "b")),
        ("\t– c", ("bullet", 1, "–", "c")),
        ("2) d", ("number", 0, "2)", "d")),
        ("(iv) e", ("number", 0, "(iv)", "e")),
        ("1.2. f", ("number", 0, "1.2.", "f")),
        ("-5", (None, 0, "", "-5")),
        ("1.5 million", (None, 0, "", "1.5 million")),
        ("2015. f", (None, 0, "", "2015. f")),
        ("-", (None, 0, "", "-")),
        ("J. Smith", (None, 0, "", "J. Smith")),
    ],
)
def test_typed_markers(line: str, expected: tuple[object, ...]) -> None:
    assert split_marker(line) == expected


def test_one_number_is_no_list() -> None:
    assert typed_paragraphs(["3. mai", "x"], "p")[0].text == "3. mai"
    first, second = typed_paragraphs(["1. a", "", "2. b"], "p")
    assert (first.text, first.label, second.text) == ("a", "1.", "b")


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (1, "decimal", "1"),
        (28, "lowerLetter", "bb"),
        (3, "upperLetter", "C"),
        (14, "lowerRoman", "xiv"),
        (1990, "upperRoman", "MCMXC"),
        (7, "decimalZero", "07"),
        (0, "lowerRoman", "0"),
    ],
)
def test_shown_numbers(value: int, form: str, shown: str) -> None:
    assert shown_number(value, form) == shown


def test_codes_are_complete() -> None:
    assert [entry.code for entry in problem_codes("x")] == [f"x:{code}" for code in sorted(CODES)]
    for entry in problem_codes("x"):
        assert entry.code.startswith("x:D1")
        assert entry.title and entry.why.endswith(".") and entry.cure.endswith(".")
