"""Editing what an organisation file says changes that element of it only, by lxml alone."""

from __future__ import annotations

import datetime
import io
import random
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import jmdi
from jmdi import Actor, Budget, KnowledgeProduct
from jmdi_iati.facets import Document
from jmdi_iati.standard.schema import faults

FILE = b"""<iati-organisations version="2.03">
<iati-organisation default-currency="USD" xml:lang="en" last-updated-datetime="2020-01-01T00:00:00">
<organisation-identifier>XM-DAC-41114</organisation-identifier>
<name><narrative>Agency A</narrative><narrative xml:lang="fr">Agence A</narrative></name>
<reporting-org ref="XM-DAC-41114" type="40" x:a="1" xmlns:x="urn:x"><narrative>Agency A</narrative>
</reporting-org>
<total-budget status="1"><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
<value value-date="2020-01-01" currency="EUR">100</value><budget-line ref="1"><value
 value-date="2020-01-01">60</value><narrative>Staff</narrative></budget-line><budget-line ref="2">
<value value-date="2020-01-01">40</value><narrative>Other</narrative></budget-line></total-budget>
<total-budget><period-start iso-date="2021-01-01"/><period-end iso-date="2021-12-31"/>
<value value-date="2021-01-01">200</value></total-budget>
<recipient-org-budget status="2"><recipient-org ref="GB-CHC-1"><narrative>Trust</narrative>
</recipient-org><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
<value value-date="2020-01-01">10</value></recipient-org-budget>
<recipient-org-budget><recipient-org ref="GB-CHC-1"><narrative>Trust</narrative></recipient-org>
<period-start iso-date="2021-01-01"/><period-end iso-date="2021-12-31"/>
<value value-date="2021-01-01">11</value></recipient-org-budget>
<recipient-region-budget><recipient-region code="498"/><period-start iso-date="2020-01-01"/>
<period-end iso-date="2020-12-31"/><value value-date="2020-01-01">20</value>
</recipient-region-budget>
<recipient-country-budget><recipient-country code="SN"><narrative>own words</narrative>
</recipient-country><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
<value value-date="2020-01-01">30</value></recipient-country-budget>
<total-expenditure><period-start iso-date="2019-01-01"/><period-end iso-date="2019-12-31"/>
<value value-date="2019-01-01">90</value><expense-line ref="E"><value value-date="2019-01-01">90
</value><narrative>All</narrative></expense-line></total-expenditure>
<document-link url="http://a.example/1" format="text/html"><title><narrative>Report</narrative>
</title><category code="B01"/><language code="en"/><document-date iso-date="2020-02-01"/>
</document-link>
<document-link url="http://a.example/2" format="text/html"><title><narrative>Strategy</narrative>
</title><category code="B02"/><recipient-country code="SN"/></document-link>
<document-link url="http://a.example/3" format="text/html"><title><narrative>Budget</narrative>
</title><category code="B04"/></document-link>
<x:own xmlns:x="urn:x">kept</x:own></iati-organisation></iati-organisations>"""


def write(dataset) -> bytes:
    stream = io.BytesIO()
    dataset.write(stream, format="iati:organisations")
    return stream.getvalue()


def parts(xml):
    """Every element by path, with its attributes and own words."""
    found = Counter()
    for part in etree.fromstring(xml).iter(etree.Element):
        path = [p.tag for p in part.iterancestors()][-3::-1]
        words = (part.text or "").strip()
        found["/".join([*path, part.tag]), tuple(sorted(part.attrib.items())), words] += 1
    return found


def budget(dataset, kind, at=0, part=False):
    found = [
        one
        for one in dataset.of(Budget)
        if one.type.code == kind and (one.part_of is not None) == part
    ]
    return found[at]


def change(kind, at=0, part=False, **changes):
    return lambda d: d.with_records(jmdi.evolve(budget(d, kind, at, part), **changes))


def without(kind, at=0, part=False):
    return lambda d: d.without(budget(d, kind, at, part).id)


def document(at=0, **changes):
    return lambda d: d.with_records(jmdi.evolve(d.of(KnowledgeProduct)[at], **changes))


def agency(dataset):
    return next(a for a in dataset.of(Actor) if a.facets)


def trust(dataset):
    return next(a for a in dataset.of(Actor) if not a.facets)


def money(amount, currency="USD"):
    return jmdi.Money(Decimal(amount), currency, date=datetime.date(2020, 1, 1))


def new_budget(dataset):
    whole = jmdi.evolve(
        budget(dataset, "total_budget", 1),
        id="budget/new",
        period=jmdi.Period("2022-01-01/2022-12-31"),
    )
    line = jmdi.evolve(
        budget(dataset, "total_budget", 0, True),
        id="budget/line",
        part_of="budget/new",
        status=None,
    )
    return dataset.with_records(line, whole)  # the line before what it is a line of


