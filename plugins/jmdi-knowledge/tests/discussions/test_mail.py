"""Mail is read message by message, whatever stands in its bodies."""

from __future__ import annotations

import io
import mailbox
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from talks import HEADERS, SHARED, TALK, heard, mbox, message, shared

import jmdi
from jmdi_knowledge.discussions.dates import of_mail
from jmdi_knowledge.discussions.mail.splitting import split
from jmdi_knowledge.discussions.mail.threads import Index, links_of
from jmdi_knowledge.discussions.marks import marks_of, subject_of, who_wrote


@shared
def test_published_files_have_their_counts():
    mail = heard(SHARED / "list-scrambled.mbox")
    assert (len(mail.items), len(mail.authors)) == (25, 8)
    assert mail.said("M102") == "messages whose id came before in the file: 2"
    archive = heard(SHARED / "pipermail-scrambled.txt")
    assert len(archive.items) == 45
    assert archive.replies("reply link") == 23  # 15 by In-Reply-To, the others by References
    assert all("Z" not in item.date.edtf for item in archive.items)  # no zone is said


def test_a_discussion_has_threads_replies_and_marks():
    mail = heard(TALK / "desks.mbox")
    assert len(mail.items) == 6
    assert [item.names["und"] for item in mail.wholes] == [
        "Who pays for the help desk?",
        "Text of the plan",
    ]
    assert mail.replies("reply link") == 4
    answer = mail.items[1]
    assert answer.date.edtf == "2015-06-10T15:20:00+02:00"
    assert answer.sources[0].locator == "message 2 <2@desks.example.org>"
    marks = answer.facets["knowledge:utterance"].marks
    said = {mark.what: answer.text[mark.start : mark.stop] for mark in marks}
    assert said["quote"].startswith("> Our municipality")
    assert said["attribution"] == f"On 10 June 2015, {mail.items[0].author} wrote:"
    assert said["signature"] == f"-- \n{answer.author}\n[phone]"


def test_archives_of_lists_write_addresses_in_words():
    archive = heard(TALK / "desks-2015-June.txt")
    assert len(archive.items) == 6
    assert archive.replies("reply link") == 4
    assert archive.authors == heard(TALK / "desks.mbox").authors


def test_a_line_that_begins_with_from_splits_no_message():
    body = "From here on we pay.\n\nFrom others we heard\n>From the council"
    mail = heard(mbox(message(body), message("two")), "knowledge:mbox")
    assert mail.texts == [body.replace(">From", "From"), "two"]


@given(st.lists(st.text(st.characters(codec="ascii", exclude_characters="\r\0"))))
def test_messages_that_the_standard_library_writes_come_back(tmp_path_factory, bodies):
    folder = tmp_path_factory.mktemp("mail")
    box = mailbox.mbox(folder / "made.mbox")
    for body in bodies:
        made = mailbox.mboxMessage()
        made.set_from("ana@example.org", (2015, 6, 10, 10, 0, 0, 2, 161, 0))
        made["Subject"] = "x"
        made.set_payload(body)
        box.add(made)
    box.close()
    data = (folder / "made.mbox").read_bytes()
    found = [
        raw.data.partition(b"\n\n")[2].decode().rstrip("\n") for raw in split(io.BytesIO(data))
    ]
    escaped = [body.rstrip("\n") for body in bodies]  # "From" is escaped, ">From" is not
    assert [body.replace("\n>From ", "\nFrom ") for body in found] == [
        body.replace("\n>From ", "\nFrom ") for body in escaped
    ]


