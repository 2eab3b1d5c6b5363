"""Snippets, columns, clean text, progress: what stands on the terminal."""

from __future__ import annotations

import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi.cli.layout import clean, columns, width
from jmdi.cli.problems import as_text, collapsed
from jmdi.cli.progress import animated, progress
from jmdi.cli.session import Session
from jmdi.cli.snippets import span_of, underline
from jmdi.errors import Problem, Severity, Where

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


def pointers(value, pointer=""):
    yield pointer, value
    if isinstance(value, dict):
        for key, part in value.items():
            yield from pointers(part, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from pointers(part, f"{pointer}/{index}")


@given(JSON, st.booleans(), st.sampled_from([None, 1]))
def test_a_pointer_finds_its_value(value, ascii_only, indent):
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    for pointer, part in pointers(value):
        span = span_of(text, pointer)
        assert span is not None
        assert json.loads(text[slice(*span)]) == part


@given(st.text(max_size=40), st.text(alphabet='/{}[]",:0aé~', max_size=12))
def test_what_is_found_in_any_text_is_json(text, pointer):
    span = span_of(text, f"/{pointer}")
    if span is not None:
        json.loads(text[slice(*span)])


@given(st.text(max_size=300), st.text(min_size=1, max_size=8))
def test_carets_stand_under_the_value(text, value):
    line = text.replace("\n", "").replace("\r", "")
    problem = Problem("J1", Severity.ERROR, "x", value=value)
    shown, carets = underline(problem, line)
    assert clean(shown) == shown
    if carets:
        assert carets.strip(" ").strip("^") == ""
        assert line.count(value) == 1 or value[0] in "'\""


def test_a_long_line_is_cropped_around_the_place():
    line = "a," * 200 + "HERE" + ",b" * 200
    shown, carets = underline(Problem("J1", Severity.ERROR, "x", value="HERE"), line)
    assert len(shown) < 100
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "HERE"


@given(st.text())
def test_clean_text_has_nothing_that_steers(text):
    shown = clean(text)
    assert clean(shown) == shown
    assert "\x1b" not in shown
    assert "\r" not in shown
    assert shown.count("\n") == text.count("\n")


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), min_size=1, max_size=5))
def test_columns_align(rows):
    lines = list(columns(("NAME", "ABOUT"), rows))
    assert len(lines) == len(rows) + 1
    start = width(lines[0].partition("ABOUT")[0])
    for line, (first, _) in zip(lines[1:], rows, strict=True):
        assert width(clean(first).replace("\n", " ").rstrip()) <= start - 2 or not line


def test_wide_characters_take_two_columns():
    assert width("移民") == 4
    assert width("e\u0301") == 1


def test_place_by_cell_and_by_file():
    where = Where(file="plan.docx", cell="table 2, row 5, cell 4", record="action/1")
    text = "\n".join(as_text([Problem("J9", Severity.WARNING, "vague", where, "/period")], {}))
    assert "--> plan.docx: table 2, row 5, cell 4  (action/1, /period)" in text
    where = Where(file="plan.xlsx", cell="[Table 1]!E22")
    text = "\n".join(as_text([Problem("J9", Severity.WARNING, "vague", where)], {}))
    assert "--> plan.xlsx[Table 1]!E22" in text


@given(st.lists(st.sampled_from(["J1", "J2"]), max_size=60))
def test_collapsing_counts_everything(codes):
    problems = [Problem(code, Severity.ERROR, str(n)) for n, code in enumerate(codes)]
    shown = collapsed(problems)
    assert sum(1 + more for _, more in shown) == len(problems)
    assert len(collapsed(problems, all_=True)) == len(problems)
    assert len(shown) <= 40


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("environment", "quiet", "moves"),
    [
        ({}, False, True),
        ({"NO_COLOR": "1"}, False, True),
        ({"CI": "true"}, False, False),
        ({"TERM": "dumb"}, False, False),
        ({}, True, False),
    ],
)
def test_when_a_bar_may_move(monkeypatch, environment, quiet, moves):
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    session = Session()
    session.quiet = quiet
    assert animated(session) is moves


def test_colour_never_moves_a_bar(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert animated(Session()) is False


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_is_late_and_on_stderr(monkeypatch, capsys, terminal):
    monkeypatch.setenv("TERM", "xterm")
    with progress(Session(), "reading x") as advance:
        advance(1, 10)
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr("jmdi.cli.progress.PATIENCE", -1)
    if terminal:
        monkeypatch.setattr(sys, "stderr", Terminal())
    with progress(Session(), "reading x") as advance:
        advance(1, 10)
        advance(9, 10)
    said = sys.stderr.getvalue() if terminal else capsys.readouterr().err
    assert "reading x" in said
    assert terminal or said == "reading x …\nreading x: done\n"
