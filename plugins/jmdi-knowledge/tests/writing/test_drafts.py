from __future__ import annotations

import io
import re
from typing import get_args

import attrs
import docx
import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge_helpers import coded, derives, item, programme

import jmdi
from jmdi.errors import BadParameter, NotFound
from jmdi.graph.dataset import Dataset, WrongKind
from jmdi.words.tables import LANGUAGES, words_of
from jmdi_knowledge.words import TABLES
from jmdi_knowledge.writing.draft import Bullets, Draft, Grid, Heading, Missing, Paragraph, Quote
from jmdi_knowledge.writing.markdown import markdown
from jmdi_knowledge.writing.page import page
from jmdi_knowledge.writing.skeletons import Template, draft_of
from jmdi_knowledge.writing.word import word

MODEL = jmdi.Model.build(["knowledge"])
SAID = "We opened a desk. <b>Migrants</b> | *came*."


def told(*more: object) -> Dataset:
    """A product that is made of one practice and two items, one of them with a quote."""
    return MODEL.dataset(
        [
            item("i", SAID, "interview"),
            item("j", "Nothing of it was coded."),
            coded("i", "theme/data", "ana", 3, 17, text=SAID),
            jmdi.Practice(id="l", names={"en": "The desk"}, lesson={"en": "Open early."}),
            jmdi.KnowledgeProduct(
                id="p",
                names={"en": "Desks", "fr": "Guichets"},
                type=jmdi.code("product-type", "toolbox"),
                text="They work [claim: l].\n\nThey are cheap [claim: nothing].",
            ),
            *derives("p", "l", "j"),
            *derives("l", "i"),
            *more,
        ]
    )


def of(draft, kind):
    return [block for block in draft.blocks if isinstance(block, kind)]


def test_a_toolbox_shows_practices_with_quotes_claims_and_sources() -> None:
    draft = draft_of(told(), "p")
    assert draft.title == "Desks"
    assert [b.text for b in of(draft, Heading)] == [
        "Text",
        "Tools",
        "The desk",
        "What is missing",
        "Sources",
    ]
    said = [block.text for block in of(draft, Paragraph)]
    assert said == ["They work [1].", "They are cheap [no trail: nothing].", "Lesson: Open early."]
    assert of(draft, Quote) == [Quote("opened a desk.", "Interview", 1)]
    missing = [block.text for block in of(draft, Missing)]
    assert missing == [
        f"{part}: to be written" for part in ("Context", "Practice", "Recommendation")
    ]
    gaps, sources = of(draft, Bullets)
    assert any("claim of the text without a trail" in gap for gap in gaps.items)
    assert sources == Bullets(("i; Interview",), numbered=True)


def test_counts_are_of_what_the_product_stands_on() -> None:
    data = MODEL.dataset(programme())
    (grid,) = of(draft_of(data, "p"), Grid)
    assert dict(grid.rows) == {
        "Pieces of material": "2",
        "By kind of source": "Interview 1, Report 1",
        "Territories": "2 (not stated: 0)",
        "Coded passages": "3",
        "Coders": "2",
        "Passages on which coders agree": "1 / 3",
        "Oldest": "2015-01-01",
        "Newest": "2015-02-28",
    }
    (whole,) = of(draft_of(data), Grid)
    assert dict(whole.rows)["Pieces of material"] == "3"


def test_the_table_of_evidence_has_a_row_for_each_passage() -> None:
    _, rows = of(draft_of(MODEL.dataset(programme()), "p", template="evidence"), Grid)
    assert [(row[0], row[1], row[5], row[6]) for row in rows.rows] == [
        ("Data, mapping and assessment of needs", "Words", "ana, bo", "as coded"),
        ("Data, mapping and assessment of needs", "Words", "ana", "as coded"),
        ("Partnerships", "that", "bo", "as coded"),
    ]


def test_a_passage_may_have_one_end_only() -> None:
    open_ = coded("i", "theme/data", "ana", 3, None, text=SAID)
    begun = coded("i", "theme/data", "ana", None, 2, text=SAID)
    data = MODEL.dataset([item("i", SAID), open_, begun])
    _, rows = of(draft_of(data, template="evidence"), Grid)
    assert {row[2]: row[1] for row in rows.rows} == {"3–": SAID[3:], "0–2": SAID[:2]}


