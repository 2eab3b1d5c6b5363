"""Bad input is refused or reported in bounded time and memory; what is good before it is kept."""

from __future__ import annotations

import gzip
import io
import lzma
import os
import random
import subprocess
import sys
import tarfile
import tracemalloc
import zipfile

import pytest

import jmdi
from jmdi import Limits


def ids(dataset):
    return [i.identifiers[0].value for i in dataset.of(jmdi.Initiative)]


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<iati-activities><iati-activity><title>&c;</title></iati-activity></iati-activities>"""
OUTSIDE = b"""<!-- note --><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<iati-activities><iati-activity><title>&a;</title></iati-activity></iati-activities>"""


@pytest.mark.parametrize("data", [BOMB, OUTSIDE, BOMB.decode().encode("utf-16")])
def test_document_types_are_refused(files, data):
    dataset, codes = files.read(data)
    assert len(dataset) == 0
    assert codes == ["I103"]


def test_document_type_in_a_text_is_only_a_text(files):
    dataset, codes = files.of("<title><narrative><![CDATA[<!DOCTYPE html> A]]></narrative></title>")
    assert len(dataset.of(jmdi.Initiative)) == 1
    assert "I103" not in codes


def test_unknown_entity_is_repaired_and_reported(files):
    dataset, codes = files.of("<title><narrative>A&nbsp;B</narrative></title>")
    assert len(dataset.of(jmdi.Initiative)) == 1
    assert "I105" in codes


def test_truncated_document_keeps_whole_activities(files):
    data = files.document(*(files.activity(id=f"A-{n}") for n in range(5)))
    cut = data.rindex(b"<narrative>")
    dataset, codes = files.read(data[: cut + 3])
    assert ids(dataset) == ["A-0", "A-1", "A-2", "A-3"]
    assert "I104" in codes
    with pytest.raises(jmdi.DataError):
        files.model.read(io.BytesIO(data[:cut]), format="iati:xml")


def test_end_between_activities(files):
    data = files.document(*(files.activity(id=f"A-{n}") for n in range(3)))
    dataset, codes = files.read(data[: -len("</iati-activities>")])
    assert ids(dataset) == ["A-0", "A-1", "A-2"]
    assert "I104" in codes


def test_concatenated_documents(files):
    one = files.document(files.activity(id="A-1"))
    dataset, codes = files.read(one + one.replace(b"A-1", b"A-2"))
    assert ids(dataset) == ["A-1"]
    assert "I104" in codes


def test_text_after_the_document_is_not_called_a_cut(files):
    dataset, codes = files.read(files.document(files.activity()) + b"xyz")
    assert codes == ["I104"]
    assert "follows after the end" in dataset.problems[0].message


def test_unclosed_activity_reads_both(files):
    data = files.document(
        files.activity("<title><narrative>A</narrative></title>", id="A-1"),
        files.activity(id="A-2"),
    )
    dataset, codes = files.read(data.replace(b"</iati-activity>", b"", 1))
    assert sorted(ids(dataset)) == ["A-1", "A-2"]
    assert "I112" in codes


def test_deep_nesting_stops_and_keeps_what_was_read(files):
    deep = "<a>" * 5000 + "</a>" * 5000
    dataset, codes = files.read(files.document(files.activity(id="A-1"), files.activity(deep)))
    assert "A-1" in ids(dataset)
    assert "I104" in codes


def test_long_attribute_and_activity_are_bounded(files):
    start = files.document(files.activity(id="A-1")).removesuffix(b"</iati-activities>")
    tracemalloc.start()
    try:
        stream = io.BufferedReader(_Endless(start + b'<iati-activity a="', b"x" * 4096))
        dataset = files.model.read(
            stream, format="iati:xml", on_error="keep", limits=Limits(line=1_000_000)
        )
        problems = dataset.problems
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert ids(dataset) == ["A-1"]
    assert [p.code for p in problems if p.is_error]
    assert peak < 20_000_000


class _Endless(io.RawIOBase):
    """Some bytes, and then others for ever."""

    def __init__(self, start, more):
        self.start, self.more = start, more

    def readable(self):
        return True

    def readinto(self, buffer):
        data = (self.start or self.more)[: len(buffer)]
        self.start = self.start[len(data) :]
        buffer[: len(data)] = data
        return len(data)


@pytest.mark.parametrize("more", [b"<!-- x -->", b" ", b"<?a b?>", b"\0", b"<!-- never closed "])
def test_endless_prolog_is_bounded(files, more):
    dataset = files.model.read(
        io.BufferedReader(_Endless(b"<!-- -->", more * 500)),
        format="iati:xml",
        on_error="keep",
        limits=Limits(size=8_000_000),
    )
    problems = dataset.problems
    assert len(dataset) == 0
    assert [p.code for p in problems if p.is_error]


def test_nul_bytes_are_left_out(files):
    data = files.document(files.activity("<title><narrative>A\0B</narrative></title>"))
    dataset, codes = files.read(data)
    assert dataset.of(jmdi.Initiative)[0].names == {"en": "AB"}
    assert "I107" in codes


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members, mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def test_archives(files, tmp_path):
    one, two = (files.document(files.activity(id=f"A-{n}")) for n in (1, 2))
    members = {"a/one.xml": one, "two.xml": two, "readme.txt": b"x"}
    packed = {
        "x.zip": zipped(members),
        "x.tar": tarred(members),
        "x.tar.gz": tarred(members, "w:gz"),
        "x.tar.xz": tarred(members, "w:xz"),
        "x.xml.gz": gzip.compress(one),
        "x.xml.xz": lzma.compress(one),
    }
    for name, data in packed.items():
        (tmp_path / name).write_bytes(data)
        found = files.model.read(tmp_path / name)
        assert sorted(ids(found)) == (["A-1", "A-2"] if "xml" not in name else ["A-1"]), name


def test_standard_input_can_be_an_archive(files):
    data = zipped({"a.xml": files.document(files.activity(id="A-1"))})
    stream = io.BufferedReader(_Once(data))
    assert ids(files.model.read(stream, format="iati:archive")) == ["A-1"]


class _Once(io.RawIOBase):
    """Bytes that can only be read forwards, as from a pipe."""

    def __init__(self, data):
        self.data = data

    def readable(self):
        return True

    def seekable(self):
        return False

    def readinto(self, buffer):
        part = self.data[: len(buffer)]
        self.data = self.data[len(part) :]
        buffer[: len(part)] = part
        return len(part)


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_compression_bombs(files, pack):
    data = pack(b"<iati-activities>" + b" " * 30_000_000)
    dataset = files.model.read(
        io.BytesIO(data), format="iati:archive", on_error="keep", limits=Limits(ratio=50)
    )
    problems = dataset.problems
    assert len(dataset) == 0
    assert any(p.code == "iati:I109" for p in problems)


def test_zip_bomb_and_escape(files):
    good = files.document(files.activity(id="A-1"))
    data = zipped(
        {
            "good.xml": good,
            "../evil.xml": good,
            "/abs.xml": good,
            "bomb.xml": b"<iati-activities>" + b" " * 30_000_000,
        }
    )
    dataset = files.model.read(
        io.BytesIO(data), format="iati:archive", on_error="keep", limits=Limits(ratio=50)
    )
    problems = dataset.problems
    assert ids(dataset) == ["A-1"]
    (refused,) = [p for p in problems if p.code == "iati:I109"]
    assert all(name in refused.message for name in ("evil.xml", "abs.xml", "bomb.xml"))


def test_members_of_a_zip_that_overlap(files):
    good = files.document(files.activity(id="A-1"))
    data = bytearray(zipped({"a.xml": good, "b.xml": good}))
    at = data.rfind(b"PK\x01\x02") + 42
    data[at : at + 4] = bytes(4)
    dataset = files.model.read(io.BytesIO(data), format="iati:archive", on_error="keep")
    assert len(dataset) == 0
    assert "shares bytes with another" in dataset.problems[0].message


PEAK = """
import io, re, zipfile, jmdi
from jmdi_iati import plugin
def peak():  # that of getrusage is at least that of the process which started this one
    return re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1]
