"""Damaged and hostile files: a proposal, records or a FormatError, in bounded memory."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from survey_helpers import MODEL, workbook
from test_answers import KOBO, LONG, REPEAT, archive

import jmdi
from jmdi.files.mapping import FirstRows
from jmdi_surveys.answers.exports import is_export, tables_of_export
from jmdi_surveys.answers.form import _form, read_form
from jmdi_surveys.answers.joining import joined
from jmdi_surveys.answers.questions import with_questions
from jmdi_surveys.answers.sheets import Sheet, read_sheets
from jmdi_surveys.importer import read as read_stream
from jmdi_surveys.proposing.tags import is_tag_row, tag_of
from jmdi_surveys.sniff import table as sniffed

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
API = json.dumps(
    {
        "results": [
            {
                "_uuid": "u",
                "_submission_time": "2026",
                "organisation": "Alta",
                "partner": [{"partner/partner_org": "Bela", "partner/a": [{"partner/a/x": 1}]}],
            }
        ]
    }
).encode()
HXL = b"Org,Sector,Pcode1,Reached\n#org,#sector,#adm1+code,#reached\nAlta,Health,X1,3\n"
ODK = archive(
    survey="organisation,KEY,SubmissionDate\nAlta,u,2026\n", survey_p="q,PARENT_KEY,KEY\nB,u,v\n"
)
SEEDS = (LONG.encode(), API, HXL, ODK, workbook(Form=KOBO, partner=REPEAT))
EDITS = st.lists(
    st.tuples(
        st.integers(0, 1 << 16),
        st.sampled_from(["flip", "cut", "insert", "repeat"]),
        st.binary(min_size=1, max_size=5)
        | st.sampled_from([b"../", b"{partner}", b"#org", b'"', b"/", b" (2)", b"\xff", b"\n,\n"]),
    ),
    max_size=5,
)


def changed(data, edits):
    for at, how, new in edits:
        at %= len(data) + 1
        if how == "flip":
            data = data[:at] + new + data[at + len(new) :]
        elif how == "cut":
            data = data[:at] + data[at + new[0] :]
        elif how == "insert":
            data = data[:at] + new + data[at:]
        else:
            data = data[:at] + data[at : at + 40] * 3 + data[at:]
    return data


@SETTINGS
@given(st.sampled_from(SEEDS), EDITS)
def test_damaged_files_are_proposed_and_read_or_refused(seed, edits):
    data = changed(seed, edits)
    assert isinstance(sniffed(data), (bool, str))
    first = FirstRows()
    context = jmdi.ImportContext(
        name="x", options={"mapping": first}, catalog=MODEL.catalog, plugin="surveys"
    )
    try:
        list(read_stream(io.BytesIO(data), context))
        if first.proposal is None:
            return
        options = {"mapping": first.proposal.mapping}
        context = jmdi.ImportContext(name="x", options=options, catalog=MODEL.catalog)
        records = list(read_stream(io.BytesIO(data), context))
    except jmdi.FormatError:
        return
    MODEL.dataset(records)


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
HEADERS = """_index _parent_index _uuid KEY PARENT_KEY _parent_table_name q g/q q/1 q/2 n_p start
../q"""
headers = st.sampled_from(["", *HEADERS.split()])
sheets = st.lists(
    st.tuples(words, st.lists(headers | words, max_size=5), st.lists(st.lists(words, max_size=6))),
    max_size=4,
)


@SETTINGS
@given(sheets)
def test_any_tables_can_be_joined(given):
    where = jmdi.Where(file="x")
    made = [
        Sheet(name, [jmdi_row(cells, where) for cells in (header, *rows)])
        for name, header, rows in given
    ]
    if not is_export(made):
        return
    context = jmdi.ImportContext(name="x")
    for sheet in joined([with_questions(t) for t in tables_of_export(made, context)], context):
        assert all(len(row.cells) == len(sheet.rows[0].cells) for row in sheet.rows)


def jmdi_row(cells, where):
    from jmdi.files.mapping import TableRow

    return TableRow(list(cells), where)


@SETTINGS
@given(words)
def test_any_cell_is_a_tag_or_not(cell):
    found = tag_of(cell)
    assert (found is None) or cell.strip().startswith("#")
    assert not is_tag_row([cell])


rows_of_form = st.lists(
    st.dictionaries(
        st.sampled_from(["type", "name", "label", "list_name", "select_from_list_name"]),
        words
        | st.sampled_from(["begin_group", "end group", "begin_repeat", "end_repeat", "text"])
        | st.sampled_from(["select_one x", "select_multiple x or_other"]),
        max_size=4,
    ),
    max_size=6,
)


@SETTINGS
@given(rows_of_form, rows_of_form, words)
def test_any_form_is_read(survey, choices, header):
    form = _form(survey, choices)
    form.question(header, "")
    form.first(header, "x")


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{}", b"[1]", b"{", b"PK\x03\x04", b"\x00" * 100),
        *(b'{"versions": {"count": 0}}', b'{"versions": 3}', b'{"versions": {"results": {}}}'),
    ],
)
def test_a_form_that_is_none_is_refused(tmp_path, content):
    path = tmp_path / "form.json"
    path.write_bytes(content)
    with pytest.raises(jmdi.FormatError):
        read_form(str(path), jmdi.ImportContext(name="x"))


def test_a_form_may_be_in_a_page_of_versions(tmp_path):
    survey = [{"type": "text", "name": "org", "label": ["Organisation"]}]
    path = tmp_path / "form.json"
    path.write_text(json.dumps({"versions": {"results": [{"content": {"survey": survey}}]}}))
    form = read_form(str(path), jmdi.ImportContext(name="x"))
    assert [question.name for question in form.questions] == ["org"]


def test_limits_hold():
    deep = current = {"_uuid": "u", "_submission_time": "2026"}
    for _ in range(70):
        current["r"] = [{}]
        current = current["r"][0]
    cases = [
        (json.dumps([deep]).encode(), {"depth": 20}),
        (LONG.encode() * 100, {"size": 500}),
        (LONG.encode() * 100, {"cells": 50}),
        (json.dumps([{"_uuid": "u", "_submission_time": "2"}] * 99).encode(), {"rows": 10}),
    ]
    for content, limits in cases:
        with pytest.raises(jmdi.FormatError, match=r"limits|more than|deep"):
            context = jmdi.ImportContext(name="x", limits=jmdi.Limits(**limits))
            read_sheets(io.BytesIO(content), context)


def test_an_archive_that_unpacks_to_much_is_refused_in_little_memory():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("x.csv", b"KEY,SubmissionDate\n" + b"a" * 400_000_000)
    content = file.getvalue()
    tracemalloc.start()
    with pytest.raises(jmdi.FormatError):
        read_sheets(io.BytesIO(content), jmdi.ImportContext(name="x"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300_000_000


def test_a_repeat_of_a_million_questions_is_refused():
    """Cells are counted before the table is made."""
    answers = [{"_uuid": "u", "_submission_time": "2", f"q{n}": 1} for n in range(3000)]
    context = jmdi.ImportContext(name="x")
    with pytest.raises(jmdi.FormatError, match="cells"):
        read_sheets(io.BytesIO(json.dumps(answers).encode()), context)
