"""Editing one field changes the elements of that field only.

What differs is seen by lxml alone: nothing here comes from the exporter or the importer.
"""

from __future__ import annotations

import contextlib
import copy
import io
import random
import re
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import jmdi

ACTIVITY = """
<title><narrative>Wells</narrative><narrative xml:lang="fr">Puits</narrative>
 <narrative>Second title</narrative></title>
<description type="1"><narrative>General</narrative><narrative>More</narrative></description>
<description><narrative xml:lang="ES">General en español</narrative></description>
<description type="2"><narrative>One</narrative><narrative>Two</narrative></description>
<description type="2"><narrative>Three</narrative></description>
<description type="3"><narrative>Migrants</narrative></description>
<description type="4"><narrative>Remark</narrative></description>
<participating-org role="1" ref="GB-CHC-1" type="22" activity-id="GB-CHC-1-9" x:a="1"
 xmlns:x="urn:x"><narrative>Trust</narrative><narrative xml:lang="fr">Fonds</narrative>
</participating-org>
<participating-org role="4" type="11"><narrative>Municipality A</narrative></participating-org>
<other-identifier ref="A-1" type="A1"><owner-org ref="GB-CHC-1"/></other-identifier>
<other-identifier ref="A-2" type="B1"/>
<activity-status code="2"/>
<activity-date type="1" iso-date="2020-01-01"><narrative>planned</narrative></activity-date>
<activity-date type="2" iso-date="2020-02-01"/>
<activity-date type="3" iso-date="2021-12-31+02:00"/>
<contact-info><organisation><narrative>A</narrative></organisation></contact-info>
<activity-scope code="4"/>
<recipient-country code="SV" percentage="60"><narrative>El Salvador</narrative></recipient-country>
<recipient-country code="HN" percentage="30"/>
<recipient-region vocabulary="1" code="1031" percentage="10"/>
<location ref="L1"><location-reach code="1"/><location-id vocabulary="G1" code="1"/><name>
 <narrative>Town A</narrative></name><point srsName="http://www.opengis.net/def/crs/EPSG/0/4326">
 <pos>13.7 -89.2</pos></point><exactness code="1"/></location>
<location ref="L2"><name><narrative>Town B</narrative></name></location>
<sector vocabulary="1" code="15190" percentage="80"/><sector code="24050" percentage="20"/>
<sector vocabulary="7" code="10" percentage="100"/>
<sector vocabulary="99" vocabulary-uri="http://a.example" code="M" percentage="100">
 <narrative>Migration</narrative></sector>
<tag vocabulary="3" code="10.7"/><tag vocabulary="99" code="X"><narrative>Own</narrative></tag>
<humanitarian-scope type="1" vocabulary="1-2" code="EQ-2015" vocabulary-uri="http://a.example"/>
<policy-marker vocabulary="1" code="1" significance="2"><narrative>Gender</narrative>
 </policy-marker>
<policy-marker code="9" significance="0"/>
<collaboration-type code="1"/><default-flow-type code="10"/><default-aid-type code="C01"/>
<budget type="2" status="2"><period-start iso-date="2020-03-01"/><period-end
 iso-date="2020-12-31"/><value value-date="2020-01-01" currency="EUR">100</value></budget>
<budget><period-start iso-date="2021-01-01"/><period-end iso-date="2021-12-31"/><value
 value-date="2021-01-01">50.50</value></budget>
<document-link url="http://a.example/1" format="text/html"><title><narrative>Page</narrative>
 </title><category code="A12"/><recipient-country code="SV"/></document-link>
<related-activity ref="B-1" type="1"/><related-activity ref="B-2" type="3"/>
<conditions attached="1"><condition type="1"><narrative>A plan</narrative></condition>
 <condition type="2"><narrative>Numbers</narrative></condition></conditions>
<x:own xmlns:x="urn:x" x:b="2">kept<x:in/></x:own>"""


def facet(initiative, **changes):
    return initiative.with_facet(jmdi.evolve(initiative.facets["iati:activity"], **changes))


def more(field, value):
    """A value after the others of a field."""
    return lambda i: jmdi.evolve(i, **{field: (*getattr(i, field), value)})


def fewer(field):
    """All but the first value of a field."""
    return lambda i: jmdi.evolve(i, **{field: getattr(i, field)[1:]})


def turned(field):
    """The values of a field in the other order."""
    return lambda i: jmdi.evolve(i, **{field: getattr(i, field)[::-1]})


def first(field, **changes):
    """The first value of a field changed."""

    def change(initiative):
        one, *rest = getattr(initiative, field)
        return jmdi.evolve(initiative, **{field: (jmdi.evolve(one, **changes), *rest)})

    return change