def test_a_mark_at_the_start_and_windows_ends_of_lines_change_nothing():
    plain = mbox(message("one"), message("two\nthree"))
    other = heard(b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n"), "knowledge:mbox")
    assert other.texts == heard(plain, "knowledge:mbox").texts == ["one", "two\nthree"]


def test_an_id_without_brackets_is_an_id_and_a_missing_one_is_none():
    first = message("one", Message_ID="1@x")
    mail = heard(mbox(first, message("two", In_Reply_To="1@x (yours)"), first), "knowledge:mbox")
    assert mail.replies("reply link") == 1
    assert len({item.id for item in mail.items}) == 3
    assert mail.said("M102") == "messages whose id came before in the file: 1"


def test_an_id_is_found_behind_words_and_an_address():
    words = 'Message from Ana <ana@example.org> of "Wed" <1@x>'
    mail = heard(
        mbox(message("one", Message_ID="<1@x>"), message("two", In_Reply_To=words)),
        "knowledge:mbox",
    )
    assert mail.replies("reply link") == 1
    alone = heard(mbox(message("one", Message_ID="<1@x>", References="<1@x>")), "knowledge:mbox")
    assert "M104" not in alone.codes


def test_the_same_subject_links_replies_of_thirty_days_only():
    def sent(day: int, subject: str) -> Index:
        return Index("", (), subject, day * 86_400.0)

    subjects = [sent(0, "Desk"), sent(9, "RE: [list] desk"), sent(50, "Re: Desk"), sent(51, "Desk")]
    links = links_of([*subjects, sent(52, "AW: Re: desk")])
    assert [link.parent for link in links] == [None, 0, None, None, 3]
    assert [link.root for link in links] == [0, 0, 2, 3, 3]


@given(st.lists(st.tuples(st.integers(0, 9), st.lists(st.integers(0, 9), max_size=3)), max_size=12))
def test_messages_that_answer_each_other_in_circles_have_one_root(drafts):
    messages = [Index(str(own), tuple(map(str, others)), "", None) for own, others in drafts]
    links = links_of(messages)
    for link in links:
        assert links[link.root].root == link.root
        assert link.parent is None or links[link.parent].root == link.root


def test_answers_to_what_is_not_in_the_file_are_kept_as_ids():
    mail = heard(mbox(message("two", In_Reply_To="<gone@x>")), "knowledge:mbox")
    assert mail.items[0].reply_to is None
    assert mail.items[0].facets["knowledge:utterance"].answers == "gone@x"
    assert mail.said("M104") == "replies to messages that are not in the file: 1"


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("Thu Nov  1 11:19:12 2001", "2001-11-01T11:19:12"),
        ("Thu, 20 Feb 2020 17:40:30 -0000", "2020-02-20T17:40:30"),
        ("Thu, 20 Feb 2020 17:40:30 +0000", "2020-02-20T17:40:30Z"),
        ("Thu, 20 Feb 2020 17:40:30 EST", "2020-02-20T17:40:30-05:00"),
        ("Thu, 20 Feb 2020 17:40:30 +0530 (IST)", "2020-02-20T17:40:30+05:30"),
        ("Thu, 32 Feb 2020 17:40:30 +0000", None),
        ("yesterday", None),
    ],
)
def test_a_date_says_its_zone_only_where_the_header_does(typed, edtf):
    period, _ = of_mail(typed)
    assert period.edtf == edtf
    assert period.words or period.reason


def test_subjects_are_the_same_without_re_and_lists():
    assert subject_of("Re: [desks] RE[2]: The desk") == ("the desk", True)
    assert subject_of("Réf : Le guichet") == ("le guichet", True)
    assert subject_of("Note: the desk") == ("note the desk", False)


def test_quotes_signatures_and_footers_are_marked_and_stay():
    text = (
        "Yes.\n\nLe 10 juin 2015, Ana a écrit :\n> one\n>\n> two\n\nNo.\n-- \nLuca\n"
        + "_" * 40
        + "\ndesks mailing list"
    )
    marks = [(mark.what, text[mark.start : mark.stop]) for mark in marks_of(text)]
    assert marks == [
        ("attribution", "Le 10 juin 2015, Ana a écrit :"),
        ("quote", "> one\n>\n> two"),
        ("signature", "-- \nLuca"),
        ("footer", "_" * 40 + "\ndesks mailing list"),
    ]
    forward = "See below.\n-----Original Message-----\nFrom: Ana\nall of it"
    assert [forward[m.start : m.stop] for m in marks_of(forward)] == [forward[11:]]


