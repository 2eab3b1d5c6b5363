"""Interviews and reports are read by section and by turn."""

from __future__ import annotations

import io

import pytest
from talks import TALK, heard

import jmdi
from jmdi_knowledge.discussions.documents.importer import sniff
from jmdi_knowledge.discussions.documents.title_block import day_of
from jmdi_knowledge.discussions.speakers import label_of, speakers_among


@pytest.mark.parametrize("name", ["interview.txt", "interview.docx", "interview.odt"])
def test_an_interview_is_the_same_in_every_format(name):
    talk = heard(TALK / name, "knowledge:document")
    assert len(talk.items) == 6
    assert [item.author for item in talk.items] == [talk.items[0].author, talk.items[1].author] * 3
    assert {item.source_type.code for item in talk.items} == {"interview"}
    (whole,) = talk.wholes
    assert (whole.date.edtf, whole.language) == ("2015-06-10", "en")
    fontana = talk.dataset.find(talk.items[0].territory)
    assert (fontana.names["und"], talk.dataset.find(fontana.within).names["und"]) == (
        "Fontana",
        "Atlantia",
    )
    assert talk.items[0].facets["knowledge:utterance"].speaker.lower() == "interviewer"
    assert "Ferri" not in whole.description["und"]


def test_the_head_of_an_interview_names_who_has_a_role():
    talk = heard(TALK / "interview.txt")
    assert talk.items[0].author == heard(TALK / "desks.mbox").items[1].author  # Luca Ferri


@pytest.mark.parametrize("name", ["report.md", "report.html", "report.pdf"])
def test_a_report_is_read_by_section(name):
    talk = heard(TALK / name, "knowledge:document")
    assert {item.source_type.code for item in talk.items} == {"report"}
    assert "budget closes when the project ends" in " ".join(talk.items[2].text.split())
    assert {item.language for item in talk.items} == {"en" if name == "report.html" else None}
    if name != "report.pdf":
        assert talk.items[2].names["und"] == "Lesson"
    else:
        assert [item.sources[0].locator.partition(",")[0] for item in talk.items] == [
            "page 1",
            "page 2",
            "page 3",
        ]


def told(text: str, **options: object):
    return heard(text.encode(), "knowledge:document", **options)


def test_turns_go_on_over_lines_and_have_times():
    talk = told("ANA: one\ntwo\n\n[00:01:30] BEN: three: four\nANA [1:02:03]: five")
    assert talk.texts == ["one\ntwo", "three: four", "five"]
    begins = [item.facets.get("knowledge:utterance") for item in talk.items]
    assert [one and int(one.begins) for one in begins] == [None, 90, 3723]


@pytest.mark.parametrize(
    "text",
    [
        "**Ana:** one\n**Ben**: two\n**Ana:** three\n**Ben:** four",
        "Ana Sow  0:03\none\n\nBen Li\t0:10\ntwo\n\nAna Sow 0:15\nthree\nBen Li  1:00:00\nfour",
        "[00:03] Ana: one\n[00:10] Ben: two\nAna: three\n(00:15) Ben: four",
    ],
)
def test_turns_begin_as_programs_write_them(text):
    talk = told(text)
    assert talk.texts == ["one", "two", "three", "four"]
    assert [item.author for item in talk.items] == [talk.items[0].author, talk.items[1].author] * 2


def test_words_before_a_colon_are_no_speakers():
    texts = [
        "Yes: I do",
        "We have three things: one",
        "Note: x",
        "Ana: a",
        "Ana: b",
        "Speaker 1: c",
    ]
    texts += ["María de la Cruz: d", "PEDRO: e"]
    assert speakers_among(map(label_of, texts)) == {
        "Ana",
        "Speaker 1",
        "María de la Cruz",
        "PEDRO",
    }


def test_the_speaker_1_of_one_file_is_not_that_of_another(tmp_path):
    authors = set()
    for name in ("one.txt", "two.txt"):
        file = tmp_path / name
        file.write_text("Speaker 1: hello\nSpeaker 2: hello\nQ: hello", encoding="utf-8")
        authors |= heard(file, "knowledge:document").authors
    assert len(authors) == 6


