"""What was read is written again; what changed in the records is changed in the file."""

from __future__ import annotations

import datetime
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import jmdi
from jmdi_iati.compare import compare

WHOLE = """<title><narrative>Water</narrative></title>
<description type="1"><narrative>Wells</narrative></description>
<participating-org role="4" ref="GB-CHC-1"><narrative>Trust</narrative></participating-org>
<participating-org role="1"><narrative>Donor A</narrative></participating-org>
<activity-status code="2"/><activity-date type="1" iso-date="2015-01-01"/>
<recipient-country code="SN"/><sector vocabulary="7" code="10"/><sector code="15190"/>
<tag vocabulary="1" code="5"/><x:own xmlns:x="urn:x" x:a="1">kept</x:own>"""


def plain(dataset):
    """The records without their places in the file."""
    return [jmdi.evolve(record, sources=()) for record in dataset]


def again(files, dataset):
    """Written as JSON Lines, read, and written as IATI."""
    out = io.BytesIO()
    files.model.write(dataset, out, format="jsonl")
    out.seek(0)
    return files.write(files.model.read(out, format="jsonl"))


def test_round_trip_is_equal(files):
    data = files.document(files.activity(WHOLE))
    dataset, _ = files.read(data)
    written = again(files, dataset)
    found = compare(io.BytesIO(data), io.BytesIO(written))
    assert (found.activities, found.differences) == (1, ())
    assert plain(files.read(written)[0]) == plain(dataset)


def test_old_versions_are_upgraded_in_the_order_of_the_schema(files):
    old = """<activity-date type="start-planned" iso-date="2010-01-01">1 Jan</activity-date>
    <title>Water</title><title xml:lang="fr">Eau</title><activity-website>http://a.example
    </activity-website><other-identifier owner-ref="GB-CHC-1" owner-name="Trust">T-1
    </other-identifier><location><name>Dakar</name><coordinates latitude="14.6" longitude="-17.4"
    precision="1"/><gazetteer-entry gazetteer-ref="GEO">2253354</gazetteer-entry></location>
    <sector code="A" vocabulary="WB">Rail</sector><transaction><value value-date="2010-01-01">5
    </value><transaction-type code="D">Disbursement</transaction-type></transaction>"""
    data = files.document(files.activity(old), version='"1.03"')
    dataset, _ = files.read(data)
    text = files.write(dataset).decode()
    assert 'version="2.03"' in text
    for part in (
        '<activity-date type="1" iso-date="2010-01-01"><narrative>1 Jan</narrative>',
        '<narrative xml:lang="fr">Eau</narrative>',
        'url="http://a.example"',
        '<owner-org ref="GB-CHC-1"><narrative>Trust</narrative></owner-org>',
        "<pos>14.6 -17.4</pos>",
        'vocabulary="G1" code="2253354"',
        "<narrative>Rail (WB)</narrative>",
        '<transaction-type code="3"/>',
    ):
        assert part in text, part
    assert text.index("<title") < text.index("<other-identifier") < text.index("<activity-date")
    found = compare(io.BytesIO(data), io.BytesIO(text.encode()))
    assert not found.unexpected
    assert {d.element for d in found.differences} == {"transaction-type (words)"}


def test_changes_of_records_are_written(files):
    dataset, _ = files.read(files.document(files.activity(WHOLE)))
    (initiative,) = dataset.of(jmdi.Initiative)
    changed = jmdi.evolve(
        initiative,
        names={"en": "Wells for all"},
        goals=(jmdi.code("sdg-target", "10.7"),),
        status=jmdi.code("initiative-status", "closed"),
    )
    text = files.write(dataset.with_records(changed)).decode()
    assert "<narrative>Wells for all</narrative>" in text
    assert '<activity-status code="4"/>' in text
    assert '<tag vocabulary="3" code="10.7"/>' in text
    assert 'vocabulary="7"' not in text
    for kept in ('<sector code="15190"/>', '<tag vocabulary="1" code="5"/>', ">kept</"):
        assert kept in text


def test_participants_follow_the_relations(files):
    dataset, _ = files.read(files.document(files.activity(WHOLE)))
    (initiative,) = dataset.of(jmdi.Initiative)
    gone = next(r for r in dataset.of(jmdi.Participates) if r.role.code == "funding")
    actor = jmdi.Actor(
        id="actor/new", names={"fr": "Ville"}, type=jmdi.code("actor-type", "local_authority")
    )
    new = jmdi.Participates(
        id="participates/new",
        source=actor.id,
        target=initiative.id,
        role=jmdi.code("organisation-role", "accountable"),
    )
    text = files.write(dataset.without(gone.id).with_records(actor, new)).decode()
    assert "Donor A" not in text
    assert '<participating-org role="2" type="11"><narrative xml:lang="fr">Ville<' in text
    assert text.index("Ville") < text.index("<activity-status")


