"""Tables of messages are read by a mapping of their columns."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest
from talks import TALK, heard

import jmdi

ROWS = list(csv.DictReader((TALK / "discussion.csv").read_text(encoding="utf-8").splitlines(True)))


def as_json() -> bytes:
    return json.dumps(ROWS).encode()


def as_workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append(list(ROWS[0]))
    for row in ROWS:
        sheet.append(list(row.values()))
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("data", [(TALK / "discussion.csv").read_bytes(), as_json(), as_workbook()])
def test_a_table_is_the_same_in_every_format(data):
    talk = heard(data, "knowledge:table")
    assert (len(talk.items), talk.replies("reply link"), len(talk.wholes)) == (6, 4, 2)
    assert {item.date.edtf for item in talk.items} >= {"2015-06-10", "2015-07-02"}
    assert len(talk.authors) == 4
    assert all(author.startswith("P-") for author in talk.authors)
    assert talk.dataset.find(talk.items[3].territory).label() == "Borea"
    assert not any("Luca Ferri" in text for text in talk.texts)


def test_rows_of_two_tables_with_the_same_numbers_stay_apart(tmp_path):
    ids = set()
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_bytes((TALK / "discussion.csv").read_bytes())
        ids |= {item.id for item in heard(tmp_path / name, "knowledge:table").items}
    assert len(ids) == 12


def test_columns_of_other_names_are_given_by_a_mapping():
    data = b"Qui,Quoi\nAna,bonjour\n"
    mapping = {"kind": "item", "columns": {"Qui": "author", "Quoi": "text"}}
    talk = heard(data, "knowledge:table", mapping=mapping)
    assert [item.text for item in talk.all] == ["bonjour"]
    assert talk.all[0].author.startswith("P-")


def test_a_reply_to_no_row_is_counted():
    talk = heard(b"Id,Author,Text,Reply to\n1,Ana,one,9\n", "knowledge:table")
    assert talk.all[0].reply_to is None
    assert "M104" in talk.codes


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"PK\x03\x04", b"Id\n1\n"])
def test_what_is_no_table_of_messages_ends_in_a_problem(data):
    talk = heard(data, "knowledge:table")
    assert not [item for item in talk.all if item.text]


def test_rows_that_contradict_each_other_name_nobody():
    rows = "id,author,message\n1,Ana Sow,one\n1,Luca Ferri,two of Ana Sow\n1,ANA SOW,one\n"
    mapping = {
        "records": {"item": {"kind": "item", "key": ["id"]}},
        "columns": {"id": "extra", "author": "author", "message": "description"},
    }
    for options in ({}, {"mapping": mapping}):
        talk = heard(rows.encode(), "knowledge:table", **options)
        claims = list(talk.dataset.of(jmdi.Claim))
        assert {claim.about for claim in claims} == {talk.all[0].id}
        ana, luca = (
            heard(f"author,text\n{n},x\n".encode(), "knowledge:table").all[0].author
            for n in ("Ana Sow", "Luca Ferri")
        )
        said = [(claim.field.split("/")[1], claim.value) for claim in claims]
        words = "text" if not options else "description"
        assert sorted(said) == sorted(
            [
                ("author", f'"{ana}"'),
                ("author", f'"{luca}"'),
                (words, '"one"'),
                (words, f'"two of {ana}"'),
            ]
        )


def test_no_id_is_made_of_names_where_the_mapping_names_no_key():
    mapping = {"kind": "item", "columns": {"author": "author", "text": "text"}}
    ids = [
        heard(f"author,text\n{name},hello\n".encode(), "knowledge:table", mapping=mapping).all[0].id
        for name in ("Ana Sow", "Luca Ferri")
    ]
    assert ids[0] == ids[1]


@pytest.mark.parametrize("header", ["id", "Id", "Message id"])
def test_a_row_keeps_its_id_where_others_come_before_it(header):
    rows = [f"{header},text", "1,one", "2,two"]
    whole, rest = (
        heard("\n".join(part).encode(), "knowledge:table").all
        for part in (rows, [rows[0], rows[2]])
    )
    assert whole[1].id == rest[0].id
