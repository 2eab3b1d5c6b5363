"""Cells that no spreadsheet runs or splits, whatever its language, and that come back unchanged."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi.files.delimited import guard, read_rows, unguard, write_row

SIGNS = "=+-@＝＋－＠"
BEFORE = " \u00a0\u3000\ufeff\u200b\"'\x0b\x00"
texts = st.text(st.sampled_from(SIGNS + BEFORE + ";,|\t\r\nab1'"), max_size=14) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=20
)


def cells(data: str, delimiter: str | None = None) -> list[list[str]]:
    stream = io.BytesIO(data.encode())
    rows = read_rows(stream, "x", size=10**6, cells=10**6, delimiter=delimiter)
    return [row.cells for row in rows]


@given(texts)
def test_the_guard_is_undone(text: str) -> None:
    assert unguard(guard(text)) == text
    assert unguard(guard(guard(text))) == guard(text)


@given(st.lists(st.lists(texts, min_size=2, max_size=3), min_size=1, max_size=3))
def test_rows_come_back(rows: list[list[str]]) -> None:
    text = "head,er\n" + "".join(write_row(map(guard, row)) for row in rows)
    assert [[unguard(cell) for cell in row] for row in cells(text)[1:]] == rows


@given(texts, st.sampled_from(";\t,"))
def test_no_spreadsheet_runs_a_cell(text: str, locale: str) -> None:
    """However it splits the line: quotes count only where a cell begins."""
    line = write_row(["a", guard(text)])
    for row in csv.reader(io.StringIO(line.replace("\0", " "), newline=""), delimiter=locale):
        for cell in row:
            assert cell.strip(BEFORE.replace("'", "") + "\n")[:1] not in (*SIGNS, "\t", "\r")


@pytest.mark.parametrize("sign", [*SIGNS, "\t", "\r"])
@pytest.mark.parametrize("before", ["", *BEFORE, '\u00a0 "'])
def test_signs_behind_what_is_not_seen(sign: str, before: str) -> None:
    assert guard(f"{before}{sign}1") == f"'{before}{sign}1"
    assert guard(f"a;{before}{sign}1").startswith(f"'a;'{before}{sign}")


@pytest.mark.parametrize("text", ["a", "a - b", "a=b", "1-2", "a; b", "it's", "x\ny", "{'a': 1}"])
def test_what_is_harmless_stays(text: str) -> None:
    assert guard(text) == text
    assert unguard(text) == text


@pytest.mark.parametrize("text", ["a;b", "a\tb", "a\nb", "a\rb", " a", "a ", "\ufeffa", "a|b"])
def test_what_is_split_is_quoted(text: str) -> None:
    assert write_row(["x", text]) == f'x,"{text}"\n'


def test_long_texts_take_linear_time() -> None:
    start = time.process_time()
    for text in ("\n" * 10**6, " " * 10**6, ";" * 10**6, "'" * 10**6, '" ' * 10**6, ";=" * 10**5):
        assert unguard(guard(text)) == text
    assert time.process_time() - start < 10