out = io.BytesIO()
beside = "<x a='b'>y</x>" * 75_000
foreign = f"<foreign>{beside}</foreign>{beside}"
with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
    for n in range(40):
        activity = f"<iati-activity><iati-identifier>A-{n}</iati-identifier></iati-activity>"
        inside = foreign if n % 2 else activity + foreign
        archive.writestr(f"{n}.xml", f"<iati-activities>{inside}</iati-activities>")
print(peak())
limits = jmdi.Limits(ratio=10**6)
model = jmdi.Model.build()
dataset = model.read(
    io.BytesIO(out.getvalue()), format="iati:archive", on_error="keep", limits=limits
)
assert len(dataset) == 20, dataset
print(peak())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peaks of memory are measured on Linux")
def test_many_large_members_take_the_memory_of_one():
    """40 members of 2 MB without activities take 80 MB each as a tree."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    before, after = map(int, done.stdout.split())
    assert after - before < 150_000, (before, after)


def test_members_of_a_tar_that_lead_out_or_are_no_files(files):
    good = files.document(files.activity(id="A-1"))
    out = io.BytesIO(tarred({"good.xml": good, "../evil.xml": good, "/abs.xml": good}))
    with tarfile.open(fileobj=out, mode="a") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            info = tarfile.TarInfo(f"{kind.decode()}.xml")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    dataset = files.model.read(io.BytesIO(out.getvalue()), format="iati:archive", on_error="keep")
    problems = dataset.problems
    assert ids(dataset) == ["A-1"]
    (refused,) = [p for p in problems if p.code == "iati:I110"]
    assert "(6 times" in refused.message


def test_attribute_of_100_million_bytes(files):
    start = files.document(files.activity(id="A-1")).removesuffix(b"</iati-activities>")
    data = start + b'<iati-activity a="' + b"x" * 100_000_000 + b'"/></iati-activities>'
    dataset, codes = files.read(data)
    assert ids(dataset) == ["A-1"]
    assert {"I104", "I108"} & set(codes)


def test_too_many_members(files):
    good = files.document(files.activity(id="A-1"))
    for data in (
        zipped({f"{n}.xml": good for n in range(30)}),
        tarred({f"{n}.xml": good for n in range(30)}),
    ):
        problems = files.model.read(
            io.BytesIO(data), format="iati:archive", on_error="keep", limits=Limits(members=9)
        ).problems
        assert any(p.code == "iati:I109" for p in problems)


def test_damaged_archives(files):
    good = files.document(*(files.activity(id=f"A-{n}") for n in range(50)))
    for data in (zipped({"a.xml": good}), tarred({"a.xml": good}, "w:gz"), gzip.compress(good)):
        for cut in (len(data) // 2, 30):
            _, codes = files.read(data[:cut], format="iati:archive")
            assert {"I109", "I104"} & set(codes)


def test_folder(files, tmp_path):
    (tmp_path / "sub").mkdir()
    old = files.document(files.activity("<title><narrative>Old</narrative></title>"))
    new = old.replace(b"Old", b"New")
    dated = b' generated-datetime="%s"'
    (tmp_path / "a.xml").write_bytes(old.replace(b">", dated % b"2015-01-01T00:00:00" + b">", 1))
    (tmp_path / "sub" / "b.xml").write_bytes(
        new.replace(b">", dated % b"2020-01-01T00:00:00" + b">", 1)
    )
    (tmp_path / "empty.xml").write_bytes(b"")
    (tmp_path / "notes.txt").write_bytes(b"x")
    (tmp_path / "link.xml").symlink_to(tmp_path / "a.xml")
    os.mkfifo(tmp_path / "pipe.xml")
    dataset = files.model.read(tmp_path, format="iati:xml", on_error="keep")
    problems = dataset.problems
    codes = {p.code.removeprefix("iati:") for p in problems}
    assert [i.names for i in dataset.of(jmdi.Initiative)] == [{"en": "New"}]
    assert {"I101", "I110", "I203"} <= codes


@pytest.mark.parametrize(
    "written",
    ['{}="{}"', "{}='{}'", '{} = "{}"', '{}\n=\n"{}"', 'xmlns:d="urn:d" d:{}="{}"'],
)
def test_documents_of_a_folder_come_newest_first_however_the_date_is_quoted(
    files, tmp_path, written
):
    for name, year in (("a.xml", 2015), ("b.xml", 2020)):
        date = written.format("generated-datetime", f"{year}-01-01T00:00:00")
        one = files.document(files.activity(id=f"A-{year}"))
        (tmp_path / name).write_bytes(one.replace(b">", f" {date}>".encode(), 1))
    dataset = files.model.read(tmp_path, format="iati:xml")
    found = [one.identifiers[0].value for one in dataset.of(jmdi.Initiative)]
    assert found == ["A-2020", "A-2015"]


def test_memory_of_a_stream_does_not_grow(files):
    def peak(count):
        inner = "".join(
            f'<participating-org role="4" ref="GB-CHC-{n}"><narrative>A{n}</narrative>'
            "</participating-org>"
            for n in range(5)
        )
        data = files.document(*(files.activity(inner, id=f"A-{n}") for n in range(count)))
        stream = io.BytesIO(data)
        tracemalloc.start()
        try:
            for _ in files.model.stream(stream, format="iati:xml"):
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(300)  # fills the caches
    assert peak(2000) < 2.5 * peak(300)


def test_fuzzed_documents(files):
    base = files.document(
        files.activity(
            '<recipient-country code="SN" percentage="50"/><sector code="15190"/>',
            "<location><point><pos>1 2</pos></point></location>",
            id="A-1",
        ),
        files.activity(
            '<transaction><transaction-type code="3"/><value>5</value></transaction>',
            '<related-activity ref="A-1" type="1"/>',
            id="A-2",
        ),
    )
    rng = random.Random(5)
    for _ in range(400):
        data = bytearray(base)
        for _ in range(rng.randrange(1, 6)):
            place = rng.randrange(len(data))
            if rng.random() < 0.5:
                data[place] = rng.randrange(256)
            else:
                del data[place : place + rng.randrange(1, 20)]
        dataset, _ = files.read(bytes(data))
        assert not [p for p in dataset.check().problems if p.code in ("J301", "J303", "J306")]


def test_random_bytes(files):
    rng = random.Random(6)
    for start in (b"", b"<iati-activities>", b"\x1f\x8b", b"PK\x03\x04", b"\xfd7zXZ\x00", b"BZh9"):
        for size in (1, 50, 3000):
            data = start + rng.randbytes(size)
            _, codes = files.read(data, format="iati:archive")
            assert codes


def test_a_member_of_a_zip_without_a_name(files):
    good = files.document(files.activity(id="A-1"))
    out = io.BytesIO(zipped({"good.xml": good, "folder/": b""}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(zipfile.ZipInfo(""), b"")
    data = io.BytesIO(out.getvalue())
    assert ids(files.model.read(data, format="iati:archive")) == ["A-1"]