EDITS = {
    # name: the edit, the elements that it may change, how many may go and come at most
    "title": (lambda i: jmdi.evolve(i, names={**i.names, "en": "New"}), {"title"}, 1),
    "title in a new language": (
        lambda i: jmdi.evolve(i, names={**i.names, "ar": "آبار"}),
        {"title"},
        1,
    ),
    "no title": (lambda i: facet(jmdi.evolve(i, names={}), titles=()), {"title"}, 1),
    "further title": (lambda i: facet(i, titles=({"en": "Other"},)), {"title"}, 1),
    "description": (lambda i: jmdi.evolve(i, description={"en": "New\nMore"}), {"description"}, 2),
    "objective": (more("objectives", {"en": "Four"}), {"description"}, 2),
    "no first objective": (fewer("objectives"), {"description"}, 2),
    "audience": (more("audience", jmdi.Audience({"fr": "Jeunes"})), {"description"}, 1),
    "remark": (lambda i: facet(i, remarks=({"en": "Changed"},)), {"description"}, 1),
    "identifier": (
        lambda i: jmdi.evolve(
            i,
            identifiers=(
                jmdi.Identifier("iati-identifier", "N-1"),
                *(one for one in i.identifiers if one.scheme != "iati-identifier"),
            ),
        ),
        {"iati-identifier"},
        1,
    ),
    "other identifier": (
        more("identifiers", jmdi.Identifier("iati-other-A1", "new")),
        {"other-identifier"},
        1,
    ),
    "status": (
        lambda i: jmdi.evolve(i, status=jmdi.code("initiative-status", "closed")),
        {"activity-status"},
        1,
    ),
    "no status": (lambda i: jmdi.evolve(i, status=None), {"activity-status"}, 1),
    "scope": (
        lambda i: jmdi.evolve(i, scope=jmdi.code("governance-level", "global")),
        {"activity-scope"},
        1,
    ),
    "end": (
        lambda i: jmdi.evolve(i, period=jmdi.Period(f"{i.period.start or ''}/2030-06-30")),
        {"activity-date"},
        1,
    ),
    "start": (
        lambda i: jmdi.evolve(i, period=jmdi.Period(f"1999-02-03/{i.period.end or ''}")),
        {"activity-date"},
        1,
    ),
    "actual end": (
        lambda i: facet(i, dates={**i.facets["iati:activity"].dates, "actual_end": "2031-01-01"}),
        {"activity-date"},
        1,
    ),
    "new country": (
        more("places", jmdi.Place("territory/test-gt", share=Decimal("0.1"))),
        {"recipient-country"},
        1,
    ),
    "no first place": (fewer("places"), {"recipient-country", "recipient-region", "location"}, 1),
    "share": (first("places", share=Decimal("0.5")), {"recipient-country", "recipient-region"}, 1),
    "sector": (more("sectors", jmdi.code("iati-sector", "15112")), {"sector"}, 1),
    "no first sector": (fewer("sectors"), {"sector"}, 1),
    "goal": (more("goals", jmdi.code("sdg-target", "17.18")), {"tag"}, 1),
    "goal of a list of its own": (more("goals", jmdi.code("gcm-objective", "19")), {"tag"}, 1),
    "marker": (
        lambda i: facet(
            i,
            codes=(
                *i.facets["iati:activity"].codes,
                jmdi.code("iati-policy-marker", "8", "significance 1"),
            ),
        ),
        {"policy-marker"},
        1,
    ),
    "no first code": (
        lambda i: facet(i, codes=i.facets["iati:activity"].codes[1:]),
        {"policy-marker", "tag", "collaboration-type"}
        | {f"default-{name}" for name in ("flow-type", "finance-type", "aid-type", "tied-status")},
        1,
    ),
    "no conditions": (lambda i: facet(i, conditions=(), attached=None), {"conditions"}, 1),
    "no documents": (lambda i: facet(i, documents=()), {"document-link"}, 99),
    "no scopes": (lambda i: facet(i, scopes=()), {"humanitarian-scope"}, 99),
    "updated": (lambda i: facet(i, updated="2030-01-01T00:00:00Z"), set(), 0),
    "hierarchy": (lambda i: facet(i, hierarchy="7"), set(), 0),
}


def said(element):
    """All that is in an element, but for white space between elements."""
    words = element.text if not len(element) else (element.text or "").strip()
    inner = tuple((said(child), (child.tail or "").strip()) for child in element)
    return element.tag, tuple(sorted(element.attrib.items())), words or "", inner


def parts(xml: bytes) -> dict[int, list[tuple[str, object]]]:
    """The children of each activity by place, each with all that is in it."""
    root = etree.fromstring(xml, etree.XMLParser(remove_comments=True))
    found = {}
    for number, activity in enumerate(root.iterchildren("iati-activity")):
        children = activity.iterchildren(etree.Element)
        found[number] = [(c.tag, said(c)) for c in children if c.tag != "contact-info"]
    return found


