"""Mail that is broken or hostile ends in a problem, never in an exception or without a word."""

from __future__ import annotations

import io

import pytest
from talks import HEADERS, POSTMARK, heard, mbox, message

import jmdi


def test_a_message_without_headers_is_a_message_of_nobody():
    mail = heard(f"{POSTMARK}\nonly words\n".encode(), "knowledge:mbox")
    assert (mail.texts, mail.authors) == (["only words"], {None})
    assert mail.items[0].date.reason == "not_stated"
    assert mail.said("M110") == "messages without a sender: 1"


def test_what_is_no_mail_is_refused():
    for format in ("knowledge:mbox", "knowledge:eml"):
        mail = heard(b"Dear all,\nFrom here on we pay.\n", format)
        assert not mail.all
        assert "M101" in mail.codes


def test_a_subject_of_ten_megabytes_is_cut():
    long = message("one").replace("Subject: Desk", f"Subject: {'a' * 10_000_000}")
    mail = heard(mbox(long), "knowledge:mbox")
    assert len(mail.items[0].names["und"]) < 1000
    assert "header subject is too long" in mail.said("M103").lower()


@pytest.mark.parametrize(
    ("headers", "body", "text", "said"),
    [
        ({"Content_Type": "text/plain; charset=klingon"}, "café", "café", "encoding klingon"),
        ({"Content_Transfer_Encoding": "base64"}, "aGVsb!!!", "aGVsb", "base64 is broken"),
        ({"Content_Type": "text/plain; charset=utf-8"}, "caf\udce9", "café", "encoding utf-8"),
        ({"Content_Type": "multipart/mixed; boundary="}, "one", "one", "parts are not told"),
    ],
)
def test_a_broken_body_is_read_as_far_as_it_can_be(headers, body, text, said):
    data = f"{POSTMARK}{message(body, **headers)}".encode("utf-8", "surrogateescape")
    mail = heard(data, "knowledge:mbox")
    assert (mail.items[0].text or "").startswith(text)
    assert said in mail.said("M103")


@pytest.mark.parametrize("depth", [100, 5000])
def test_parts_a_hundred_deep_are_left_out(depth):
    parts = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth)
    )
    mail = heard(f"{POSTMARK}{HEADERS}{parts}\nhello\n".encode(), "knowledge:mbox")
    assert len(mail.items) == 1
    assert "M103" in mail.codes


def test_many_broken_messages_are_counted():
    broken = message("caf", Content_Type="text/plain; charset=klingon")
    mail = heard(mbox(*[broken.replace("caf", f"é{n}") for n in range(50)]), "knowledge:mbox")
    assert mail.codes.count("M103") == 21
    assert "more of the same: 30" in mail.said("M103")


def test_carriage_returns_alone_and_lines_without_end_are_read():
    mail = heard(mbox(message("one\rtwo\r\nthree")), "knowledge:mbox")
    assert mail.texts == ["one\ntwo\nthree"]
    mail = heard(mbox(message("x" * 3_000_000)), "knowledge:mbox")
    assert len(mail.texts[0]) == 3_000_000


def test_nul_characters_are_replaced_and_counted():
    mail = heard(mbox(message("a\0b")), "knowledge:mbox")
    assert (mail.texts, mail.said("M114")) == (
        ["a\ufffdb"],
        "texts with signs that no text can hold: 1",
    )


def test_headers_that_are_no_unicode_can_be_written():
    headers = {"In_Reply_To": "<1@d\udced\udca0\udc80>", "Message_ID": "<\udcff@x>"}
    data = f"{POSTMARK}{message('one', **headers)}".encode("utf-8", "surrogateescape")
    mail = heard(data, "knowledge:mbox")
    jmdi.write(mail.dataset, io.BytesIO(), format="jsonl")
    assert mail.items[0].sources[0].locator == "message 1 <\xff@x>"