def test_initiative_of_other_origin_is_refused_while_incomplete(files):
    bare = jmdi.Initiative(id="initiative/1", names={"en": "A"})
    dataset = files.model.dataset([bare])
    with pytest.raises(jmdi.DataError) as caught:
        files.write(dataset)
    assert "reporting-org" in str(caught.value)
    assert b"<title" not in files.write(dataset, missing="skip")


def test_initiative_of_other_origin_is_written_when_complete(files, real):
    agency = jmdi.Actor(
        id="actor/a",
        names={"en": "Agency"},
        type=jmdi.code("actor-type", "ingo"),
        identifiers=(jmdi.Identifier("GB-CHC", "1"),),
    )
    place = jmdi.Territory(id="territory/sn", code=jmdi.code("iso-3166-1", "SN"))
    whole = jmdi.Initiative(
        id="initiative/1",
        names={"en": "A"},
        description={"en": "B"},
        identifiers=(jmdi.Identifier("iati-identifier", "GB-CHC-1-1"),),
        period=jmdi.Period("2015-01/2016-12"),
        places=(jmdi.Place(place.id),),
        status=jmdi.code("initiative-status", "implementation"),
        sectors=(jmdi.code("iati-sector", "15190"), jmdi.code("own", "x")),
        goals=(jmdi.code("gcm-objective", "19"),),
        budget=(jmdi.Money("10.50", "EUR"),),
        sources=(jmdi.Source("Register", publisher=agency.id),),
    )
    joins = jmdi.Participates(
        id="participates/1",
        source=agency.id,
        target=whole.id,
        role=jmdi.code("organisation-role", "funding"),
    )
    budget = jmdi.Budget(
        id="budget/1",
        initiative=whole.id,
        type=jmdi.code("budget-type", "budget"),
        period=jmdi.Period("2015-01-01/2015-12-31"),
        value=jmdi.Money("7", "EUR", date=datetime.date(2015, 1, 1)),
    )
    dataset = files.model.dataset([agency, place, whole, joins, budget])
    data = files.write(dataset)
    back, _ = files.read(data)
    (initiative,) = back.of(jmdi.Initiative)
    assert initiative.names == {"en": "A"}
    assert initiative.period.edtf == "2015-01-01/2016-12-31"
    (found,) = back.of(jmdi.Budget)
    assert (found.value, found.period) == (budget.value, budget.period)
    # An amount whose period is not said is not written as one of the whole period.
    (said,) = [p for p in dataset.losses("iati:activities") if p.where.member == "/budget"]
    assert "asks for the period of each budget" in said.message
    assert schema_errors(real, data) == []


def schema_errors(real, data):
    from lxml import etree

    real("schemas/iati-2.03/iati-activities-schema.xsd")
    folder = __import__("pathlib").Path(__file__).parents[4].parent / "shared" / "data" / "schemas"
    schema = etree.XMLSchema(etree.parse(folder / "iati-2.03" / "iati-activities-schema.xsd"))
    schema.validate(etree.fromstring(data))
    return [str(error) for error in schema.error_log]


def test_real_files_round_trip(files, real, real_names):
    for name in real_names:
        data = real(f"iati/{name}")
        if b"<iati-activit" not in data or (len(data) > 1_000_000 and name != "pwyf-sample.xml"):
            continue
        dataset, _ = files.read(data)
        written = again(files, dataset)
        found = compare(io.BytesIO(data), io.BytesIO(written))
        assert found.activities, name
        assert not found.unexpected, f"{name}: {found}"
        if not _errors_before(real, data):
            assert schema_errors(real, written) == [], name


def _errors_before(real, data):
    try:
        return schema_errors(real, data)
    except SyntaxError:
        return ["not well-formed"]


def test_organisation_files_are_not_lost_in_an_empty_file(files):
    dataset, _ = files.read(
        b"<iati-organisations><iati-organisation><organisation-identifier>GB-CHC-1"
        b"</organisation-identifier></iati-organisation></iati-organisations>"
    )
    with pytest.raises(jmdi.DataError, match="iati:organisations"):
        files.write(dataset)
    assert b"<iati-activity" not in files.write(files.model.dataset())


