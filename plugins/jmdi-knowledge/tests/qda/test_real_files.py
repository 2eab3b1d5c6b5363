"""Files that tools wrote, with the counts that were measured on them; skipped where absent."""

from __future__ import annotations

import collections

import pytest

from jmdi import Coded, KnowledgeItem, Theme

MADE = ("codepoints-lf", "utf16-crlf-bom", "inline-content-relative-path")


@pytest.mark.parametrize("name", [*MADE, "named-qde-uppercase-guids"])
def test_one_text_in_five_writings(projects, real, name):
    dataset = projects.read(real(f"qda/made/{name}.qdpx"))
    assert projects.quotes(dataset) == ["a desk 🙂", "a desk 🙂", "training"]
    assert len({coded.coder for coded in dataset.of(Coded)}) == 2
    assert projects.codes(dataset) == []


def test_a_source_that_is_missing(projects, real):
    dataset = projects.read(real("qda/made/missing-source.qdpx"))
    assert projects.quotes(dataset) == [None] * 3
    assert projects.codes(dataset) == ["Q105"]
    assert [c.extra["qda"]["start"] for c in dataset.of(Coded)] == [24, 24, 86]


def test_nvivo_for_windows(projects, real):
    dataset = projects.read(real("qda/nvivo12-windows-scrambled.qdpx"))
    assert len(dataset.of(Theme)) == 152
    assert len(dataset.of(Coded)) == 303
    assert {coded.extra["qda"]["unit"] for coded in dataset.of(Coded)} == {
        "UTF-16 units, CR LF as two, byte-order mark not counted"
    }
    quotes = projects.quotes(dataset)
    whole = [q for q in quotes if q and q == q.strip()]
    assert len(whole) >= 295
    assert projects.codes(dataset) == []


def test_nvivo_for_mac_and_qc(projects, real):
    empty = projects.read(real("qda/nvivo15-mac-empty-sources.qdpx"))
    assert len(empty.of(Theme)) == 262
    assert len({theme.label() for theme in empty.of(Theme)}) == 252
    assert [len(item.text) for item in empty.of(KnowledgeItem) if item.text is not None] == [1, 1]
    lines = projects.read(real("qda/qc-1.3-line-coding-scrambled.qdpx"))
    assert len(lines.of(Coded)) == 205
    selections = {coded.extra["qda"]["selection"]["guid"] for coded in lines.of(Coded)}
    assert len(selections) == 158
    assert len([i for i in lines.of(KnowledgeItem) if i.text is not None]) == 2


@pytest.mark.parametrize("name", ["", "/data.qda"])
def test_qualcoder(projects, real, name):
    dataset = projects.read(real(f"qda/qualcoder-3.6-v8-scrambled.qda{name}"))
    folders = [theme for theme in dataset.of(Theme) if theme.codable is False]
    codes = [theme for theme in dataset.of(Theme) if theme.codable]
    assert len(codes) == 230
    assert len(folders) == 55
    assert len([theme for theme in folders if theme.parent]) == 54
    codings = dataset.of(Coded)
    assert len(codings) == 133
    assert len({coded.target for coded in codings}) == 85
    assert len({coded.coder for coded in codings}) == 1
    texts = [item for item in dataset.of(KnowledgeItem) if item.text is not None]
    coded_items = {coded.source for coded in codings}
    assert (len(texts), len([t for t in texts if t.id not in coded_items])) == (6, 1)
    assert projects.codes(dataset) == [], "every quote equals its text"


def test_taguette(projects, real):
    dataset = projects.read(real("qda/taguette-scrambled.sqlite3"))
    assert len(dataset.of(Theme)) == 6
    assert len(dataset.of(Coded)) == 24
    places = collections.Counter((c.source, c.start, c.stop) for c in dataset.of(Coded))
    assert len(places) == 18
    assert len([i for i in dataset.of(KnowledgeItem) if i.text]) == 3
    assert {coded.coder for coded in dataset.of(Coded)} == {None}
    assert projects.codes(dataset) == [], "every snippet equals its text"
