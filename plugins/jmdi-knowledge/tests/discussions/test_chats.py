"""Chats and forums are read as their programs export them."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from talks import SHARED, TALK, heard, shared

import jmdi
from jmdi_knowledge.discussions.chats.day_order import day_order, period
from jmdi_knowledge.discussions.chats.lines import lines_of
from jmdi_knowledge.discussions.chats.text_chats import sniff_signal, sniff_whatsapp

MINER = SHARED / "chat-miner"
MADE = SHARED / "made"


def chat(*lines: str, **options: object):
    return heard("\n".join(lines).encode(), "knowledge:whatsapp", **options)


@shared
@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("[mmddyy]_24hrs", "2019-01-20"),
        ("ddmmyy_24hrs", "2019-01-20"),
        ("mmddyy_24hrs", "2019-01-20"),
        ("mmddyyyy_12hrs", "2019-01-20"),
        ("yyyymmdd_24hrs", "2019-01-20"),
    ],
)
def test_published_chats_have_nine_lines_two_of_them_the_program(name, day):
    talk = heard(MINER / f"whatsapp-test_{name}.txt")
    assert len(talk.items) == 7
    assert talk.said("M105") == "events left out: messages of the program 2"
    assert talk.items[1].date.edtf == day
    assert talk.items[1].text == "."
    assert "consectetur" in talk.items[2].text
    assert talk.items[3].text == "Lorem ipsum : dolor sit amet."


@shared
def test_dates_that_can_be_two_days_are_asked_for():
    file = MADE / "whatsapp-ambiguous.txt"
    talk = heard(file)
    assert talk.codes.count("M106") == 1
    assert [item.date.edtf for item in talk.items] == [
        "[2015-03-04,2015-04-03]",
        "2015-04-04",
        "[2015-04-05,2015-05-04]",
    ]
    said = heard(file, day_order="dmy")
    assert [item.date.edtf for item in said.items] == ["2015-04-03", "2015-04-04", "2015-04-05"]
    assert "M106" not in said.codes


@shared
def test_marks_of_programs_and_captions_are_told_apart():
    phone = heard(MADE / "whatsapp-iphone.txt").items
    said = [item.facets.get("knowledge:utterance") for item in phone]
    assert [item.text for item in phone] == [
        "First line\nsecond line: still the same message",
        None,
        None,
        "Great",
    ]
    assert (said[1].attached, said[2].deleted, said[3].edited) == (("image omitted",), True, True)
    assert phone[0].date.edtf == "2015-10-14T15:35:00"
    android = heard(MADE / "whatsapp-android-es.txt").items
    assert [item.text for item in android] == ["Buenas tardes", "La foto de la feria", None]
    assert android[1].facets["knowledge:utterance"].attached == ("IMG-20150329-WA0001.jpg",)


@shared
def test_other_published_exports_have_their_counts():
    for name in ("signal-test_export.txt", "instagram-test_export.json"):
        assert (len(heard(MINER / name).items), name) == (2, name)
    for name in ("telegram-test_single_export.json", "telegram-test_batch_export.json"):
        talk = heard(MINER / name)
        assert talk.texts == ["Minimal Message", "Link:https://telegram.org/"]
        assert talk.items[0].date.edtf == "2018-12-05T10:39:10Z"
    slack = heard(SHARED / "slack-export-scrambled.zip")
    assert (len(slack.items), len(slack.authors), len(slack.wholes)) == (49, 4, 2)
    assert "bot_message 94" in slack.said("M105")
    assert slack.said("P102") == "4 photos left out"


@shared
@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_pages_of_a_topic_merge_in_any_order(order):
    talk = heard([MADE / f"discourse-topic-77-page{page}.json" for page in order])
    assert (len(talk.items), talk.replies(), len(talk.wholes)) == (10, 3, 1)
    assert not list(talk.dataset.of(jmdi.Claim))
    assert talk.said("M105") == "; ".join(["events left out: closed.enabled 1"] * 2)
    edited = [one for one in talk.items if "knowledge:utterance" in one.facets]
    assert any(one.facets["knowledge:utterance"].edited for one in edited)


def test_a_quote_is_a_reply_where_there_is_no_link():
    talk = heard([TALK / "topic-page-1.json", TALK / "topic-page-2.json"])
    assert (talk.replies("reply link"), talk.replies("quote link")) == (3, 1)
    post = next(item for item in talk.items if item.sources[0].locator == "post 5")
    (mark,) = post.facets["knowledge:utterance"].marks
    assert post.text[mark.start : mark.stop] == "And after two years?"
    assert "That is why" in post.text


def test_a_post_on_another_page_is_there_without_text():
    talk = heard(TALK / "topic-page-2.json")
    beyond = next(item for item in talk.items if "another page" in item.sources[0].locator)
    assert beyond.text is None
    assert beyond.id in {item.reply_to for item in talk.items}


LAYOUTS = [
    ("28/3/2015, 21:30 - ", "", "2015-03-28"),
    ("3/28/15, 9:30 PM - ", "", "2015-03-28"),
    ("3/28/15, 9:30\u202fPM - ", "", "2015-03-28"),
    ("28.03.15, 21:30 - ", "", "2015-03-28"),
    ("28-03-15 21:30 - ", "", "2015-03-28"),
    ("28/03/2015 à 21:30 - ", "", "2015-03-28"),
    ("[28/03/15, 21:30:05] ", "", "2015-03-28T21:30:05"),
    ("[28.03.15, 21:30:05] ", "", "2015-03-28T21:30:05"),
    ("\u200e[3/28/15, 9:30:05\u00a0p.\u00a0m.] ", "", "2015-03-28T21:30:05"),
    ("[2015-03-28, 21:30:05] ", "", "2015-03-28T21:30:05"),
    ("2015/03/28, 21:30 - ", "", "2015-03-28"),
    ("2015. 3. 28. 오후 9:30, ", " ", "2015-03-28"),
    ("2015/03/28 午後9:30 - ", "", "2015-03-28"),
    ("28\u200f/3\u200f/2015، 9:30 م - ", "", "2015-03-28"),
    ("٢٨/٠٣/٢٠١٥, ٢١:٣٠ - ", "", "2015-03-28"),
    ("28/3/2015, 12:05 a. m. - ", "", "2015-03-28"),
]


@pytest.mark.parametrize(("header", "blank", "edtf"), LAYOUTS)
def test_one_grammar_reads_every_layout(header, blank, edtf):
    talk = chat(f"{header}Ana{blank}: one: two", f"{header}Ben{blank}: three")
    assert talk.texts == ["one: two", "three"]
    assert len(talk.authors) == 2
    assert [item.date.edtf for item in talk.items] == [edtf, edtf]


def test_halves_of_the_day_are_whole_hours():
    def hour(time: str) -> int:
        return next(lines_of(f"28/3/2015, {time} - Ana: x")).moment.time[0]

    times = ("12:05 AM", "12:05 PM", "1:05 pm", "11:05 p. m.", "00:05 a.m.", "13:05")
    assert [hour(time) for time in times] == [0, 12, 13, 23, 0, 13]


def test_one_order_holds_for_all_lines():
    clear = chat("3/4/15, 10:00 - Ana: x", "13/4/15, 10:00 - Ana: y")
    assert [item.date.edtf for item in clear.items] == ["2015-04-03", "2015-04-13"]
    by_time = chat("1/4/15, 10:00 - Ana: x", "2/3/15, 10:00 - Ana: y")
    assert [item.date.edtf for item in by_time.items] == ["2015-01-04", "2015-02-03"]
    assert "in no other order" in by_time.said("M106")
    broken = chat("13/4/15, 10:00 - Ana: x", "14/4/15, 10:00 - Ana: y", "4/31/15, 10:00 - Ana: z")
    assert [item.date.edtf for item in broken.items] == ["2015-04-13", "2015-04-14", None]
    assert broken.codes.count("M107") == 1


PATTERNS = {"dmy": "{0.day}/{0.month}/{0.year}", "mdy": "{0.month}/{0.day}/{0.year:04}"}


@given(st.lists(st.dates(datetime.date(2010, 1, 1)), min_size=1), st.sampled_from(["dmy", "mdy"]))
def test_the_right_day_is_always_among_those_that_fit(days, order):
    typed = "\n".join(f"{PATTERNS[order].format(day)}, 10:00 - Ana: x" for day in sorted(days))
    moments = [line.moment for line in lines_of(typed)]
    found = day_order(moments)
    for moment, day in zip(moments, sorted(days), strict=True):
        assert day.isoformat() in period(moment, found).edtf


@pytest.mark.parametrize(
    "text",
    [
        "Dear all,\n28/03/2015, 21:30 - Ana: hello",
        "28/03/2015, 21:30 - the desk opens",
        "2015-03-28 21:30 - service: started",
        "28/03/2015;21:30;Ana;hello",
        "Ana: hello\nBen: hello",
        "[2015-03-28, 21:30:05] no name",
        "",
    ],
)
def test_a_text_that_is_no_export_is_nobodys(text):
    assert sniff_whatsapp(text.encode()) is not True
    assert sniff_signal(text.encode()) is not True


def test_signal_and_whatsapp_take_their_own():
    signal, whatsapp = b"[2015-03-28, 21:30] Ana: x", b"[2015-03-28, 21:30:05] Ana: x"
    assert sniff_signal(signal) is True
    assert sniff_whatsapp(signal) is not True
    assert sniff_whatsapp(whatsapp) is True
    assert sniff_signal(whatsapp) is not True


def test_what_only_a_program_writes_is_attached_in_any_language():
    talk = chat("28/03/2015, 21:30 - Ana: <Medien ausgeschlossen>", "28/03/2015, 21:31 - Ana: <3")
    assert talk.texts == [None, "<3"]


def test_the_name_of_a_group_is_nobody():
    talk = chat(
        "[28/03/15, 21:30:00] Desk: \u200eMessages and calls are end-to-end encrypted.",
        "[28/03/15, 21:31:00] Ana: The Desk is open",
    )
    assert talk.texts == ["The Desk is open"]


def test_a_group_that_was_renamed_says_nothing():
    talk = chat(
        "28/03/2015, 21:30 - Ana changed the subject from “Desk: one” to “Desk: two”",
        "28/03/2015, 21:31 - ~ Ben: I changed the subject",
    )
    assert talk.texts == ["I changed the subject"]


def test_the_name_of_a_file_is_not_the_name_of_a_person(tmp_path):
    file = tmp_path / "WhatsApp Chat with Ana López.txt"
    file.write_text("28/03/2015, 21:30 - Ana López: hello", encoding="utf-8")
    talk = heard(file)
    (whole,) = talk.wholes
    assert whole.names["und"] == f"WhatsApp Chat with {talk.items[0].author}"
    assert "López" not in str(whole.to_dict())


@pytest.mark.parametrize(
    ("format", "data"),
    [
        ("knowledge:discourse", b'{"post_stream": {"posts": [{"post_number": "x"}]}}'),
        ("knowledge:discourse", b'{"post_stream": 3}'),
        ("knowledge:telegram", b'{"messages": 3}'),
        ("knowledge:telegram", b"[" * 100_000),
        ("knowledge:instagram", b'{"messages": [{"content": "\\ud800", "timestamp_ms": 1e99}]}'),
        ("knowledge:instagram", b'{"messages": ['),
        ("knowledge:telegram", b'{"messages": [{"date_unixtime": "x", "text": [1, {"text": 2}]}]}'),
        ("knowledge:telegram", b'{"messages": [{"date": "\\udc00", "from": "\\ud800"}]}'),
        (
            "knowledge:instagram",
            b'{"messages": [{"sender_name": "A", "timestamp_ms": "\\ud800", "content": "b"}]}',
        ),
        ("knowledge:whatsapp", b"nothing of the kind"),
        ("knowledge:slack", b"PK\x03\x04 damaged"),
    ],
)
def test_hostile_exports_end_in_a_problem_or_in_unknown_values(format, data):
    talk = heard(data, format)
    assert talk.codes or all(item.date is None or item.date.reason for item in talk.items)
    stream = io.BytesIO()
    jmdi.write(talk.dataset, stream, format="jsonl")


def test_nul_characters_and_all_ends_of_lines_are_read():
    talk = heard(
        b"28/03/2015, 21:30 - Ana: one\r\ntwo\rthree\n29/03/2015, 21:30 - Ben: a\0b\r",
        "knowledge:whatsapp",
    )
    assert talk.texts == ["one\ntwo\nthree", "a\ufffdb"]
    assert "D153" in talk.codes


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


DAY = json.dumps([{"type": "message", "user": "U1", "text": "hello", "ts": "1433930400.000002"}])


@pytest.mark.parametrize(
    "members",
    [
        {"../users.json": b"[]", "desk/2015-06-10.json": DAY.encode()},
        {"/users.json": b"[]", "desk/2015-06-10.json": DAY.encode()},
        {"users.json": b"[]", "USERS.json": b"[]", "desk/2015-06-10.json": DAY.encode()},
        {"users.json": b"[]", "desk/2015-06-10.json": b"0" * 1_000_000_000},
        {f"desk/{n:05}.json": b"[]" for n in range(10_001)},
        {"users.json": b"[]", "inner.zip": packed({"desk/2015-06-10.json": DAY.encode()})},
        {"users.json": b'{"a": ', "desk/2015-06-10.json": DAY.encode()},
    ],
    ids=["outside", "absolute", "twice", "zeros", "many", "nested", "broken"],
)
def test_a_hostile_archive_is_refused(members):
    talk = heard(packed(members), "knowledge:slack")
    assert not talk.items
    assert len(talk.dataset.problems) == 1


def test_a_workspace_without_users_still_has_authors():
    talk = heard(packed({"channels.json": b"[]", "desk/2015-06-10.json": DAY.encode()}))
    assert (talk.texts, talk.items[0].date.edtf) == (["hello"], "2015-06-10T10:00:00Z")
    assert talk.items[0].sources[0].locator == "desk/2015-06-10.json, ts 1433930400.000002"


@pytest.mark.parametrize(
    "name", ["whatsapp.txt", "signal.txt", "telegram.json", "instagram.json", "slack.zip"]
)
def test_one_chat_is_the_same_in_every_program(name):
    talk = heard(TALK / name)
    texts = [item.text.replace("@P-", "P-") for item in talk.items if item.text]
    amina = texts[3] if name != "instagram.json" else texts[0]
    rosa = next(i.author for i in talk.items if i.text and i.text.startswith("Good evening"))
    assert amina == f"Please write that down for the report, {rosa}."
    assert any("most of them women. 🙂" in text for text in texts)
    assert len(talk.authors) == 3


def test_telephone_numbers_of_contacts_are_counted():
    export = {
        "personal_information": {"phone_number": "+1"},
        "contacts": {"list": [{"phone_number": "+2"}, {"phone_number": ""}]},
        "chats": {"list": [{"name": "Desk", "id": 1, "messages": [{"type": "message", "id": 1}]}]},
    }
    talk = heard(json.dumps(export).encode(), "knowledge:telegram")
    assert talk.said("P102") == "2 telephone numbers left out"


@pytest.mark.parametrize("name", ["whatsapp.txt", "signal.txt", "desks-2015-June.txt"])
def test_an_option_of_documents_makes_no_report_of_a_chat(model, name):
    path = Path(__file__).parents[4] / "examples" / "knowledge" / name
    with pytest.raises(jmdi.NotFound, match=r"option 'date' of importer 'knowledge:(wh|si|mb)"):
        model.read(path, people="keep", date="2024-05-01")
    named = model.read(path, format="knowledge:document", people="keep", date="2024-05-01")
    assert named.of(jmdi.KnowledgeItem)


def test_the_name_of_a_person_is_not_kept_in_the_name_of_a_file_that_was_sent():
    talk = chat(
        "31/12/2015, 10:00 - Ana Sow: Ana_Sow.vcf (file attached)",
        "31/12/2015, 10:01 - Luca Ferri: <attached: 0001-Ana Sow.pdf>",
    )
    sent = [item.facets["knowledge:utterance"].attached[0] for item in talk.items]
    assert sent == [f"{talk.items[0].author}.vcf", f"0001-{talk.items[0].author}.pdf"]


def test_two_chats_in_files_of_one_name_stay_apart(tmp_path):
    ids = set()
    for folder, day in (("a", 30), ("b", 31)):
        file = tmp_path / folder / "_chat.txt"
        file.parent.mkdir()
        file.write_text(f"[{day}/12/2015, 10:00:00] Ana: one\n[31/12/2015, 10:00:00] Ana: two\n")
        ids |= {item.id for item in heard(file).all}
    assert len(ids) == 6


def test_channels_of_one_name_in_two_workspaces_stay_apart():
    day = json.dumps([{"type": "message", "user": "U1", "text": "hello", "ts": "1"}]).encode()
    ids = set()
    for channel in ("C1", "C2"):
        lists = json.dumps([{"id": channel, "name": "general"}]).encode()
        members = {"channels.json": lists, "general/2015-06-10.json": day}
        ids |= {item.id for item in heard(packed(members), "knowledge:slack").all}
    assert len(ids) == 4


def test_what_a_program_says_in_the_name_of_a_group_is_nobodys():
    mark = "\u200e"
    talk = chat(
        f"[28/03/15, 21:30:00] Desk: {mark}Messages and calls are end-to-end encrypted.",
        f"[28/03/15, 21:31:00] Desk: {mark}Ana added Carla",
        f"[28/03/15, 21:32:00] Ana: {mark}Missed voice call, tap to call back",
        f"[28/03/15, 21:33:00] Ana: {mark}I left it there and added a chair",
        "[28/03/15, 21:34:00] Desk: somebody left",
    )
    assert talk.texts == ["I left it there and added a chair", "somebody left"]
    assert talk.said("M105") == "events left out: messages of the program 3"


def test_documents_of_telephones_are_attached_wherever_their_name_stands():
    mark = "\u200e"
    talk = chat(
        f"[28/03/15, 21:30:00] Ana: {mark}report.pdf • {mark}3 pages <attached: 13-report.pdf>",
        f"[28/03/15, 21:31:00] Ana: Look\n{mark}<attached: 0014-PHOTO.jpg>",
        f"[28/03/15, 21:32:00] Ana: {mark}<adjunto: 0015-PHOTO.jpg>",
        "[28/03/15, 21:33:00] Ana: <b: c> is no file",
    )
    assert talk.texts == ["report.pdf • 3 pages", "Look", None, "<b: c> is no file"]
    assert [item.facets["knowledge:utterance"].attached for item in talk.items[:3]] == [
        ("13-report.pdf",),
        ("0014-PHOTO.jpg",),
        ("0015-PHOTO.jpg",),
    ]


def test_who_is_mentioned_by_number_is_hidden():
    talk = chat("28/03/2015, 21:30 - Ana: ask @34600112233 or @desk2015 about 34600112233")
    assert talk.texts == ["ask @[phone] or @desk2015 about 34600112233"]