VALUE, DAY = money(7), jmdi.Period("2020-01-01/2020-06-30")
EDITS = {
    # where elements change, how many go and how many come, the edit
    "amount": ("total-budget/value", 1, 1, change("total_budget", 1, value=VALUE)),
    "status": (
        "total-budget",
        1,
        1,
        change("total_budget", 1, status=jmdi.code("budget-status", "committed")),
    ),
    "period": ("total-budget/period-end", 1, 1, change("total_budget", 0, period=DAY)),
    "line": ("total-budget/budget-line/value", 1, 1, change("total_budget", 0, True, value=VALUE)),
    "words of a line": (
        "total-budget/budget-line/narrative",
        1,
        1,
        change("total_budget", 1, True, description={"en": "New"}),
    ),
    "no line": ("total-budget/budget-line", 1, 0, without("total_budget", 1, True)),
    "no budget": ("total-budget", 1, 0, without("total_budget", 1)),
    "for an organisation": (
        "recipient-org-budget/value",
        1,
        1,
        change("recipient_organisation_budget", value=VALUE),
    ),
    "receiver": (
        "recipient-org-budget/recipient-org",
        1,
        1,
        lambda d: change("recipient_organisation_budget", receiver=agency(d).id)(d),
    ),
    "for a region": (
        "recipient-region-budget/value",
        1,
        1,
        change("recipient_region_budget", value=VALUE),
    ),
    "for a country": (
        "recipient-country-budget/value",
        1,
        1,
        change("recipient_country_budget", value=VALUE),
    ),
    "expenditure": ("total-expenditure/value", 1, 1, change("total_expenditure", value=VALUE)),
    "expense": (
        "total-expenditure/expense-line/value",
        1,
        1,
        change("total_expenditure", 0, True, value=VALUE),
    ),
    "new budget": ("total-budget", 0, 1, new_budget),
    "name": (
        "name/narrative",
        1,
        1,
        lambda d: d.with_records(
            jmdi.evolve(agency(d), names={**agency(d).names, "fr": "Nouvelle"})
        ),
    ),
    "name of a receiver": (
        "recipient-org-budget/recipient-org/narrative",
        2,
        2,
        lambda d: d.with_records(jmdi.evolve(trust(d), names={"en": "Fund"})),
    ),
    "type": (
        "reporting-org",
        1,
        1,
        lambda d: d.with_records(
            jmdi.evolve(agency(d), type=jmdi.code("actor-type", "foundation"))
        ),
    ),
    "title of a document": ("document-link/title/narrative", 1, 1, document(names={"en": "New"})),
    "date of a document": (
        "document-link/document-date",
        1,
        1,
        document(published=jmdi.Period("2021-03-01")),
    ),
    "address of a document": ("document-link", 1, 1, document(url="http://a.example/new")),
    "languages of a document": ("document-link/language", 0, 1, document(1, languages=("fr",))),
    "category of a document": (
        "document-link/category",
        1,
        1,
        lambda d: d.with_records(
            d.of(KnowledgeProduct)[1].with_facet(
                jmdi.evolve(
                    d.of(KnowledgeProduct)[1].facet(Document),
                    categories=(jmdi.code("iati-document-category", "B03"),),
                )
            )
        ),
    ),
    "no document": ("document-link", 1, 0, lambda d: d.without(d.of(KnowledgeProduct)[1].id)),
    "updated": (
        "iati-organisation",
        1,
        1,
        lambda d: d.with_records(
            agency(d).with_facet(
                jmdi.evolve(agency(d).facets["iati:organisation"], updated="2030-01-01T00:00:00")
            )
        ),
    ),
}


@pytest.fixture(scope="module")
def organisation(files):
    dataset, _ = files.read(FILE)
    return dataset


def test_nothing_is_changed_where_nothing_was_edited(files, organisation):
    begin, end = FILE.index(b"<iati-organisation "), FILE.index(b"</iati-organisations>")
    assert FILE[begin:end] in write(organisation)
    said = b'version="2.03" generated-datetime="2020-02-02T00:00:00"'
    dated, _ = files.read(FILE.replace(b'version="2.03"', said))
    assert b'generated-datetime="2020-02-02T00:00:00"' in write(dated)
    data = io.BytesIO()
    organisation.write(data, format="jsonl")
    assert write(files.model.read(io.BytesIO(data.getvalue()), format="jsonl")) == write(
        organisation
    )


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_its_element_only(organisation, name):
    path, going, coming, edit = EDITS[name]
    before, after = parts(write(organisation)), parts(write(edit(organisation)))
    for found, count in ((before - after, going), (after - before, coming)):
        assert all(f"{where}/".startswith(f"{path}/") for where, _, _ in found), found
        assert sum(n for (where, _, _), n in found.items() if where == path) == count, found


