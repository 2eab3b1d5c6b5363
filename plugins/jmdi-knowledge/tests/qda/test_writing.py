"""REFI-QDA projects come back as they were, also what means nothing here; and they are valid."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import jmdi
from jmdi import Coded, KnowledgeItem, Theme
from jmdi.model.wellknown import CLUSTERS

FILES = ("desk.qdpx", "desk.qda", "desk.sqlite3")


def written(projects, dataset, **options):
    out = io.BytesIO()
    projects.model.write(dataset, out, format="knowledge:qdpx", **options)
    return out.getvalue()


def said(dataset):
    """What a Dataset says of codings, without ids and where it was read."""
    items = {item.id: item for item in dataset.of(KnowledgeItem)}
    themes = {theme.id: theme for theme in dataset.of(Theme)}
    codings = [
        (
            items[c.source].label(),
            items[c.source].text,
            themes[c.target].label(),
            c.start,
            c.stop,
            c.memo,
            str(c.date),
            c.text_digest,
        )
        for c in dataset.of(Coded)
    ]
    codes = [
        (
            theme.label(),
            themes[theme.parent].label() if theme.parent in themes else None,
            theme.codable,
            theme.colour,
            jmdi.pick(theme.definition),
        )
        for theme in themes.values()
    ]
    return sorted(map(repr, codings)), sorted(map(repr, codes))


@pytest.mark.parametrize("tool", [None, "nvivo", "qualcoder"])
@pytest.mark.parametrize("name", FILES)
def test_codings_of_three_tools_come_back(projects, name, tool):
    dataset = projects.read(projects.files / name)
    again = projects.read(written(projects, dataset, tool=tool))
    assert said(again) == said(dataset)
    assert {c.coder for c in again.of(Coded)} == {c.coder for c in dataset.of(Coded)}
    assert projects.codes(again) == []


@pytest.mark.parametrize("name", FILES)
def test_what_is_written_is_valid_and_always_the_same(projects, valid, name):
    dataset = projects.read(projects.files / name)
    for tool in (None, "nvivo", "atlas.ti", "maxqda", "qualcoder", "taguette"):
        data = written(projects, dataset, tool=tool)
        assert data == written(projects, dataset, tool=tool)
        valid(data)


def test_a_refi_project_comes_back_record_by_record(projects):
    dataset = projects.read(projects.files / "desk.qdpx")
    again = projects.read(written(projects, dataset, tool="nvivo"), people="keep")
    plain = [
        {record.id: jmdi.evolve(record, sources=()) for record in one.records}
        for one in (dataset, again)
    ]
    changed = {i for i in plain[0] if plain[0][i] != plain[1].get(i)}
    # The writer adds a note, and a path names the file that it wrote.
    assert all(isinstance(plain[0][i], KnowledgeItem) for i in changed)
    assert plain[0].keys() == plain[1].keys()


REAL = (
    "nvivo12-windows-scrambled.qdpx",
    "nvivo15-mac-empty-sources.qdpx",
    "qc-1.3-line-coding-scrambled.qdpx",
    "qualcoder-3.6-v8-scrambled.qda",
)


@pytest.mark.parametrize("name", REAL)
def test_files_of_tools_come_back_and_are_valid(projects, real, valid, name):
    dataset = projects.read(real(f"qda/{name}"))
    for tool in (None, "nvivo"):
        data = written(projects, dataset, tool=tool)
        valid(data)
        again = projects.read(data, people="keep")
        assert said(again) == said(dataset)


UNKNOWN = (
    '<Project xmlns="urn:QDA-XML:project:1.0" xmlns:x="urn:other" name="Odd" x:mood="good">'
    '<CodeBook><Codes><Code guid="c0000000-0000-4000-8000-000000000001" name="One" '
    'isCodable="true" x:weight="3"><NoteRef targetGUID="f0000000-0000-4000-8000-000000000001"/>'
    '<x:Emblem kind="tree"/></Code></Codes></CodeBook><Sources>'
    '<TextSource guid="e0000000-0000-4000-8000-000000000001" name="T" x:pages="4">'
    "<PlainTextContent>a desk here</PlainTextContent>"
    '<PlainTextSelection guid="d0000000-0000-4000-8000-000000000001" startPosition="2" '
    'endPosition="6" x:sure="no"><x:Hint>look</x:Hint>'
    '<Coding guid="d0000000-0000-4000-8000-000000000002" x:rank="1">'
    '<CodeRef targetGUID="c0000000-0000-4000-8000-000000000001"/><x:Why>because</x:Why></Coding>'
    '<NoteRef targetGUID="f0000000-0000-4000-8000-000000000001"/></PlainTextSelection>'
    '<x:Pages count="4"/></TextSource>'
    '<PictureSource guid="e0000000-0000-4000-8000-000000000002" name="P" path="internal://p.jpg">'
    '<PictureSelection guid="d0000000-0000-4000-8000-000000000003" firstX="1" firstY="2" '
    'secondX="3" secondY="4"><Coding guid="d0000000-0000-4000-8000-000000000004"><CodeRef '
    'targetGUID="c0000000-0000-4000-8000-000000000001"/></Coding></PictureSelection>'
    "</PictureSource></Sources>"
    '<Notes><Note guid="f0000000-0000-4000-8000-000000000001" name="N"><PlainTextContent>A memo.'
    "</PlainTextContent></Note></Notes>"
    '<Links><Link guid="f0000000-0000-4000-8000-000000000002" name="L"/></Links>'
    '<Graphs><Graph guid="f0000000-0000-4000-8000-000000000003"><Vertex '
    'guid="f0000000-0000-4000-8000-000000000004" firstX="1" firstY="1"/></Graph></Graphs>'
    "<x:Survey><x:Answer>yes</x:Answer></x:Survey></Project>"
)


def test_what_means_nothing_here_is_kept_and_written_back(projects):
    dataset = projects.read(UNKNOWN.encode())
    assert projects.codes(dataset) == ["Q114"]
    text, picture = dataset.of(Coded)
    assert text.memo == "A memo."
    assert (picture.start, picture.extra["qda"]["selection"]["secondX"]) == (None, "3")
    data = written(projects, dataset)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("project.qde").decode()
    for part in (
        *(":mood=", ":weight=", ":pages=", ":sure=", ":rank=", "Emblem", "Hint", "Why", "Pages"),
        *("Survey", "Answer", "<Link ", "<Vertex", "PictureSelection", 'secondX="3"'),
    ):
        assert part in xml, part
    again = projects.read(data)
    assert said(again) == said(dataset)
    for kind in (KnowledgeItem, Theme, Coded):
        before = [jmdi.evolve(one, sources=()) for one in dataset.of(kind)]
        after = [jmdi.evolve(one, sources=()) for one in again.of(kind)]
        for one, other in zip(before, after, strict=True):
            assert kept(one) == kept(other)


def kept(record):
    """What a record keeps of its file, whatever prefix stands for a namespace."""
    found = dict(record.extra.get("qda", {}))
    found.pop("attributes", None)
    if "project" in found:
        found["project"] = found["project"]["elements"]
    return re.sub(r"\bns\d+\b", "x", str(found))


def test_a_coding_taken_away_or_added_is_seen_in_the_file(projects):
    dataset = projects.read(UNKNOWN.encode())
    _, picture = dataset.of(Coded)
    without = projects.read(written(projects, dataset.without(picture.id)))
    assert len(without.of(Coded)) == 1
    whole = Coded(id="coded/new", source=picture.source, target=picture.target, coder="P-1")
    more = projects.read(written(projects, dataset.with_records(whole)), people="keep")
    assert len(more.of(Coded)) == 3
    assert "P-1" in {coded.coder for coded in more.of(Coded)}


WORDS = st.text("ab é🙂مُ移\n", min_size=1, max_size=30)


@st.composite
def coded_items(draw):
    """Items that were never in a project, with codings by several people."""
    themes = list(CLUSTERS[:3])
    records: list[jmdi.Record] = []
    for number in range(draw(st.integers(1, 3))):
        words = [draw(WORDS) for _ in range(draw(st.integers(1, 5)))]
        text = " ".join(f"word{n} {word}" for n, word in enumerate(words))
        item = KnowledgeItem(id=f"item/{number}", names={"und": f"Item {number}"}, text=text)
        records.append(item)
        for place in range(draw(st.integers(0, 6))):
            start = draw(st.integers(0, len(text)))
            records.append(
                Coded(
                    id=f"coded/{number}-{place}",
                    source=item.id,
                    target=draw(st.sampled_from(themes)).id,
                    coder=draw(st.sampled_from(["P-1", "P-2"])),
                    date=draw(st.none() | st.just(datetime.date(2015, 5, 1))),
                    memo=draw(st.none() | st.sampled_from(["one", "two\nlines"])),
                    start=start,
                    stop=draw(st.integers(start, len(text))),
                )
            )
    return records


@given(records=coded_items(), tool=st.sampled_from([None, "nvivo", "qualcoder"]))
def test_codings_made_here_are_written_valid_and_read_again(projects, valid, records, tool):
    dataset = projects.model.dataset(records)
    data = written(projects, dataset, tool=tool)
    valid(data)
    again = projects.read(data, people="keep")
    items = {item.label(): item for item in again.of(KnowledgeItem)}
    for item in dataset.of(KnowledgeItem):
        assert items[item.label()].text == item.text
    assert len(again.of(Coded)) == len(dataset.of(Coded))
    assert {c.coder for c in again.of(Coded)} == {c.coder for c in dataset.of(Coded)}
    memos = [sorted(str(c.memo) for c in one.of(Coded)) for one in (dataset, again)]
    assert memos[0] == memos[1]


TOLD = {
    "nvivo": ("texts (1): only plain text", "graphs (1): not among", "links (1): not among"),
    "atlas.ti": ("elements that REFI-QDA does not know (5): whether ATLAS.ti takes them is not",),
    "maxqda": ("graphs (1): whether MAXQDA", "links (1): whether MAXQDA"),
    "qualcoder": ("links (1): dropped (ccbogel/QualCoder#1027)", "graphs (1): dropped"),
    "taguette": ("all 2 codings",),
}


@pytest.mark.parametrize("tool", TOLD)
def test_losses_are_counted_and_told(projects, tool):
    dataset = projects.read(UNKNOWN.encode())
    told = [problem.message for problem in dataset.losses("knowledge:qdpx", tool=tool)]
    notes = projects.read(written(projects, dataset, tool=tool)).of(KnowledgeItem)[0]
    for words in TOLD[tool]:
        assert any(words in message for message in told), told
        assert words in str(notes.extra["qda"]["project"]["elements"])


def test_what_is_not_there_is_no_loss(projects):
    text = projects.one(b"plain words", projects.selection(0, 5))
    for tool in ("atlas.ti", "maxqda", "qualcoder"):
        problems = projects.read(text).losses("knowledge:qdpx", tool=tool)
        assert "knowledge:Q115" not in {problem.code for problem in problems}
    emoji = projects.one("🙂 plain words".encode(), projects.selection(2, 7))
    told = [p.message for p in projects.read(emoji).losses("knowledge:qdpx", tool="maxqda")]
    assert any("in which unit MAXQDA counts positions is not published" in one for one in told)


def test_losses_of_the_format_and_of_no_such_tool(projects):
    with pytest.raises(jmdi.BadParameter, match="choose from"):
        projects.read(UNKNOWN.encode()).losses("knowledge:qdpx", tool="other")
    two = Theme(id="theme/x", names={"en": "a", "fr": "b"}, also_within=("theme/data",))
    told = projects.model.dataset([two]).losses("knowledge:qdpx")
    assert [problem.code for problem in told].count("knowledge:Q115") == 2


def test_tools_that_want_capitals_in_guids_get_them(projects, valid):
    dataset = projects.read(projects.files / "desk.qdpx", people="keep")
    data = written(projects, dataset, tool="atlas.ti")
    valid(data)
    guids = [
        value
        for element in etree.fromstring(projects.unzipped(data)).iter()
        for name, value in element.items()
        if name in ("guid", "targetGUID", "creatingUser")
    ]
    assert guids
    assert all(guid == guid.upper() for guid in guids)
    assert projects.quotes(projects.read(data)) == projects.quotes(dataset)


def test_nothing_to_write(projects):
    with pytest.raises(jmdi.DataError, match="neither a theme nor an item"):
        written(projects, projects.model.dataset([]))


def test_what_xml_cannot_hold_names_the_record(projects):
    theme = Theme(id="theme/x", names={"en": "a\x00b"})
    with pytest.raises(jmdi.DataError) as caught:
        written(projects, projects.model.dataset([theme]))
    assert caught.value.problems[0].where.record == "theme/x"
