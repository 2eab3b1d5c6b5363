"""Every cure is tried: with it the problem is gone, or what it promises happens."""

from __future__ import annotations

import gzip
import io
import re

import pytest
from click.testing import CliRunner

import jmdi
from jmdi.cli.root import cli
from jmdi_iati.problems.codes import MESSAGES

NAMED = re.compile(r"--[a-z]|\w=\w")
"""An option or a parameter."""

PAID = '<transaction><transaction-type code="3"/><value>1</value>'
CORRECTED = {
    "I102": ("<x/>", "<iati-activities version='2.03'/>"),
    "I103": (
        "<!DOCTYPE x>\n<iati-activities version='2.03'/>",
        "<iati-activities version='2.03'/>",
    ),
    "I201": ("<iati-identifier></iati-identifier>", "<iati-identifier>A-1</iati-identifier>"),
    "I301": (
        '<activity-date type="1" iso-date="03/04/2010"/>',
        '<activity-date type="1" iso-date="2010-04-03"/>',
    ),
    "I303": (
        '<activity-date type="1" iso-date="9999-01-01"/>',
        '<activity-date type="1" iso-date="2019-01-01"/>',
    ),
    "I304": (
        '<activity-date type="1" iso-date="2020-01-01"/>'
        '<activity-date type="3" iso-date="2019-01-01"/>',
        '<activity-date type="1" iso-date="2018-01-01"/>'
        '<activity-date type="3" iso-date="2019-01-01"/>',
    ),
    "I305": ("<budget><value>ten</value></budget>", "<budget><value>1234.56</value></budget>"),
    "I306": ("<budget><value>1,234</value></budget>", "<budget><value>1234.56</value></budget>"),
    "I307": (
        '<budget><value currency="dollars">1</value></budget>',
        '<budget><value currency="USD">1</value></budget>',
    ),
    "I310": (
        '<recipient-country code="SN" percentage="60"/><recipient-country code="MA"/>',
        '<recipient-country code="SN" percentage="60"/>'
        '<recipient-country code="MA" percentage="40"/>',
    ),
    "I314": (
        f'<recipient-country code="SN"/>{PAID}<recipient-country code="MA"/></transaction>',
        f'{PAID}<recipient-country code="MA"/></transaction>',
    ),
}
TRIED = {"I104", "I108", "I109", "I115", "I205", "I508", "I601", "I603"}
"""Those that have a test of their own below, or, as I115, wait for a newer jmdi-iati."""


def test_every_cure_is_tried():
    with_cure = {code for code, message in MESSAGES.items() if message.cure}
    assert with_cure == CORRECTED.keys() | TRIED
    assert {code for code in with_cure if NAMED.search(MESSAGES[code].cure or "")} <= TRIED


@pytest.mark.parametrize(("code", "texts"), CORRECTED.items())
def test_a_file_that_is_corrected_has_the_problem_no_more(files, code, texts):
    def codes(text):
        if code in ("I102", "I103"):
            return files.read(text.encode())[1]
        own = code == "I201"
        rest = "" if own else "<iati-identifier>A-1</iati-identifier>"
        return files.read(files.document(f"<iati-activity>{rest}{text}</iati-activity>"))[1]

    broken, corrected = texts
    assert code in codes(broken)
    assert code not in codes(corrected)


def said(code):
    return MESSAGES[code].cure or ""