def attributes(xml: bytes) -> list[dict[str, str]]:
    return [dict(one.attrib) for one in etree.fromstring(xml).iterchildren("iati-activity")]


def write(dataset) -> bytes:
    stream = io.BytesIO()
    dataset.write(stream, format="iati:activities")
    return stream.getvalue()


GUATEMALA = jmdi.Territory(id="territory/test-gt", code=jmdi.code("iso-3166-1", "GT"))


def check(dataset, name):
    """Writes an edit of all activities, and holds what differs against what may."""
    edit, allowed, most = EDITS[name]
    old = [i for i in dataset.of(jmdi.Initiative) if i.facets]
    before = write(dataset)
    new = []
    for initiative in old:
        try:
            new.append(edit(initiative))
        except (ValueError, AttributeError):  # nothing there to be edited
            continue
    after = write(dataset.with_records(*new, GUATEMALA))
    was, now = parts(before), parts(after)
    assert was.keys() == now.keys()
    for number, children in was.items():
        rest = [[c for c in side if c[0] not in allowed] for side in (children, now[number])]
        assert rest[0] == rest[1], name
        gone, came = (
            Counter(children) - Counter(now[number]),
            Counter(now[number]) - Counter(children),
        )
        assert gone.total() <= most, (name, gone)
        if allowed & {tag for tag, _ in children}:  # else all that transactions say is written
            assert came.total() <= most + 1, (name, came)
        kept = [child for child in children if child not in gone]
        assert [child for child in now[number] if child in kept] == kept, name
    if allowed:
        assert attributes(before) == attributes(after)
    return before, after


@pytest.fixture(scope="module")
def activity(files):
    dataset, _ = files.read(files.document(files.activity(ACTIVITY)))
    return dataset


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_the_elements_of_its_field_only(activity, name):
    before, after = check(activity, name)
    assert before != after


@pytest.mark.parametrize("name", EDITS)
def test_what_was_edited_is_read_again(files, activity, name):
    edit, _, _ = EDITS[name]
    (initiative,) = (i for i in activity.of(jmdi.Initiative) if i.facets)
    edited = edit(initiative)
    again, _ = files.read(write(activity.with_records(edited, GUATEMALA)))
    found = next(i for i in again.of(jmdi.Initiative) if i.facets)
    fields = ("names", "description", "objectives", "audience", "status", "scope", "sectors")
    for field in (*fields, "identifiers", *["period"] * (name != "actual end")):
        assert getattr(found, field) == getattr(edited, field), field
    assert set(found.goals) == {g for g in edited.goals if g.scheme != "gcm-objective"}
    old, new = edited.facets["iati:activity"], found.facets["iati:activity"]
    for field in ("titles", "remarks", "scopes", "conditions", "attached", "documents", "updated"):
        assert getattr(old, field) == getattr(new, field), field


def test_nothing_is_changed_where_nothing_was_edited(files):
    data = files.document(files.activity(ACTIVITY))
    dataset, problems = files.read(data)
    assert "I205" in problems
    begin, end = data.index(b"<iati-activity "), data.index(b"</iati-activities>")
    contacts = data[data.index(b"<contact-info>") : data.index(b"<activity-scope")]
    assert data[begin:end].replace(contacts, b"") in write(dataset)


def test_published_activities_are_written_as_they_were(files, real, real_names):
    """Byte by byte, but for contact persons and the namespaces that the root declares."""
    for file in real_names:
        data = real(f"iati/{file}")
        try:
            root = etree.fromstring(data)
        except etree.XMLSyntaxError:
            continue
        if root.tag != "iati-activities" or root.get("version", "").startswith("1"):
            continue
        out = write(files.read(data)[0])
        was, now = (by_identifier(xml) for xml in (data, out))
        for identifier, versions in was.items():
            assert now[identifier][0] in versions, (file, identifier)
        pieces = re.findall(rb"<iati-activity(?=\s)(.*?</iati-activity>)", data, re.DOTALL)
        plain = [piece for piece in pieces if b"<contact-info" not in piece]
        if len(set(names := re.findall(rb"<iati-identifier>(.*?)</", data))) == len(names):
            assert all(piece in out for piece in plain), file


def by_identifier(xml: bytes) -> dict[str, list[object]]:
    """All versions of each activity."""
    found: dict[str, list[object]] = {}
    root = etree.fromstring(xml)
    for activity in root.iterchildren("iati-activity"):
        for contact in activity.findall("contact-info"):
            activity.remove(contact)
        for other in activity.iter(etree.Comment, etree.ProcessingInstruction):
            other.getparent().remove(other)
        name = (activity.findtext("iati-identifier") or "").strip()
        found.setdefault(name, []).append(said(activity))
    return found


