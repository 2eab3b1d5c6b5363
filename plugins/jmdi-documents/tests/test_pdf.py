"""The text of PDF files, and what becomes of damaged ones."""

from __future__ import annotations

import io
import logging
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi_documents import read_document

REPORT = (Path(__file__).parents[3] / "examples" / "knowledge" / "report.pdf").read_bytes()


def read(data, **more):
    problems = []
    document = read_document(
        io.BytesIO(data), name="x.pdf", plugin="t", format="pdf", problem=problems.append, **more
    )
    return document, [problem.code for problem in problems]


def test_pages_become_paragraphs_with_their_place():
    document, problems = read(REPORT)
    assert [block.place for block in document.paragraphs] == [
        f"page {number}, paragraph 1" for number in (1, 2, 3)
    ]
    assert document.paragraphs[0].text.startswith("Context")
    assert not problems


def test_a_pdf_is_read_only_where_its_text_is_asked_for():
    with pytest.raises(jmdi.FormatError, match="PDF"):
        read_document(io.BytesIO(REPORT), name="x.pdf", plugin="t", problem=print)


def test_a_page_without_letters_is_reported():
    document, problems = read(REPORT.replace(b") Tj", b") Tx"))
    assert (document.blocks, problems) == ((), ["t:D171"])


def test_bounds_hold():
    with pytest.raises(jmdi.FormatError, match="D105"):
        read(REPORT, limits=jmdi.Limits(members=2))


@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_prints_nothing(data):
    at = data.draw(st.integers(0, len(REPORT) - 1))
    length = data.draw(st.integers(0, 40))
    damaged = REPORT[:at] + data.draw(st.binary(max_size=20)) + REPORT[at + length :]
    said = io.StringIO()
    before, sys.stderr = sys.stderr, said
    try:
        read(damaged)
    except jmdi.FormatError as error:
        assert all(problem.code.startswith("t:D") for problem in error.problems)
    finally:
        sys.stderr = before
    assert said.getvalue() == ""
    assert logging.lastResort is not None