def test_a_table_of_questions_has_answers():
    page = "<table><tr><td>Who pays?</td><td>The province.</td></tr></table>"
    talk = heard(f"<html><body>{page}</body></html>".encode(), "knowledge:document")
    talk = talk if talk.items else None
    assert talk is not None
    assert talk.texts == ["Who pays?", "The province."]
    assert talk.replies("row of a table") == 1


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("2015-06-10", "2015-06-10"),
        ("10 June 2015", "2015-06-10"),
        ("le 10 juin 2015", "2015-06-10"),
        ("June 2015", "2015-06"),
        ("03/04/2015", None),
        ("31 June 2015", None),
        ("soon", None),
    ],
)
def test_a_date_is_read_where_its_month_is_written(typed, edtf):
    assert day_of(typed).edtf == edtf


def test_only_what_is_evident_is_read_unasked():
    interview = (TALK / "interview.txt").read_bytes()
    assert sniff(interview) is True
    assert sniff((TALK / "report.pdf").read_bytes()) is True
    for name in ("interview.docx", "interview.odt", "report.md", "report.html", "discussion.csv"):
        assert sniff((TALK / name).read_bytes()) is not True
    settings = "".join(f"Name: x{n}\nKind: y\n" for n in range(9))
    assert sniff(settings.encode()) is not True
    assert sniff(b"") is not True
    assert sniff((TALK / "topic-page-1.json").read_bytes()) is not True


@pytest.mark.parametrize("name", ["workplan.csv", "workplan.docx", "workplan.xlsx"])
def test_work_plans_keep_their_own(name):
    plan = jmdi.read(TALK.parent / "workplan" / name, on_error="keep")
    assert list(plan.of(jmdi.WorkPlan))


@pytest.mark.parametrize(
    "data", [b"", b" \n", b"%PDF-1.4 damaged", b"PK\x03\x04 damaged", b"\0\0", b"%PDF-1.4\n%%EOF"]
)
def test_what_cannot_be_read_ends_in_a_problem(data):
    talk = heard(data, "knowledge:document")
    assert not [item for item in talk.items if item.text and "\ufffd" not in item.text]
    assert talk.codes


def test_a_pdf_without_text_says_so():
    data = (TALK / "report.pdf").read_bytes()
    empty = data.replace(b"(Context) Tj", b"(       ) Tj").replace(b") Tj ET", b") Tx ET")
    talk = heard(empty, "knowledge:document")
    assert "D171" in talk.codes


def test_lone_surrogates_and_marks_of_direction_are_texts():
    talk = told("ANA: \u200fمرحبا\u200e\nANA: e\u0301")
    stream = io.BytesIO()
    jmdi.write(talk.dataset, stream, format="jsonl")
    assert talk.texts == ["\u200fمرحبا\u200e", "e\u0301"]


@pytest.mark.parametrize("head", [("Question", "Answer"), ("Pregunta:", "Respuesta:")])
def test_the_head_of_a_table_of_questions_is_nobody(head):
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in (head, ("Who?", "We.")))
    talk = told(f"<html><body><table>{rows}</table></body></html>")
    assert talk.authors == {None}
    assert talk.texts[1:] == ["Who?", "We."]


@pytest.mark.parametrize(
    "texts",
    [
        ("Ana: a\nSpeaker 1: b\nAna: c", "Luca: a\nSpeaker 1: b\nLuca: c"),
        ("Place: Fontana\nQ: a\nA: b", "Place: Borea\nQ: a\nA: b"),
        ("Q: a\nA: b", "Q: a\nA: b\nQ: c"),
    ],
)
def test_documents_of_one_name_in_two_folders_stay_apart(tmp_path, texts):
    ids, items, authors = set(), 0, set()
    for folder, text in zip("ab", texts, strict=True):
        file = tmp_path / folder / "interview.txt"
        file.parent.mkdir()
        file.write_text(text)
        talk = heard(file, "knowledge:document")
        ids |= {item.id for item in talk.all}
        items += len(talk.all)
        authors |= {item.author for item in talk.items if "utterance" in str(item.facets)}
    assert (len(ids), len(authors)) == (items, 2 if "Ana" in texts[0] else 4)
