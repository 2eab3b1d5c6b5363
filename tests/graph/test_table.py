import csv
import datetime
import io
import pickle
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi.errors import NotFound
from jmdi.graph.table import Table
from jmdi.model.values import Money, Period, code


def test_columns_rows_and_dicts() -> None:
    table = Table(("a", "b"), [(1, 2), [3, 4]])
    assert table.to_dicts() == [{"a": 1, "b": 2}, {"a": 3, "b": 4}]
    assert table.column("b") == (2, 4)
    assert len(table) == 2
    with pytest.raises(NotFound):
        table.column("c")
    with pytest.raises(ValueError, match="row 1 has 1"):
        Table(("a", "b"), [(1,)])
    with pytest.raises(ValueError, match="twice"):
        Table(("a", "a"))
    with pytest.raises(AttributeError):
        table.rows = ()


def test_csv_says_nothing_for_unknown_and_guards_formulas() -> None:
    row = (
        None,
        True,
        Decimal("1.50"),
        datetime.date(2015, 1, 2),
        ("x", "y"),
        "=1+1",
        -3,
        code("s", "c"),
        Period("2015"),
        Money("3", "EUR"),
    )
    table = Table([f"c{i}" for i in range(len(row))], [row])
    cells = next(csv.reader(io.StringIO(table.to_csv().split("\n", 1)[1])))
    assert cells[:9] == ["", "true", "1.50", "2015-01-02", "x; y", "'=1+1", "-3", "c", "2015"]
    assert '"amount": "3"' in cells[9]
    assert "=1+1" in table.to_csv(guard=False)
    assert "'=1+1" not in table.to_csv(guard=False)


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_text_comes_back_from_csv(rows: list[tuple[str, str]]) -> None:
    text = Table(("a", "b"), rows).to_csv(guard=False)
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert [tuple(row) for row in read[1:]] == rows


@given(st.text(min_size=1))
def test_no_cell_starts_a_formula(text: str) -> None:
    read = list(csv.reader(io.StringIO(Table(("a",), [(text,), ((text,),)]).to_csv(), newline="")))
    assert not any(row[0].startswith(("=", "+", "-", "@", "\t", "\r")) for row in read if row)


def test_file_is_written(tmp_path) -> None:
    path = tmp_path / "t.csv"
    Table(("a",), [("é",)]).write_csv(path)
    assert path.read_bytes() == "a\né\n".encode()


def test_frames_name_the_missing_package(monkeypatch) -> None:
    for name in ("pandas", "polars", "pyarrow"):
        monkeypatch.setitem(sys.modules, name, None)
    table = Table(("a",), [(1,)])
    for call, name in (
        (table.to_pandas, "pandas"),
        (table.to_polars, "polars"),
        (table.to_arrow, "pyarrow"),
    ):
        with pytest.raises(ImportError, match=f"pip install {name}"):
            call()


def test_notes_are_shown_and_survive() -> None:
    table = Table(("a",), [(None,)], notes=["a: undefined: no_ties (no <ties>)"])
    assert "no_ties" in repr(table)
    assert "no &lt;ties&gt;" in table._repr_html_()
    assert pickle.loads(pickle.dumps(table)).notes == table.notes


def test_displays_are_short_and_escaped() -> None:
    table = Table(("a",), [("<b>",)] * 50)
    assert "… 40 more rows" in repr(table)
    assert "&lt;b&gt;" in table._repr_html_()
    assert "<b>" not in table._repr_html_()
    assert len(table._repr_html_()) < 3000