@pytest.mark.parametrize("name", EDITS)
def test_what_was_edited_is_read_again(files, organisation, name):
    edited = EDITS[name][3](organisation)
    again, _ = files.read(write(edited))

    def said(dataset):
        rows = [
            (b.type, b.status, b.value, b.part_of is None, b.receiver, b.places)
            for b in dataset.of(Budget)
        ]
        rows += [(a.id, dict(a.names)) for a in dataset.of(Actor)]
        rows += [(p.names, p.url, p.languages, p.published) for p in dataset.of(KnowledgeProduct)]
        return Counter(map(repr, rows))

    left = [dict(b.description) for b in edited.of(Budget)]
    assert left == [dict(b.description) for b in again.of(Budget)] or name == "new budget"
    assert said(edited) == said(again)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(names=st.lists(st.sampled_from(sorted(EDITS)), min_size=2, max_size=6, unique=True))
def test_edits_add_up(organisation, names):
    """Several edits change what each may change, and the file is as valid as it was."""
    dataset = organisation
    for name in names:
        try:
            dataset = EDITS[name][3](dataset)
        except IndexError:  # what it edits went with an edit before
            continue
    before, after = write(organisation), write(dataset)
    paths = tuple(f"{EDITS[name][0]}/" for name in names)
    changed = (parts(before) - parts(after)) + (parts(after) - parts(before))
    assert all(f"{where}/".startswith(paths) for where, _, _ in changed)
    (element,) = etree.fromstring(after)
    assert sorted(faults(element)) == sorted(faults(etree.fromstring(before)[0]))


def test_what_is_published_stays_and_edits_change_their_elements_only(files, real):
    draw = random.Random(0)
    for file in ("iaf-org.xml", "millenniumchallenge-org.xml"):
        data = real(f"iati/{file}")
        dataset, _ = files.read(data)
        before = write(dataset)
        begin, end = data.index(b"<iati-organisation "), data.rindex(b"</iati-organisation>")
        assert data[begin:end].strip() in before
        for one in draw.sample(dataset.of(Budget), 10):
            after = write(dataset.with_records(jmdi.evolve(one, value=money("123456789.5"))))
            gone, came = parts(before) - parts(after), parts(after) - parts(before)
            assert (gone.total(), came.total()) == (1, 1), (file, gone, came)
            ((path, _, words),) = came
            assert (path.rpartition("/")[2], words) == ("value", "123456789.5")
        for one in draw.sample(dataset.of(Budget), 5):
            lines = [line.id for line in dataset.of(Budget) if line.part_of == one.id]
            after = write(dataset.without(one.id, *lines))
            assert not parts(after) - parts(before)


def test_a_file_of_1_x_is_edited_in_the_shape_of_2_03(files):
    old = FILE.replace(b'version="2.03"', b'version="1.05"').replace(
        b"<organisation-identifier>XM-DAC-41114</organisation-identifier>",
        b"<iati-identifier>XM-DAC-41114</iati-identifier>",
    )
    dataset, _ = files.read(old)
    edited = dataset.with_records(jmdi.evolve(budget(dataset, "total_budget", 1), value=VALUE))
    (element,) = etree.fromstring(write(edited))
    assert element[0].tag == "organisation-identifier"
    assert [v.text for v in element.iterfind("total-budget/value")] == ["100", "7"]


def test_losses_say_what_an_organisation_file_has_no_place_for(organisation):
    edited = organisation.with_records(
        jmdi.evolve(budget(organisation, "total_budget", 1), codes=(jmdi.code("a", "b"),)),
        jmdi.evolve(agency(organisation), country="SN"),
    )
    said = {(p.where.kind, p.where.member) for p in edited.losses("iati:organisations")}
    assert {("actor", "/country"), ("budget", "/codes")} <= said


def test_a_budget_of_another_type_becomes_another_element(organisation):
    one = budget(organisation, "total_budget", 1)
    kind = jmdi.code("budget-type", "total_expenditure")
    edited = organisation.with_records(jmdi.evolve(one, type=kind))
    found = etree.fromstring(write(edited))[0]
    assert [v.text for v in found.iterfind("total-budget/value")] == ["100"]
    assert [v.text for v in found.iterfind("total-expenditure/value")] == ["90", "200"]


def test_a_new_budget_has_its_day(organisation):
    new = Budget(
        id="budget/of-2023",
        owner=agency(organisation).id,
        type=jmdi.code("budget-type", "total_budget"),
        period=jmdi.Period("2023-01-01/2023-12-31"),
        value=jmdi.Money(Decimal(5), "EUR", date=datetime.date(2023, 1, 1)),
    )
    found = etree.fromstring(write(organisation.with_records(new)))[0].findall("total-budget")
    assert etree.tostring(found[-1], with_tail=False) == (
        b'<total-budget><period-start iso-date="2023-01-01"/><period-end iso-date="2023-12-31"/>'
        b'<value currency="EUR" value-date="2023-01-01">5</value></total-budget>'
    )
