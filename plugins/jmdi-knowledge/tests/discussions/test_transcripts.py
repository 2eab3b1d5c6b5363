"""Transcripts are read cue by cue; what is malformed is counted."""

from __future__ import annotations

from decimal import Decimal

import pytest
from talks import SHARED, TALK, heard, shared

from jmdi_knowledge.discussions.transcripts.cues import captions_of, voices_of
from jmdi_knowledge.discussions.transcripts.importer import sniff_srt, sniff_vtt

VTT = SHARED / "webvtt-py"
MADE = SHARED / "made"


def vtt(*parts: str, **options: object):
    return heard("\n\n".join(("WEBVTT", *parts)).encode(), "knowledge:vtt", **options)


@shared
@pytest.mark.parametrize(
    ("name", "cues", "malformed"),
    [
        ("captions_with_bom.vtt", 4, 0),
        ("comments.vtt", 3, 0),
        ("cue_tags.vtt", 3, 0),
        ("invalid.vtt", 7, 1),  # it does not begin with WEBVTT
        ("invalid_format1.srt", 0, 1),
        ("invalid_timeframe.srt", 5, 0),
        ("invalid_timeframe.vtt", 6, 1),
        ("metadata_headers.vtt", 2, 0),
        ("missing_caption_text.vtt", 4, 1),
        ("missing_timeframe.srt", 4, 1),
        ("missing_timeframe.vtt", 6, 1),
        ("no_captions.vtt", 0, 0),
        ("sample.srt", 5, 0),
        ("sample.vtt", 16, 0),
        ("styles.vtt", 1, 0),
        ("using_identifiers.vtt", 6, 0),
        ("youtube_dl.vtt", 4, 0),
    ],
)
def test_published_files_have_their_cues(name, cues, malformed):
    talk = heard(VTT / name)
    assert (len(talk.items), talk.codes.count("M108")) == (cues, malformed)
    if not cues:
        assert "M101" in talk.codes


@shared
@pytest.mark.parametrize(
    ("name", "cues", "speakers"),
    [("zoom.vtt", 4, 2), ("teams.vtt", 3, 2), ("teams-2021.vtt", 2, 2), ("stream-2019.vtt", 2, 0)],
)
def test_made_files_have_their_cues_and_speakers(name, cues, speakers):
    talk = heard(MADE / name)
    assert (len(talk.items), len(talk.authors - {None})) == (cues, speakers)


@shared
def test_what_each_program_says_beside_the_words():
    stream = heard(MADE / "stream-2019.vtt").items
    assert [item.language for item in stream] == ["en", "en"]
    said = [item.facets["knowledge:utterance"] for item in stream]
    assert [one.confidence for one in said] == [Decimal("0.91"), Decimal("0.52")]
    teams = heard(MADE / "teams.vtt").items
    assert teams[2].text == "<inaudible> oui."
    assert "\n" in teams[0].text
    zoom = heard(MADE / "zoom.vtt")
    assert zoom.texts[1] == "Who pays for it? The ratio is 2:1, I think."
    assert zoom.texts[2] == "Yes: that is right."
    assert [bool(item.author) for item in zoom.items] == [True, True, False, False]
    rolling = heard(VTT / "youtube_dl.vtt").items[3]
    (mark,) = rolling.facets["knowledge:utterance"].marks
    assert (mark.what, rolling.text[mark.start : mark.stop]) == ("repeated", rolling.text)


def test_voices_in_one_cue_are_items_of_their_own():
    talk = vtt("00:01.000 --> 00:02.000\n<v Ana: Desk &amp; Co>one</v>\n<v.loud Ben><i>two</i></v>")
    assert talk.texts == ["one", "two"]
    assert len(talk.authors) == 2
    assert voices_of("a <00:01.000>b <c.red>c</c>") == [(None, "a b c")]


def test_webex_names_speakers_in_identifiers():
    talk = vtt('1 "Ana Sow" (123)\n00:01.000 --> 00:02.000\none')
    assert talk.authors == {vtt("00:01.000 --> 00:02.000\n<v Ana Sow>one").items[0].author}


def test_times_going_backwards_and_hour_one_hundred_are_kept():
    talk = vtt("100:00:01.500 --> 100:00:00.000\none", "00:00:01.000 --> 00:00:02.000\ntwo")
    assert talk.items[0].facets["knowledge:utterance"].begins == Decimal("360001.500")
    assert talk.codes.count("M109") == 2