def test_words_that_changed_since_they_were_coded_are_no_quote() -> None:
    data = told()
    changed = attrs.evolve(
        data["i"] if hasattr(data, "__getitem__") else data.get("i"), text="x" * 40
    )
    draft = draft_of(data.with_records(changed), "p", template="synthesis_report")
    assert not of(draft, Quote)
    assert any("no longer the one" in gap for gap in of(draft, Bullets)[0].items)
    assert "[no trail: l]" in " ".join(block.text for block in of(draft, Paragraph))
    _, rows = of(draft_of(data.with_records(changed), "p", template="evidence"), Grid)
    assert [row[6] for row in rows.rows] == ["changed since"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", get_args(Template))
def test_every_form_can_be_written_in_every_language(template, language) -> None:
    for data, product in (
        (told(), "p"),
        (MODEL.dataset(programme()), None),
        (MODEL.dataset(), None),
    ):
        draft = draft_of(data, product, template=template, language=language)
        assert word(draft) == word(draft)
        assert docx.Document(io.BytesIO(word(draft))).paragraphs[0].text == draft.title
        assert page(draft).startswith(b"<!DOCTYPE html>") and markdown(draft).startswith(b"# ")


def test_all_languages_have_the_phrases_of_english() -> None:
    found = {language: set() for language in LANGUAGES}
    for one in words_of("draft", TABLES):
        found[one.language].add(one.meaning)
    assert all(keys == found["en"] for keys in found.values())


def test_text_stays_text() -> None:
    draft = draft_of(told(coded("i", "theme/data", "bo", 0, len(SAID), text=SAID)), "p")
    html = lxml.html.fromstring(page(draft).decode())
    assert not html.xpath("//b") and SAID in html.text_content()
    assert r"\<b\>Migrants\</b\> \| \*came\*." in markdown(draft).decode()
    assert not html.xpath("//script|//@src|//link")


def test_what_is_asked_for_must_be_there() -> None:
    with pytest.raises(NotFound):
        draft_of(told(), "q")
    with pytest.raises(WrongKind):
        draft_of(told(), "l")
    with pytest.raises(BadParameter, match="0 or more"):
        draft_of(told(), "p", quotes=-1)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 30), st.integers(0, 30)), max_size=12))
def test_quotes_are_the_words_of_their_sources(spans) -> None:
    texts = {f"i{n}": f"{n}: some words that were said in {n} places" for n in range(3)}
    codings = [
        coded(f"i{n}", f"theme/t{number % 2}", f"c{number}", start, stop, text=texts[f"i{n}"])
        for number, (n, start, stop) in enumerate(spans)
    ]
    data = MODEL.dataset([*(item(id, text) for id, text in texts.items()), *codings])
    draft = draft_of(data, quotes=100)
    sources = of(draft, Bullets)[-1].items if of(draft, Quote) else ()
    for quote in of(draft, Quote):
        assert quote.text in texts[re.split(";", sources[quote.source - 1])[0]]
    wanted = {(texts[f"i{n}"][a:b]) for n, a, b in spans if a < b}
    assert {quote.text for quote in of(draft, Quote)} == wanted


def test_lines_that_look_like_markdown_are_shown_as_they_are() -> None:
    texts = ("1. one", "2) two", "- three", "Four\n===", "---", "+ five", "3.5 and -6\n    <7>")
    draft = Draft("t", "en", tuple(map(Paragraph, texts)))
    assert markdown(draft).decode().split("\n\n")[1:] == [
        r"1\. one",
        r"2\) two",
        r"\- three",
        "Four\n\\===",
        r"\---",
        r"\+ five",
        "3.5 and -6\n\\<7\\>\n",
    ]


def test_words_from_right_to_left_and_wide_tables_are_set_as_such_in_word() -> None:
    head = ("Theme", "Quote", "Position", "Date", "File")
    grid = Grid(head, (("الشراكة", "q" * 300, "0–5", "2026", "a.txt"),))
    blocks = (Quote("تعمل الجمعية.", "", 1), Quote("We work.", "Interview", 2), grid)
    document = docx.Document(io.BytesIO(word(Draft("t", "es", blocks))))
    arabic, english = document.paragraphs[1:3]
    assert [one.text for one in (arabic, english)] == [
        "تعمل الجمعية. [1]",
        "We work. — Interview [2]",
    ]
    assert [bool(one._p.xpath("w:pPr/w:bidi")) for one in (arabic, english)] == [True, False]
    cells = document.tables[0].rows[1].cells
    assert cells[0].paragraphs[0]._p.xpath("w:pPr/w:bidi")
    section = document.sections[0]
    assert section.page_width > section.page_height
    assert cells[1].width > 3 * cells[2].width
    narrow = Draft("t", "es", (Grid(("a", "b"), (("1", "2"),)),))
    section = docx.Document(io.BytesIO(word(narrow))).sections[0]
    assert section.page_width < section.page_height


def test_equal_names_of_codes_say_which_project_they_are_of() -> None:
    own = {"names": {"en": "Cost"}}
    records = [
        item("i", SAID),
        *(coded("i", theme, "ana", 3, 17, text=SAID) for theme in "abcd"),
        jmdi.Theme(id="a", codebook="Desk", code="Why / Cost", **own),
        jmdi.Theme(id="b", codebook="Desk", code="How / Cost", **own),
        jmdi.Theme(id="c", codebook="Town", **own),
        jmdi.Theme(id="d", names={"en": "Time"}),
    ]
    draft = draft_of(MODEL.dataset(records))
    assert {one.text for one in draft.blocks if isinstance(one, Heading) and one.level == 2} == {
        "Cost (Desk) (Why / Cost)",
        "Cost (Desk) (How / Cost)",
        "Cost (Town)",
        "Time",
    }


def test_what_an_item_followed_from_is_no_evidence() -> None:
    other = (item("k", SAID), jmdi.KnowledgeProduct(id="q"), *derives("q", "k"))
    followed = told(*other, *derives("j", "q"))
    assert draft_of(followed, "p").blocks == draft_of(told(*other), "p").blocks
