"""The quirks of published files: where each is known to be, and that it is read and reported.

What each quirk becomes has its own test in `test_documents`, `test_activities`,
`test_organisations` or `test_money`, on a document made for it.
"""

from __future__ import annotations

import io

import pytest

import jmdi
from jmdi_iati.facets import Activity

KNOWN = {
    "an empty file": ("doi-caribbean.xml", "I101"),
    "control characters": ("millenniumchallenge-xk.xml", "I107"),
    "amounts with thousands separators": ("millenniumchallenge-xk.xml", "I306"),
    "amounts that are missing": ("dportal-covid.xml", "I305"),
    "dates that are not read": ("dportal-covid.xml", "I301"),
    "activities that end before they start": ("dportal-covid.xml", "I304"),
    "years that are a placeholder": ("pwyf-sample.xml", "I303"),
    "elements beside the activities": ("pwyf-sample.xml", "I113"),
    "categories as references": ("pwyf-sample.xml", "I402"),
    "placeholders": ("usaid-cr.xml", "I404"),
    "one reference, several names": ("usaid-cr.xml", "I406"),
    "no name and no reference": ("dportal-foodsecurity.xml", "I405"),
    "sectors on transactions only": ("state-nepal.xml", "I311"),
    "activities related to themselves": ("dportal-covid.xml", "I503"),
    "other namespaces": ("usaid-cr.xml", "I505"),
    "contact persons": ("iom-activity-01.xml", "I205"),
}


@pytest.mark.parametrize("quirk", KNOWN)
def test_where_it_is_known_to_be(files, real, quirk):
    name, code = KNOWN[quirk]
    dataset, codes = files.read(real(f"iati/{name}"))
    assert code in codes
    assert len(dataset) > 0 or code == "I101"


def test_role_words_of_real_files_are_roles(files, real):
    dataset, _ = files.read(real("iati/pwyf-sample.xml"))
    roles = {r.role.code for r in dataset.of(jmdi.Participates) if r.role is not None}
    assert roles <= {"funding", "accountable", "extending", "implementing"}
    assert {i.facet(Activity).version for i in dataset.of(jmdi.Initiative) if i.facets} == {"1.02"}


def test_several_languages_of_real_files(files, real):
    dataset, _ = files.read(real("iati/usaid-cr.xml"))
    named = [i for i in dataset.of(jmdi.Initiative) if i.names]
    assert named
    assert all(i.names.keys() == {"en", "es"} for i in named)


def test_identifiers_that_two_files_share(files, tmp_path):
    """The newer document of a folder counts, and what differs is reported once for all."""
    one = '<iati-activities version="2.03" generated-datetime="{}-01-01T00:00:00Z">{}'
    for year in (2018, 2019, 2020):
        title = f"<title><narrative>Of {year}</narrative></title>"
        inner = "".join(files.activity(title, id=f"A-{n}") for n in range(3))
        text = f"{one.format(year, inner)}</iati-activities>"
        (tmp_path / f"{2050 - year}.xml").write_text(text)
    dataset = files.model.read(tmp_path, on_error="keep")
    problems = dataset.problems
    assert [i.names["en"] for i in dataset.of(jmdi.Initiative)] == ["Of 2020"] * 3
    (differs,) = [p for p in problems if p.code == "iati:I203"]
    assert "6 times" in differs.message


def test_one_file_with_all_of_them(files):
    """No version, a single root, words, capitals of languages, dates with words and zones."""
    text = """<iati-activity xml:lang="ENG" default-currency="eur">
    <iati-identifier> A-1 </iati-identifier><reporting-org ref="" type="INGO">Agency A
    </reporting-org><title>Wells \x02</title><title xml:lang="FR">Puits</title>
    <participating-org role="implementing" ref="N/A">Municipality A</participating-org>
    <activity-status>Completed</activity-status>
    <activity-date type="start-planned" iso-date="2017-02-06+08:00"/>
    <activity-date type="end-actual">31 March 2018</activity-date>
    <budget><value value-date="2017-01-01Z">8,702</value></budget>
    <d:dataset xmlns:d="urn:store">kept</d:dataset></iati-activity>"""
    dataset, codes = files.read(text.encode())
    (initiative,) = dataset.of(jmdi.Initiative)
    assert initiative.names == {"en": "Wells", "fr": "Puits"}
    assert initiative.status.code == "closed"
    assert initiative.period.edtf == "2017-02-06/2018-03-31"
    (budget,) = dataset.of(jmdi.Budget)
    assert (budget.value.amount, budget.value.currency) == (8702, "EUR")
    assert "kept" in initiative.facet(Activity).xml
    assert {"I107", "I111", "I302", "I306", "I403", "I505"} <= set(codes)
    out = io.BytesIO()
    files.model.write(dataset, out, format="iati:activities")
    again, _ = files.read(out.getvalue())
    assert again.of(jmdi.Initiative)[0].names == initiative.names


@pytest.mark.parametrize("version", ["3.01", "2.04", "10"])
def test_a_newer_version_is_said_to_be_newer(files, version):
    data = files.document(files.activity("<title><narrative>A</narrative></title>"))
    data = data.replace(b'"2.03"', f'"{version}"'.encode(), 1)
    dataset, codes = files.read(data)
    assert dict(dataset.of(jmdi.Initiative)[0].names) == {"en": "A"}
    assert "I115" in codes
    assert "I111" not in codes


@pytest.mark.parametrize("version", ["2.03", "1.05", "", "x", "9" * 400])
def test_other_versions_are_not(files, version):
    data = files.document(files.activity()).replace(b'"2.03"', f'"{version}"'.encode(), 1)
    assert "I115" not in files.read(data)[1]