def test_edits_of_published_activities(files, real, real_names):
    """Of the first activities of each file."""
    for file in real_names:
        try:
            root = etree.fromstring(real(f"iati/{file}"))
        except etree.XMLSyntaxError:
            continue
        if root.tag != "iati-activities":
            continue
        for child in root[5:]:
            root.remove(child)
        dataset, _ = files.read(etree.tostring(root))
        for name in EDITS:
            check(dataset, name)


def related(dataset):
    return [r for r in dataset.of(jmdi.Relates) if r.type is not None]


RELATIONS = {
    "no participant": lambda d: d.without(d.of(jmdi.Participates)[0].id),
    "role": lambda d: d.with_records(
        jmdi.evolve(d.of(jmdi.Participates)[0], role=jmdi.code("organisation-role", "accountable"))
    ),
    "other participant": lambda d: d.with_records(
        jmdi.evolve(d.of(jmdi.Participates)[0], source=d.of(jmdi.Participates)[1].source)
    ),
    "new participant": lambda d: d.with_records(
        jmdi.Participates(
            id="participates/new",
            source=d.of(jmdi.Participates)[0].source,
            target=d.of(jmdi.Participates)[0].target,
            role=jmdi.code("organisation-role", "extending"),
        )
    ),
    "no relation": lambda d: d.without(related(d)[0].id),
    "kind of relation": lambda d: d.with_records(
        jmdi.evolve(related(d)[0], type=jmdi.code("initiative-relation", "co_funded"))
    ),
}


@pytest.mark.parametrize("name", RELATIONS)
def test_an_edit_of_a_relation_changes_its_element_only(activity, name):
    (children,) = parts(write(activity)).values()
    (after,) = parts(write(RELATIONS[name](activity))).values()
    gone, came = Counter(children) - Counter(after), Counter(after) - Counter(children)
    tag = "related-activity" if "relation" in name else "participating-org"
    assert {element[0] for element in (*gone, *came)} == {tag}
    assert (gone.total(), came.total()) == (int("new" not in name), int("no " not in name))
    if name == "role":
        ((_, old, _, inner),), ((_, new, _, same),) = ([e[1] for e in s] for s in (gone, came))
        assert dict(new) == {**dict(old), "role": "2"}
        assert inner == same


values = st.sampled_from(sorted(EDITS))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(names=st.lists(values, min_size=2, max_size=5, unique=True))
def test_edits_add_up(activity, names):
    """Several edits change what each of them may change, and nothing else."""
    (initiative,) = (i for i in activity.of(jmdi.Initiative) if i.facets)
    allowed = set()
    for name in names:
        edit, tags, _ = EDITS[name]
        try:
            initiative = edit(initiative)
        except (ValueError, AttributeError):  # what it edits went with an edit before
            continue
        allowed |= tags
    was, now = parts(write(activity)), parts(write(activity.with_records(initiative, GUATEMALA)))
    rest = [[c for c in side[0] if c[0] not in allowed] for side in (was, now)]
    assert rest[0] == rest[1]


def damaged(activity, draw):
    """An activity of which elements went, came, moved or changed at random."""
    for _ in range(draw.randrange(8)):
        part = draw.choice(list(activity.iter(etree.Element))[1:])
        parent, do = part.getparent(), draw.randrange(7)
        if do == 0:
            parent.remove(part)
        elif do == 1:
            parent.insert(draw.randrange(len(parent) + 1), copy.deepcopy(part))
        elif do == 2 and part.attrib:
            del part.attrib[draw.choice(list(part.attrib))]
        elif do == 3 and part.attrib:
            part.set(draw.choice(list(part.attrib)), draw.choice(["", "x", "99", "2020-01-01"]))
        elif do == 4:
            part.text = draw.choice([None, "", " ", "words"])
        elif do == 5:
            part[:] = draw.sample(list(part), len(part))
        elif do == 6:
            activity.append(copy.deepcopy(part))
    return etree.tostring(activity, encoding="unicode")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9), version=st.sampled_from(["2.03", "2.01", "1.04"]))
def test_edits_of_damaged_activities(files, seed, version):
    """What is wrong in an activity stays as it is, but where its field is edited."""
    draw = random.Random(seed)
    text = damaged(etree.fromstring(files.activity(ACTIVITY)), draw)
    dataset, _ = files.read(files.document(text, version=f'"{version}"'))
    before = write(dataset)
    assert parts(write(files.read(before)[0])) == parts(before)
    edit, allowed, _ = EDITS[draw.choice(sorted(EDITS))]
    for initiative in (i for i in dataset.of(jmdi.Initiative) if i.facets):
        with contextlib.suppress(ValueError, AttributeError):  # nothing there to be edited
            after = write(dataset.with_records(edit(initiative), GUATEMALA))
            rest = [
                [c for c in side[0] if c[0] not in allowed] for side in map(parts, (before, after))
            ]
            assert rest[0] == rest[1]