@given(st.text("ab>-\n: _", max_size=200))
def test_marks_lie_within_the_text_and_apart(text):
    marks = marks_of(text)
    assert all(0 <= mark.start < mark.stop <= len(text) for mark in marks)
    assert all(a.stop <= b.start for a, b in pairwise(marks))


def test_pages_and_encoded_words_become_text():
    page = "<p>Hi &amp; bye<br>you</p><blockquote>quoted</blockquote><script>x</script>"
    one = message(page, Content_Type="text/html; charset=utf-8")
    one = one.replace("Subject: Desk", "Subject: =?utf-8?q?caf=C3=A9?= =?utf-8?q?_desk?=")
    item = heard(mbox(one), "knowledge:mbox").items[0]
    assert (item.text, item.names["und"]) == ("Hi & bye\nyou\nquoted", "café desk")
    (mark,) = item.facets["knowledge:utterance"].marks
    assert item.text[mark.start : mark.stop] == "quoted"


def test_one_message_alone_has_no_thread():
    mail = heard(TALK / "question.eml")
    (item,) = mail.all
    assert item.part_of is None
    assert item.text.startswith("Our municipality")


def test_the_same_key_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        mail = heard(TALK / "desks.mbox", key=str(tmp_path / "people.key"))
        jmdi.write(mail.dataset, tmp_path / f"{name}.jsonl")
    written = (tmp_path / "one.jsonl").read_bytes()
    assert written == (tmp_path / "two.jsonl").read_bytes()
    assert (tmp_path / "people.key").read_bytes().strip() not in written
    other = heard(TALK / "desks.mbox", key=str(tmp_path / "other.key"))
    assert not other.authors & {item.author for item in mail.items}


@pytest.mark.parametrize("name", ["Amina Sow", "amina.sow@example.org", "Luca Ferri", "555"])
def test_no_participant_is_in_the_data(name):
    mail = heard(TALK / "desks.mbox")
    stream = io.BytesIO()
    jmdi.write(mail.dataset, stream, format="jsonl")
    assert name.encode() not in stream.getvalue()


def test_people_who_only_receive_or_are_quoted_are_hidden_too():
    body = (
        "Dear Rosa Cruz,\n\nOn Wed, Jun 10, 2015 at 9:00 AM, Ben Ott\n<ben@x.org> wrote:\n> Ben Ott"
    )
    mail = heard(mbox(message(body, Cc='"Rosa Cruz" <rosa@example.org>')), "knowledge:mbox")
    assert not {"Rosa", "Cruz", "Ben", "Ott"} & set(mail.texts[0].replace(",", " ").split())


def test_a_supposed_reply_never_closes_a_circle_with_stated_ones():
    # The clock of who answers runs behind.
    links = links_of(
        [
            Index("1", ("gone",), "Re: Desk", 600.0),
            Index("2", ("1",), "Re: Desk", 0.0),
        ]
    )
    assert [(link.root, link.parent) for link in links] == [(0, None), (0, 0)]


@pytest.mark.parametrize(
    "head",
    [
        "From: Carla Ruiz <c@example.org>\nSent: Monday\nTo: Ana\nSubject: Desk",
        "*De :* Carla Ruiz\n*Envoyé :* lundi\n*À :* Ana\n*Objet :* Guichet",
        "De: Carla Ruiz\nEnviado el: lunes\nPara: Ana\nCC: Luca\nAsunto: Mesa",
        "De: Carla Ruiz\nEnviada em: segunda-feira\nPara: Ana\nAssunto: Mesa",
        "من: Carla Ruiz\nتم الإرسال: الاثنين\nإلى: Ana\nالموضوع: المكتب",
    ],
)
@pytest.mark.parametrize("rule", ["", "_" * 32 + "\n", "-----Original Message-----\n\n"])
def test_headers_above_an_answered_message_introduce_a_quote(head, rule):
    text = f"I agree.\n\n{rule}{head}\n\nIt opens early.\nIt closes late."
    marks = [(mark.what, text[mark.start : mark.stop].strip()) for mark in marks_of(text)]
    assert marks == [
        ("attribution", f"{rule}{head}"),
        ("quote", "It opens early.\nIt closes late."),
    ]
    assert who_wrote(marks[0][1]) == "Carla Ruiz"
    assert not marks_of(f"I agree.\n{head.partition(chr(10))[0]}\nand more")


