"""The rules for documents: bytes, versions, what is not IATI, persons, and the report."""

from __future__ import annotations

import io

import pytest
from iati_helpers import only, org

import jmdi
from jmdi_iati.facets import Activity

# 1 bytes, control characters


def test_empty_file_is_a_warning(files):
    dataset, codes = files.read(b"")
    assert len(dataset) == 0
    assert codes == ["I101"]


def test_control_character_does_not_cost_the_file(files):
    bad = files.activity("<title><narrative>A\x02B</narrative></title>", id="X-1")
    dataset, codes = files.read(files.document(bad, files.activity(id="X-2")))
    assert [i.names.get("en") for i in dataset.of(jmdi.Initiative)] == ["AB", None]
    assert codes.count("I107") == 1


# 2 roots and versions


@pytest.mark.parametrize("shape", ["{}", "<envelope><result>{}</result></envelope>"])
def test_other_roots(files, shape):
    inner = files.activity("<title><narrative>A</narrative></title>")
    dataset, codes = files.read(shape.format(inner).encode())
    assert only(dataset, jmdi.Initiative).facet(Activity).version == "2.0x"
    assert "I111" in codes


def test_version_is_inferred_from_words(files):
    dataset, codes = files.read(
        files.document(
            "<iati-activity><iati-identifier>A-1</iati-identifier><title>Old</title>"
            '<participating-org role="Funding">Donor A</participating-org></iati-activity>',
            version="",
        )
    )
    assert only(dataset, jmdi.Initiative).facet(Activity).version == "1.0x"
    assert only(dataset, jmdi.Participates).role.code == "funding"
    assert "I111" in codes


def test_something_else_is_refused(files):
    _, codes = files.read(b"<html><body/></html>")
    assert codes == ["I102"]


# 18 other namespaces, comments


def test_other_namespaces_are_kept_and_counted(files):
    data = files.document(
        files.activity(
            '<x:own xmlns:x="urn:x"><x:part a="1"/></x:own><!-- note --><?pi x?>',
            attributes='xmlns:d="urn:d" d:dataset="some-file"',
        )
    )
    dataset, codes = files.read(data)
    initiative = only(dataset, jmdi.Initiative)
    assert 'x:part a="1"' in initiative.facet(Activity).xml
    assert initiative.sources[0].title == "some-file"
    assert "I505" in codes


# 19 contact persons


def test_contacts(files):
    contact = "<contact-info><email>someone@example.org</email></contact-info>"
    dataset, codes = files.of(contact)
    assert "example.org" not in only(dataset, jmdi.Initiative).facet(Activity).xml
    assert "I205" in codes
    dataset, codes = files.of(contact, contacts=True)
    assert "example.org" in only(dataset, jmdi.Initiative).facet(Activity).xml
    assert "I205" not in codes


# 20 the report


def test_problems_are_grouped_with_places(files):
    many = [files.activity(org("A", role="?"), id=f"A-{n}") + "\n" for n in range(50)]
    problems = files.model.read(
        io.BytesIO(files.document(*many)), format="iati:xml", on_error="keep"
    ).problems
    (roles,) = [p for p in problems if p.code == "iati:I309"]
    assert "50 times" in roles.message
    assert roles.message.count("activity") == 3
    assert roles.where.line == 1
