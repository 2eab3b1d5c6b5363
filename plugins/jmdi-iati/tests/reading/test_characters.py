"""Characters that no XML can hold, and entities that nobody declared: corrected, with a warning."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi import Initiative, Limits
from jmdi_iati.problems.report import Report
from jmdi_iati.reading.decoding import utf8_chunks
from jmdi_iati.reading.document import Root
from jmdi_iati.reading.parsing import pieces

REFERENCES = (
    *("&#xD800;", "&#xd800;", "&#xDFFF;", "&#55296;", "&#x00D800;", "&#XD800;", "&#xD800"),
    *("&#xFFFE;", "&#xFFFF;", "&#x110000;", "&#99999999999;", "&#0;", "&#1;", "&#x0B;", "&#31"),
    *("&#;", "&#x;", "&;", "&", "&#xD83D;&#xDE00;", "&#55357;&#56832;", "&#65;", "&#x1F600;"),
    *("&x;", "&nbsp;", "&eacute;", "&amp;", "&amp;#xD800;", "\ufffe", "\uffff", "\ud800", "\x00"),
    *("<![CDATA[&#xD800;&x;]]>", f"&#{'0' * 70}55296;", f"&#{'9' * 70};", "é", "😀", "]]>", "<p/>"),
)


class Slow(io.BytesIO):
    """A stream that gives few bytes at a time."""

    def __init__(self, data, most):
        super().__init__(data)
        self.most = most

    def read(self, size=-1):
        return super().read(min(size, self.most))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a&#xD800;b", "a\ufffdb"),
        ("a&#55296;b", "a\ufffdb"),
        ("a&#xDFFF;b", "a\ufffdb"),
        ("a&#x110000;b", "a\ufffdb"),
        ("a&#xFFFF;b", "a\ufffdb"),
        ("a&#11;b", "ab"),
        ("a\ufffeb", "ab"),
        ("a&#xD83D;&#xDE00;b", "a😀b"),
        ("a&#55357;&#56832;b", "a😀b"),
        ("caf&eacute; au lait", "café au lait"),
        ("a&unknown;b", "a&unknown;b"),
        ("&unknown;<p/>b", "&unknown;b"),
    ],
)
def test_a_text_keeps_what_is_around(files, written, read):
    dataset, problems = files.of(f"<title><narrative>{written}</narrative></title>")
    (initiative,) = dataset.of(Initiative)
    assert dict(initiative.names)["en"] == read
    assert set(problems) & {"I105", "I107"}


def test_what_is_right_is_not_reported(files):
    words = "a &amp; b &#38; &#233; &#x1F600; <![CDATA[R&D &nbsp; &#233;]]>"
    dataset, problems = files.of(f"<title><narrative>{words}</narrative></title>")
    (initiative,) = dataset.of(Initiative)
    assert dict(initiative.names)["en"] == "a & b & é 😀 R&D é"
    assert not set(problems) & {"I105", "I107"}


@pytest.mark.parametrize("bad", ["&#xD800;", "&#x110000;", "&x;", "&#1;"])
def test_attributes_are_corrected(files, bad):
    data = files.document(files.activity(id="A-1", attributes=f'linked-data-uri="a{bad}b"'))
    dataset, problems = files.read(data)
    assert len(dataset.of(Initiative)) == 1
    assert set(problems) & {"I105", "I107"}
    assert b"\xed" not in files.write(dataset)


def test_entities_between_elements(files):
    data = files.document("&x;", files.activity("&y;", id="A-1"), "&z;", files.activity(id="A-2"))
    dataset, problems = files.read(data)
    assert len(dataset.of(Initiative)) == 2
    assert "I105" in problems


@given(st.lists(st.sampled_from([*REFERENCES, "a", "\n"]), max_size=12), st.integers(1, 40))
def test_the_result_does_not_depend_on_chunks(parts, most):
    data = "".join(parts).encode("utf-8", "surrogatepass")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\xed" in data:
        return
    whole = b"".join(part for part, _ in utf8_chunks(io.BytesIO(data), Report()))
    slow = b"".join(part for part, _ in utf8_chunks(Slow(data, most), Report()))
    assert slow == whole


@given(
    st.lists(st.sampled_from([*REFERENCES, "a", " "]), max_size=12),
    st.lists(st.sampled_from([*REFERENCES, "a", " "]), max_size=6),
    st.integers(1, 300),
)
def test_nothing_makes_the_reader_fail(inside, beside, most):
    text, between = "".join(inside), "".join(beside)
    quoted = text.replace("<", "").replace('"', "")
    document = (
        f'<iati-activities version="2.03" x="{quoted}">{between}<iati-activity a="{quoted}">'
        f"{between}<iati-identifier>A</iati-identifier><title><narrative>{text}</narrative></title>"
        f"</iati-activity>{between}</iati-activities>"
    ).encode("utf-8", "surrogatepass")
    root = Root()
    for element, _ in pieces(Slow(document, most), root, Report(), Limits(), lambda _: None):
        for part in element.iter():
            assert isinstance(part.tag, str)
            "".join([part.text or "", part.tail or "", *part.attrib.values()]).encode("utf-8")
    "".join(root.rest.values()).encode("utf-8")