PARTS = """MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: {}

{}
--b
Content-Type: {}

{}
--b--
"""


def of_parts(*parts: str):
    return heard(mbox(HEADERS + PARTS.format(*parts)), "knowledge:mbox").items[0]


def test_all_parts_that_are_read_at_once_are_the_text():
    footer = "_" * 47 + "\ndesks mailing list"
    item = of_parts("text/html", "<p>Our own words.</p>", "text/plain", footer)
    assert item.text == f"Our own words.\n{footer}"
    (mark,) = item.facets["knowledge:utterance"].marks
    assert (mark.what, item.text[mark.start : mark.stop]) == ("footer", footer)
    both = of_parts("text/plain", "One.", "text/html", "<p>Two.</p>")
    assert both.text == "One.\nTwo."


def test_of_alternatives_the_plainest_with_words_is_the_text():
    def text(*parts: str) -> str | None:
        one = (HEADERS + PARTS.format(*parts)).replace("mixed", "alternative")
        return heard(mbox(one), "knowledge:mbox").items[0].text

    assert text("text/plain", "One.", "text/html", "<p>Two.</p>") == "One."
    assert text("text/plain", " ", "text/html", "<p>Two.</p>") == "Two."


def test_what_somebody_hands_on_is_a_quote_of_others():
    inner = "From: Carla Ruiz <c@example.org>\nSubject: Old\n\nCarla Ruiz said so."
    item = of_parts("text/plain", "See below.", "message/rfc822", inner)
    (mark,) = item.facets["knowledge:utterance"].marks
    assert item.text.startswith("See below.\nP-")
    assert item.text.endswith(" said so.")
    assert (mark.what, mark.start, mark.stop) == ("quote", 11, len(item.text))


def test_quotes_of_pages_have_attributions_and_signatures_too():
    page = (
        "<p>Yes.</p><div>On 1 June 2015, Bo Li wrote:</div><blockquote>Do you?<br>Bo Li"
        "</blockquote><p>-- <br>Ana</p>"
    )
    item = heard(mbox(message(page, Content_Type="text/html")), "knowledge:mbox").items[0]
    marks = item.facets["knowledge:utterance"].marks
    assert [mark.what for mark in marks] == ["attribution", "quote", "signature"]
    assert "Bo Li" not in item.text


def test_messages_without_ids_in_files_of_one_name_stay_apart(tmp_path):
    ids = set()
    for folder, day in (("Ana Sow", "10"), ("b", "11")):
        file = tmp_path / folder / "list.mbox"
        file.parent.mkdir()
        file.write_bytes(mbox(message("x").replace("10 Jun", f"{day} Jun")))
        ids |= {item.id for item in heard(file).all}
    assert len(ids) == 4


def test_lines_of_preformatted_text_stay_lines():
    page = "<p>One\ntwo</p><pre>&gt; three\n&gt;  four\nfive <b>six</b>\nseven</pre>eight\nnine"
    item = heard(mbox(message(page, Content_Type="text/html")), "knowledge:mbox").items[0]
    assert item.text == "One two\n> three\n> four\nfive six\nseven\neight nine"
    (mark,) = item.facets["knowledge:utterance"].marks
    assert item.text[mark.start : mark.stop] == "> three\n> four"
