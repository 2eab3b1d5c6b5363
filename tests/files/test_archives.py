"""Zip archives that may be hostile."""

from __future__ import annotations

import io
import zipfile

import pytest

from jmdi.files.archives import leads_out, overlapping


def packed(*contents, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for number, content in enumerate(contents):
            archive.writestr(f"{number}.xml", content)
    return zipfile.ZipFile(out)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_of_a_usual_archive_do_not_overlap(method):
    archive = packed(b"", b"a", b"b" * 1000, b"", method=method)
    assert overlapping(archive.infolist()) is None
    assert overlapping(reversed(archive.infolist())) is None
    assert overlapping([]) is None


def test_members_that_share_bytes():
    members = packed(b"a" * 1000, b"b" * 1000, b"c").infolist()
    members[2].header_offset = members[0].header_offset
    assert overlapping(members) in ("0.xml", "2.xml")


def test_a_member_that_spans_the_next():
    members = packed(b"a" * 1000, b"b" * 1000).infolist()
    members[0].compress_size += 40
    assert overlapping(members) == "0.xml"


@pytest.mark.parametrize("name", ["../a", "/a", "a/../b", "C:\\a", "..\\a", "\\a", "a\0b"])
def test_names_that_lead_out(name):
    assert leads_out(name)


@pytest.mark.parametrize("name", ["a", "a/b.xml", "a..b", "a/b:c"])
def test_names_that_stay_within(name):
    assert not leads_out(name)
