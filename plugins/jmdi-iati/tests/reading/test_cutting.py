"""A document cut at its activities gives what one parser of the whole gives."""

from __future__ import annotations

import contextlib
import io
import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from jmdi import Limits
from jmdi_iati.problems.report import Report
from jmdi_iati.reading.document import Bytes, Root, Stopped
from jmdi_iati.reading.parsing import pieces
from jmdi_iati.reading.tolerant import repaired

WORDS = "<title><narrative>{}</narrative></title>"
GOOD = [
    "<title/>",
    WORDS.format("a &amp; b &#233; é"),
    WORDS.format("<![CDATA[</iati-activity><iati-activity>]]>"),
    "<!-- </iati-activity> <iati-activity> -->",
    "<?x </iati-activity>?>",
    "<contact-info><email>a@example.org</email></contact-info>",
    "<x:y z='1'/>",
    "\n<sector code='1' x:z=\"'>'\"/>\r\n",
]
NO_REFERENCES = ["<!-- &#xD800; -->", WORDS.format("<![CDATA[&#xD800;]]>")]
"""The repairer takes these for references to no character, as it looks at bytes."""

BETWEEN = ["", "\n", " \t\r\n", "<!-- a - b -->", "<!-- <iati-activity> -->"]
ODD = ["<r/>", "text", "<?x y?>", "<![CDATA[x]]>", "<iati-activity/>", "<iati-activities/>"]
ENDS = ["", "\n", "<!-- end -->", "<?x?>"]
BROKEN = [
    "&nbsp;",
    "&#xD800;",
    "&#0;",
    "<",
    "</title>",
    "<a",
    "\x00",
    "-->",
    "<iati-activity>",
    "&",
]


def documents(children: list[str], between: list[str]) -> st.SearchStrategy[str]:
    activity = st.builds(
        "<iati-activity {}>{}</iati-activity{}>".format,
        st.sampled_from(["", "default-currency='USD'", "\nx:a = '>'"]),
        st.lists(st.sampled_from(children), max_size=4).map("".join),
        st.sampled_from(["", " ", "\n"]),
    )
    inside = st.lists(st.one_of(activity, st.sampled_from(between)), max_size=6).map("".join)
    return st.builds(
        "{}<iati-activities version='2.03' xmlns:x='urn:x'>{}</iati-activities >{}".format,
        st.sampled_from(["", "<?xml version='1.0'?>\n", "<!-- a -->", "\ufeff"]),
        inside,
        st.sampled_from(ENDS),
    )


class Slow(io.BytesIO):
    """Gives a few bytes at a time."""

    def __init__(self, data: bytes, most: int) -> None:
        super().__init__(data)
        self.most = most

    def read(self, size=-1):
        return super().read(self.most if size < 0 else min(size, self.most))


def content(element):
    """The element with all that is in it, without what lies behind it."""
    parts = [(content(part), part.tail or "") for part in element]
    return element.tag, sorted(element.items()), element.text or "", parts


def cut(data: bytes, most: int = 1 << 20):
    report, root = Report(), Root()
    found = [
        (content(piece.element), report.activity, report.line)
        for piece in pieces(Slow(data, most), root, report, Limits(), lambda _: None)
    ]
    return found, {p.code for p in report.problems()}, (root.tag, root.version, root.foreign)


def whole(data: bytes):
    report, root = Report(), Root()
    source = Bytes(io.BytesIO(data), report, Limits().size, lambda _: None)
    found = []
    with contextlib.suppress(Stopped):
        found.extend(
            (content(piece.element), report.activity, report.line)
            for piece in repaired(source, root, report, Limits(), 0)
        )
    return found, {p.code for p in report.problems()}, (root.tag, root.version, root.foreign)


def parsed(data: bytes):
    options = {"resolve_entities": False, "remove_comments": True, "remove_pis": True}
    events = etree.iterparse(io.BytesIO(data), tag="iati-activity", **options)
    return [content(element) for _, element in events]


@given(documents(GOOD + NO_REFERENCES, BETWEEN), st.integers(1, 200))
def test_well_formed_documents(document, most):
    data = document.encode()
    found, codes, root = cut(data, most)
    assert [inside for inside, *_ in found] == parsed(data)
    assert [number for _, number, _ in found] == list(range(1, len(found) + 1))
    assert not codes
    assert root[0] == "iati-activities"
    begins = [found.start() for found in re.finditer(b"<iati-activity[ \n]", data)]
    assert {line for *_, line in found} <= {1 + data[:place].count(b"\n") for place in begins}


@given(documents(GOOD + ODD + BROKEN, BETWEEN + ODD + BROKEN), st.integers(1, 200))
def test_faulty_documents_are_repaired_alike(document, most):
    data = document.encode("utf-8", "surrogatepass")
    (found, codes, root), (wanted, known, other) = cut(data, most), whole(data)
    assert [one[:2] for one in found] == [one[:2] for one in wanted]
    # The repairer does not look at what stands behind the last activity.
    assert codes - {"iati:I113"} == known - {"iati:I113"}
    assert root[2][: len(other[2])] == other[2]


@given(documents(GOOD, BETWEEN), st.data())
def test_documents_with_an_end_too_few(document, data):
    text = document.encode()
    place = data.draw(st.integers(0, len(text) - 1))
    found, wanted = (of(text[:place])[0] for of in (cut, whole))
    assert [inside for inside, *_ in found] == [inside for inside, *_ in wanted]


def test_published_files(real, real_names):
    for name in real_names:
        data = real(f"iati/{name}")
        assert [inside for inside, *_ in cut(data)[0]] == [inside for inside, *_ in whole(data)[0]]


def test_a_reference_in_a_comment_or_in_cdata_is_none(files):
    for text in ("<!-- &#xD800; -->", "<title><narrative><![CDATA[&#xD800;]]></narrative></title>"):
        _, codes = files.of(text)
        assert "I105" not in codes


def test_what_is_kept_is_what_was_published(files):
    kept = "<title  >\r\n<narrative xml:lang='en'>&#233;</narrative>\n</title>"
    contact = '<contact-info type="1">\n<email>a@b</email></contact-info>\n<contact-info x=">"/> '
    dataset, _ = files.of(kept + contact)
    (initiative,) = (r for r in dataset if r.kind == "initiative")
    xml = initiative.facets["iati:activity"].xml
    assert xml == files.activity(kept)


def test_a_contact_person_within_another_is_left_to_the_parser(files):
    inside = "<contact-info><contact-info/><email>a@b</email></contact-info>"
    dataset, codes = files.of(inside, "<x><contact-info/></x>")
    (initiative,) = (r for r in dataset if r.kind == "initiative")
    assert "I205" in codes
    assert "email" not in initiative.facets["iati:activity"].xml
    assert initiative.facets["iati:activity"].xml.count("contact-info") == 1
