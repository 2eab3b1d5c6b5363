"""Rule 4: of versions of an activity the newest is kept, wherever it stands."""

from __future__ import annotations

import gzip
import io
import itertools
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi_iati.reading import duplicates
from jmdi_iati.reading.archives import Document
from jmdi_iati.reading.duplicates import Version, Waiting, repeated

UPDATED = ("", "2018-05-01", "2019-01-01T00:00:00Z", "2019-01-01T09:00:00+08:00")


def version(files, title, updated="", id="A-1"):
    attributes = f'last-updated-datetime="{updated}"' if updated else ""
    words = f"<title><narrative>{title}</narrative></title>"
    return files.activity(words, id=id, attributes=attributes)


def titles(dataset):
    return sorted(i.names["en"] for i in dataset.of(jmdi.Initiative) if i.names)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_newest_is_kept_in_any_order(files, order):
    """Nine o'clock at eight hours east of Greenwich is an hour after midnight there."""
    versions = [version(files, f"V{n}", UPDATED[n]) for n in order]
    dataset, codes = files.read(files.document(*versions, version(files, "B", id="A-2")))
    assert titles(dataset) == ["B", "V3"]
    assert codes == ["I203"]


@pytest.mark.parametrize("updated", ["", "2019-01-01", "not a date"])
def test_of_equally_old_ones_the_longer_is_kept_in_any_order(files, updated):
    versions = [version(files, title, updated) for title in ("A", "Longer", "B", "C")]
    for order in itertools.permutations(versions):
        dataset, codes = files.read(files.document(*order))
        assert titles(dataset) == ["Longer"]
        assert codes == ["I203"]
    one = {
        titles(files.read(files.document(*pair))[0])[0] for pair in (versions[2:], versions[:1:-1])
    }
    assert len(one) == 1


def test_of_equally_old_ones_that_of_the_newer_document_is_kept(files):
    made = {"A longer title": "2019-01-01T00:00:00Z", "B": "2020-01-01T00:00:00.1234567Z"}
    documents = [
        files.document(version(files, title, "2018-01-01")).replace(
            b'version="2.03"', f'version="2.03" generated-datetime="{date}"'.encode()
        )
        for title, date in made.items()
    ]
    for pair in (documents, documents[::-1]):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for number, data in enumerate(pair):
                archive.writestr(f"{number}.xml", data)
        packed.seek(0)
        assert titles(files.model.read(packed, format="iati:archive")) == ["B"]


@pytest.mark.parametrize(
    "written",
    [
        "<iati-identifier>\n A-1\t</iati-identifier >",
        "<iati-identifier><![CDATA[A-1]]></iati-identifier>",
        "<iati-identifier><!-- of 2019 -->A<?x?>-1<!-- </iati-identifier> --></iati-identifier>",
        "<iati-identifier>&#65;&#x2d;1</iati-identifier>",
        "<iati-identifier x='a>b'>A<![CDATA[-]]>1</iati-identifier>",
        "<iati-identifier>A-1<iati-identifier>A-2</iati-identifier></iati-identifier>",
        "<iati-identifier/><iati-identifier>A-1</iati-identifier>",
    ],
)
def test_an_identifier_is_the_same_however_it_is_written(files, written):
    plain = "<iati-identifier>A-1</iati-identifier>"
    old, new = version(files, "Old", "2018-01-01"), version(files, "New", "2019-01-01")
    link = files.activity('<related-activity ref="&#65;-1 " type="1"/>', id="A-2")
    for pair in ((old, new.replace(plain, written)), (new.replace(plain, written), old)):
        if written.startswith("<iati-identifier/>"):
            pair = [one.replace(plain, written) for one in pair]
        dataset, codes = files.read(files.document(*pair, link))
        if written.startswith("<iati-identifier/>"):
            continue
        assert titles(dataset) == ["New"]
        assert "I203" in codes
        assert len(dataset.of(jmdi.Initiative)) == 2


def test_it_is_told_which_one_is_kept(files):
    two = files.document(version(files, "A", "2018-01-01"), version(files, "B", "2019-01-01"))
    (problem,) = files.model.read(io.BytesIO(two), format="iati:xml", on_error="keep").problems
    assert problem.value == "A-1, 2019-01-01 kept, not 2018-01-01"
    dataset, _ = files.read(two)
    (initiative,) = dataset.of(jmdi.Initiative)
    assert initiative.sources[0].locator == "activity 2, line 1"


def test_the_same_content_is_no_other_version(files):
    one, other = version(files, "A"), version(files, "B", "2019-01-01")
    dataset, codes = files.read(files.document(one, one, other, other))
    assert titles(dataset) == ["B"]
    assert set(codes) == {"I202", "I203"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_in_any_encoding_and_any_spelling(files, encoding):
    old = version(files, "A", "2018-01-01", id="A&amp;é/1")
    new = version(files, "B", "2019-01-01", id="\n A&#38;&#xe9;/1 ")
    text = files.document(old, new).decode()
    data = f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)
    dataset, codes = files.read(data)
    assert titles(dataset) == ["B"]
    assert codes == ["I203"]


