"""Rule 1: bytes are read in the encoding that they are in, and a false declaration is reported."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from iati_helpers import only

import jmdi
from jmdi_iati.problems.report import Report
from jmdi_iati.reading.decoding import raw_chunks, utf8_chunks

FALSE = {"I106", "I116", "I117"}


def read(files, words, declared, encoding):
    """The title, and which of the problems of encodings are reported."""
    text = files.document(files.activity(f"<title><narrative>{words}</narrative></title>")).decode()
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    dataset, codes = files.read((head + text).encode(encoding))
    return only(dataset, jmdi.Initiative).names["en"], FALSE & set(codes)


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("utf-16", "Été"),
        ("utf-8-sig", "Été"),
        ("iso-8859-1", "Été"),
        ("windows-1252", "Été – œuvre"),
        ("iso-8859-15", "Été à 5 €"),
        ("windows-1250", "Żółw"),
        ("windows-1256", "هجرة و تنمية"),
        ("koi8-r", "Миграция"),
    ],
)
def test_encodings(files, encoding, words):
    assert read(files, words, encoding.removesuffix("-sig"), encoding) == (words, set())


@pytest.mark.parametrize("words", ["«PERÚ»", "LIBERTÉ” – MUÑOZ’S", "AÑO 2º N° 3", "à, é, ü"])
def test_letters_before_punctuation_are_those_of_the_declaration(files, words):
    assert read(files, words, "windows-1252", "cp1252") == (words, set())


@pytest.mark.parametrize(
    ("declared", "encoding", "words", "code"),
    [
        ("UTF-8", "latin-1", "Migración", "I106"),
        ("", "latin-1", "Migración", "I106"),
        ("us-ascii", "latin-1", "Migración", "I106"),
        ("ISO-8859-1", "utf-8", "Migración – «año»", "I116"),
        ("windows-1252", "utf-8", "هجرة و تنمية", "I116"),
        ("iso-8859-15", "utf-8", "移徙与发展", "I116"),
        ("windows-1256", "utf-8", "Migración", "I116"),
    ],
)
def test_a_false_declaration_is_corrected_and_reported(files, declared, encoding, words, code):
    assert read(files, words, declared, encoding) == (words, {code})


@pytest.mark.parametrize("declared", ["UTF-16", "utf-32", "nothing", "gbk", "idna", "rot13"])
def test_a_declaration_that_cannot_be_is_read_as_what_the_bytes_are(files, declared):
    assert read(files, "Migración", declared, "utf-8") == ("Migración", set())


def test_two_encodings_in_one_document(files):
    """As after two files were put together by a program that did not look."""
    both = "año ".encode() + "año".encode("latin-1")
    data = files.document(files.activity("<title><narrative>?</narrative></title>"))
    for declared, code in ((b"ISO-8859-1", "I116"), (b"UTF-8", "I106")):
        head = b'<?xml version="1.0" encoding="' + declared + b'"?>'
        dataset, codes = files.read(head + data.replace(b"?<", both + b"<"))
        assert only(dataset, jmdi.Initiative).names["en"] == "año año"
        assert code in codes


def test_a_byte_that_is_no_character_is_reported(files):
    data = files.document(files.activity("<title><narrative>a?b</narrative></title>"))
    head = b'<?xml version="1.0" encoding="windows-1252"?>'
    dataset, codes = files.read(head + data.replace(b"?", b"\x81"))
    assert only(dataset, jmdi.Initiative).names["en"] == "a\ufffdb"
    assert "I117" in codes


class Slow(io.BytesIO):
    """A stream that gives few bytes at a time."""

    def __init__(self, data, most):
        super().__init__(data)
        self.most = most

    def read(self, size=-1):
        return super().read(min(size, self.most))


PARTS = ["a", " ", "\n", "é", "»", "É»", "و", "移徙", "é".encode("latin-1"), b"\x81", b"\xff"]


@given(st.lists(st.sampled_from(PARTS), max_size=20), st.integers(1, 40))
def test_the_result_does_not_depend_on_chunks(parts, most):
    head = b'<?xml version="1.0" encoding="ISO-8859-1"?>'
    body = b"".join(part if isinstance(part, bytes) else part.encode() for part in parts)
    stream, whole, slow = Slow(head + body, 1 << 16), Report(), Report()
    stream.most = 1 << 16
    once = b"".join(part for part, _ in utf8_chunks(stream, whole))
    # The first read is long enough for the declaration, as that of any file.
    few = Slow(head + body, len(head))
    chunks = utf8_chunks(few, slow)
    made = [next(chunks)[0]]
    few.most = most
    assert b"".join([*made, *(part for part, _ in chunks)]) == once
    assert b"".join(raw_chunks(io.BytesIO(head + body))) == once
    assert {p.code for p in slow.problems()} == {p.code for p in whole.problems()}