def test_what_stands_before_a_break_is_kept_by_the_option(files, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    data = files.document(files.activity(id="A-1"), files.activity(id="A-2"))
    (tmp_path / "cut.xml").write_bytes(data[: data.rindex(b"<iati-identifier>")])
    option = re.search(r"(--on-error \S+) what was read stays", said("I104"))[1].split()
    CliRunner().invoke(cli, ["convert", "cut.xml", "-o", "kept.jsonl", *option])
    assert len(jmdi.read(tmp_path / "kept.jsonl").of(jmdi.Initiative)) == 1


def test_larger_limits_are_given_as_the_cure_writes_them(files):
    data = files.document(files.activity(f"<title>{' ' * 2000}</title>", id="A-1"))

    def codes(limits):
        problems = files.model.read(
            io.BytesIO(data * 50), format="iati:xml", on_error="keep", limits=limits
        ).problems
        return {problem.code for problem in problems}

    assert "iati:I108" in codes(jmdi.Limits(size=1000))
    larger = re.search(r"limits=(jmdi\.Limits\(.*\))", said("I108"))[1]
    assert "iati:I108" not in codes(eval(larger, {"jmdi": jmdi}))


def test_an_archive_is_unpacked_or_downloaded_again(files, tmp_path):
    packed = gzip.compress(files.document(files.activity(id="A-1")))
    assert "I109" in files.read(packed[: len(packed) // 2], format="iati:archive")[1]
    assert "I109" not in files.read(packed, format="iati:archive")[1]
    assert "I109" not in files.read(gzip.decompress(packed))[1]


def test_contacts_are_kept_by_keyword_and_by_option(files, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    data = files.document(files.activity("<contact-info><email>a@b.org</email></contact-info>"))
    (tmp_path / "a.xml").write_bytes(data)
    assert "I205" in files.read(data)[1]
    keyword, option = re.fullmatch(r"read with (\S+), or (.*), to keep it", said("I205")).groups()
    assert "I205" not in files.read(data, **eval(f"dict({keyword})"))[1]
    done = CliRunner().invoke(cli, ["convert", "a.xml", "-o", "a.jsonl", *option.split()])
    assert done.exit_code == 0, done.output
    assert "a@b.org" in (tmp_path / "a.jsonl").read_text()


def test_an_organisation_file_is_written_as_the_cure_says(files, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    dataset, _ = files.read(
        b'<iati-organisations version="2.03"><iati-organisation>'
        b"<organisation-identifier>GB-CHC-1</organisation-identifier>"
        b"</iati-organisation></iati-organisations>"
    )
    with pytest.raises(jmdi.DataError) as failed:
        files.write(dataset)
    cure = failed.value.problems[0].cure
    option, keyword = re.fullmatch(r"write them with (.*), or (.*)", cure).groups()
    dataset.write("o.jsonl")
    done = CliRunner().invoke(cli, ["convert", "o.jsonl", "-o", "o.xml", *option.split()])
    assert done.exit_code == 0, done.output
    assert b"GB-CHC-1" in (tmp_path / "o.xml").read_bytes()
    dataset.write("again.xml", **eval(f"dict({keyword})"))
    assert (tmp_path / "again.xml").read_bytes() == (tmp_path / "o.xml").read_bytes()


def test_an_initiative_is_written_when_what_is_missing_was_added(files):
    whole, _ = files.of(
        "<title><narrative>A</narrative></title>",
        "<description><narrative>A</narrative></description>",
        '<participating-org role="4" ref="GB-CHC-2"/>',
        '<activity-status code="2"/>',
        '<activity-date type="1" iso-date="2020-01-01"/>',
    )
    (initiative,) = whole.of(jmdi.Initiative)
    plain = jmdi.evolve(initiative, facets={})
    files.write(whole.with_records(plain))
    with pytest.raises(jmdi.DataError, match="activity-status is missing"):
        files.write(whole.with_records(jmdi.evolve(plain, status=None)))


def test_what_is_missing_is_added_to_the_records(files):
    dataset, _ = files.of("<title><narrative>A</narrative></title>")

    def missing(dataset):
        problems = dataset.losses("iati:activities")
        return "".join(p.message for p in problems if p.code == "iati:I603")

    assert "activity-status is missing" in missing(dataset)
    (initiative,) = dataset.of(jmdi.Initiative)
    status = jmdi.code("initiative-status", "closed")
    added = missing(dataset.with_records(jmdi.evolve(initiative, status=status)))
    assert "activity-status" not in added
    assert "description is missing" in added


def test_organisation_files_are_kept_when_they_are_an_input_of_their_own(files, tmp_path):
    begin = "<iati-organisations version='2.03'><iati-organisation><organisation-identifier>"
    end = "</iati-organisation></iati-organisations>"
    names = "<recipient-org-budget><recipient-org ref='XM-DAC-5'/></recipient-org-budget>"
    for name, text in (
        ("a", f"{begin}XM-DAC-4</organisation-identifier>{names}{end}"),
        ("b", f"{begin}XM-DAC-5</organisation-identifier>{end}"),
    ):
        (tmp_path / f"{name}.xml").write_text(text)

    def codes(source):
        problems = files.model.read(source, on_error="keep").problems
        return {problem.code for problem in problems}

    assert "iati:I508" in codes(tmp_path)
    assert "iati:I508" not in codes([tmp_path / "a.xml", tmp_path / "b.xml"])