def test_within_archives_folders_and_streams_that_cannot_be_sought(files, tmp_path):
    old, new = (
        files.document(version(files, title, updated))
        for title, updated in (("A", "2018-01-01"), ("B", "2019-01-01"))
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xml", old)
        archive.writestr("b.xml", new)
    packed.seek(0)
    (tmp_path / "a.xml").write_bytes(old)
    (tmp_path / "b.xml.gz").write_bytes(gzip.compress(new))
    both = files.document(version(files, "A", "2018-01-01"), version(files, "B", "2019-01-01"))
    pipe = io.BytesIO(both)
    pipe.seekable = lambda: False
    pipe.seek = None
    for source, name in (
        (packed, "iati:archive"),
        (tmp_path, "iati:folder"),
        (pipe, "iati:xml"),
        (io.BytesIO(gzip.compress(both)), "iati:archive"),
    ):
        dataset = files.model.read(source, format=name, on_error="keep")
        assert titles(dataset) == ["B"]
        assert [p.code for p in dataset.problems] == ["iati:I203"]


def test_old_versions_of_the_standard_wait_too(files):
    one, other = (
        f'<iati-activity xml:lang="en" last-updated-datetime="{year}-01-01">'
        f"<iati-identifier>A-1</iati-identifier><title>Of {year}</title>"
        '<activity-date type="start-planned">2010</activity-date></iati-activity>'
        for year in (2012, 2011)
    )
    dataset, _ = files.read(files.document(one, other, version='"1.03"'))
    (initiative,) = dataset.of(jmdi.Initiative)
    assert initiative.names == {"en": "Of 2012"}
    assert initiative.period.edtf == "2010/"
    assert initiative.facets["iati:activity"].version == "1.03"


def test_what_was_repaired_waits_too(files):
    """A prefix that nobody declares, a bare ampersand, and a namespace of the root."""
    odd = "<x:y>1</x:y><title><narrative>A & B</narrative></title><d:z/>"
    pair = files.activity(odd), files.activity(odd, attributes='last-updated-datetime="2020-01-01"')
    data = files.document(*pair).replace(b"<iati-activities", b'<iati-activities xmlns:d="urn:d"')
    dataset, _ = files.read(data)
    (initiative,) = dataset.of(jmdi.Initiative)
    once, _ = files.read(
        files.document(pair[1]).replace(b"<iati-activities", b'<iati-activities xmlns:d="urn:d"')
    )
    (alone,) = once.of(jmdi.Initiative)
    assert initiative.names == alone.names
    assert initiative.facets["iati:activity"].xml == alone.facets["iati:activity"].xml
    assert "<x:y>1</x:y>" in initiative.facets["iati:activity"].xml


def test_others_refer_to_the_one_that_is_kept(files):
    parent = '<related-activity ref="A-1" type="1"/>'
    dataset, _ = files.read(
        files.document(
            version(files, "A"), files.activity(parent, id="A-2"), version(files, "B", "2019-01-01")
        )
    )
    assert len(dataset.of(jmdi.Initiative)) == 2
    assert not [p for p in dataset.check().problems if p.is_error]


def test_contact_persons_stay_out_and_are_counted_once_for_each_version(files):
    contact = "<contact-info><email>a@example.org</email></contact-info>"
    pair = [files.activity(contact, f"<title><narrative>{t}</narrative></title>") for t in "AB"]
    dataset = files.model.read(
        io.BytesIO(files.document(*pair)), format="iati:xml", on_error="keep"
    )
    problems = dataset.problems
    assert "example.org" not in str(list(dataset))
    (left_out,) = [p for p in problems if p.code == "iati:I205"]
    assert "2 times" in left_out.message


def test_what_waits_lies_on_disk(files, monkeypatch):
    monkeypatch.setattr(duplicates, "IN_MEMORY", 10)
    versions = [
        version(files, f"V{k}", f"20{k}-01-01", id=f"A-{n}")
        for k in (18, 19, 17)
        for n in range(40)
    ]
    dataset, _ = files.read(files.document(*versions))
    assert titles(dataset) == ["V19"] * 40


def spelled(name, how):
    """A name as XML may write it."""
    escaped = name.replace("&", "&amp;").replace("<", "&lt;")
    return {
        "plain": escaped,
        "cdata": f"<![CDATA[{name}]]>",
        "references": "".join(f"&#{ord(letter)};" for letter in name),
        "comment": f"<!-- </iati-identifier>{escaped} -->{escaped}",
    }[how]


identifiers = st.lists(
    st.tuples(
        st.text("ab<&é \n", min_size=1, max_size=4),
        st.sampled_from(["plain", "cdata", "references", "comment"]),
    ),
    max_size=6,
)


@given(identifiers, st.integers(1, 40), st.sampled_from(["", "iati-identifier ", "x:"]))
def test_what_occurs_twice_is_found_whatever_the_chunks(named, size, more):
    prefix = "x:" if ":" in more else ""
    text = "".join(
        f"<t>{more if ':' not in more else ''}</t><{prefix}iati-identifier>"
        f"{spelled(name, how)}</{prefix}iati-identifier>"
        for name, how in named
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("jmdi_iati.reading.decoding.CHUNK", size)
        found = repeated([Document("x", io.BytesIO(f"<a>{text}</a>".encode()))])
    bare = [" ".join(name.split()) for name, _ in named if name.strip()]
    assert found == {hash(name) for name in bare if bare.count(name) > 1}


def test_what_waits_comes_back_as_it_was():
    waiting = Waiting(frozenset({hash("a"), hash("b")}))
    assert (waiting.wants("a"), waiting.wants("c")) == (True, False)
    first = Version("<a>é</a>", "2018", None, {}, "f", "t", 1, None)
    newer = Version("<a>ü</a>", "2019-01-01", "2.03", {"x": "1"}, "f", "t", 2, 5)
    assert waiting.put("a", first) is False
    assert waiting.put("b", first) is False
    assert waiting.put("a", first) is True
    kept, other = waiting.put("a", newer)
    assert (kept.activity, other.activity) == (2, 1)
    assert list(waiting) == [newer, first]
    waiting.close()