def test_organisation_files(files, real):
    for name in ("iaf-org.xml", "millenniumchallenge-org.xml"):
        dataset, _ = files.read(real(f"iati/{name}"))
        out = io.BytesIO()
        files.model.write(dataset, out, format="iati:organisations")
        assert files.read(out.getvalue())[0].by_id.keys() == dataset.by_id.keys()


def test_organisations_are_written_as_they_were(files):
    inner = (
        "<iati-organisation  xml:lang='en'><organisation-identifier>GB-CHC-1"
        "</organisation-identifier><name><narrative>A</narrative></name></iati-organisation>"
    )
    document = "<iati-organisations version='{}'>{}</iati-organisations>"
    dataset, _ = files.read(document.format("2.03", inner).encode())
    out = io.BytesIO()
    dataset.write(out, format="iati:organisations")
    assert inner.encode() in out.getvalue()
    problems = dataset.losses("iati:organisations")
    assert "reporting-org is missing" in "".join(p.message for p in problems)
    old = inner.replace("<name>", "<name x='1'>")
    dataset, _ = files.read(document.format("1.03", old).encode())
    problems = dataset.losses("iati:organisations")
    assert "name/@x (1)" in "".join(p.message for p in problems if p.code == "iati:I602")


words = st.text(
    st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=("Cc", "Cs")),
    min_size=1,
    max_size=20,
).filter(lambda text: text.strip() and "\ufffe" not in text and "\uffff" not in text)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(title=words, ref=words, share=st.integers(1, 99), days=st.lists(st.dates(), max_size=2))
def test_any_words_survive(files, title, ref, share, days):
    from lxml import etree

    element = etree.fromstring(files.activity())
    etree.SubElement(etree.SubElement(element, "title"), "narrative").text = title
    org = etree.SubElement(element, "participating-org", role="4", ref=ref)
    etree.SubElement(org, "narrative").text = title
    for code, part in (("SN", share), ("NP", 100 - share)):
        etree.SubElement(element, "recipient-country", code=code, percentage=str(part))
    for kind, day in zip("13", sorted(days), strict=False):
        etree.SubElement(element, "activity-date", {"type": kind, "iso-date": day.isoformat()})
    data = files.document(etree.tostring(element, encoding="unicode"))
    dataset, _ = files.read(data)
    written = again(files, dataset)
    assert not compare(io.BytesIO(data), io.BytesIO(written)).differences
    assert plain(files.read(written)[0]) == plain(dataset)


def test_what_is_left_out_of_old_versions_and_what_is_missing_is_listed(files):
    old = """<title>T</title><planned-disbursement updated="2012-01-01"><value>5</value>
    </planned-disbursement><activity-status code="2">Implementation</activity-status>"""
    dataset, _ = files.read(files.document(files.activity(old), version='"1.03"'))
    problems = dataset.losses("iati:activities")
    (left_out,) = [p for p in problems if p.code == "iati:I602"]
    assert left_out.where.member == "/iati:activity/xml"
    for part in ("planned-disbursement/@updated (1)", "words of activity-status (1)"):
        assert part in left_out.message
    wrong = "".join(p.message for p in problems if p.code == "iati:I603")
    for part in ("description", "participating-org", "activity-date", "value/@value-date"):
        assert f"{part} is missing" in wrong
    assert not [p for p in problems if p.where.member == "/iati:activity/xml" and p != left_out]


def test_edits_that_iati_has_no_place_for_are_listed(files):
    dataset, _ = files.read(files.document(files.activity(WHOLE)))
    (initiative,) = dataset.of(jmdi.Initiative)
    (actor,) = (a for a in dataset.of(jmdi.Actor) if "Trust" in a.names.values())
    edited = dataset.with_records(
        jmdi.evolve(initiative, participants_complete=True, extra={"own": 1}),
        jmdi.evolve(actor, names={"en": "Renamed"}, country="FR"),
    )
    named = {(p.where.kind, p.where.member) for p in edited.losses("iati:activities")}
    assert {
        ("initiative", "/participants_complete"),
        ("initiative", "/own"),
        ("actor", "/country"),
    } <= named
    assert ("actor", "/names") not in named  # which are written where they stood


def test_of_two_statuses_the_one_that_was_read_is_changed_and_the_other_goes(files):
    dataset, _ = files.of('<activity-status code="2"/><activity-status code="3"/>')
    (initiative,) = dataset.of(jmdi.Initiative)
    edited = jmdi.evolve(initiative, status=jmdi.Code("initiative-status", "cancelled"))
    written = files.write(dataset.with_records(edited))
    assert written.count(b"<activity-status") == written.count(b'<activity-status code="5"/>') == 1