def test_cues_without_empty_lines_between_them_are_told_apart():
    found = captions_of("WEBVTT\n\n00:01.0 --> 00:02.0\none\n00:02.0 --> 00:03.0\ntwo")
    assert [cue.text for cue in found.cues] == ["one", "two"]
    assert found.cues[0].begins == Decimal("1.0")


def test_only_what_begins_as_a_transcript_is_one():
    assert sniff_vtt(b"\xef\xbb\xbfWEBVTT\n") is True
    assert sniff_vtt(b"WEBVTT - title\r\n\r\n") is True
    assert sniff_vtt(b"WEBVTTX\n") is not True
    assert sniff_vtt(b"\nWEBVTT") is not True
    assert sniff_srt(b"1\r\n00:00:01,000 --> 00:00:02,000\r\none") is True
    assert sniff_srt(b"1\none --\n") is not True


def test_the_user_says_what_the_file_does_not():
    talk = heard(
        TALK / "meeting.srt",
        date="2015-06-10",
        source_type="interview",
        territory="sn",
        language="fr",
    )
    item = talk.items[0]
    assert (item.date.edtf, item.source_type.code, item.language) == (
        "2015-06-10",
        "interview",
        "fr",
    )
    assert talk.dataset.find(item.territory).country == "SN"
    assert heard(TALK / "meeting.srt").items[0].source_type is None


def test_the_same_meeting_is_the_same_in_teams_and_zoom():
    teams, zoom = heard(TALK / "meeting-teams.vtt"), heard(TALK / "meeting-zoom.vtt")
    assert teams.texts == zoom.texts == heard(TALK / "meeting.srt").texts
    assert [item.author for item in teams.items] == [item.author for item in zoom.items]


@pytest.mark.parametrize("text", ["-->\n" * 2000, "<v " * 5000, "00:00 --> " * 2000, "\0WEBVTT"])
def test_hostile_text_ends_in_a_problem(text):
    assert heard(f"WEBVTT\n\n{text}".encode(), "knowledge:vtt").codes


def test_speakers_in_one_cue_are_told_apart_by_their_dashes():
    talk = vtt(
        "00:01.000 --> 00:02.000\nANA SOW: one",
        "00:03.000 --> 00:04.000\n- BO LI: two\n- ANA SOW: three,\nBo Li",
        "00:05.000 --> 00:06.000\n- four\n- five",
        "00:07.000 --> 00:08.000\nANA SOW:",
    )
    ana, bo = (item.author for item in talk.items[:2])
    assert talk.texts == ["one", "two", f"three,\n{bo}", "- four\n- five", f"{ana}:"]
    assert [item.author for item in talk.items] == [ana, bo, ana, None, None]


def test_names_in_identifiers_of_cues_are_hidden():
    talk = vtt('1 "Ana Sow" (123)\n00:01.000 --> 00:02.000\none')
    assert talk.items[0].sources[0].locator == f'cue 1 1 "{talk.items[0].author}" (123)'


def test_recordings_of_one_name_in_two_folders_stay_apart(tmp_path):
    ids, authors = set(), set()
    for folder, end in (("a", 2), ("b", 3)):
        file = tmp_path / folder / "talk.vtt"
        file.parent.mkdir()
        file.write_text(f"WEBVTT\n\n00:01.000 --> 00:0{end}.000\n<v Speaker 1>one")
        talk = heard(file)
        ids, authors = ids | {item.id for item in talk.all}, authors | talk.authors
    assert (len(ids), len(authors)) == (4, 2)


@pytest.mark.parametrize("name", ["Bo", "花子", "مي", "JM"])
def test_short_names_are_names(name):
    talk = vtt(f"00:01.000 --> 00:02.000\n<v {name}>one")
    assert "knowledge:utterance" in talk.items[0].facets
    assert talk.items[0].facets["knowledge:utterance"].speaker is None
    assert talk.authors == vtt(f"00:05.000 --> 00:06.000\n<v {name}>two").authors


@pytest.mark.parametrize("role", ["Q", "R1", "P12", "س", "Interviewer", "Speaker 2"])
def test_letters_and_numbers_are_roles(role):
    talk = vtt(f"00:01.000 --> 00:02.000\n<v {role}>one")
    assert talk.items[0].facets["knowledge:utterance"].speaker == role
