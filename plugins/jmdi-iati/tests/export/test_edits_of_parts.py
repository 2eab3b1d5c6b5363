"""Editing a record that is an element of an activity changes that element only, by lxml alone."""

from __future__ import annotations

import datetime
import io
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import jmdi
from jmdi import Budget, Indicator, Observation, Transaction
from jmdi_iati.facets import Measured
from jmdi_iati.standard.schema import faults

MONEY = """
<location ref="L1"><name><narrative>Town A</narrative></name><exactness code="1"/></location>
<location ref="L2"><location-id vocabulary="G1" code="1"/></location>
<country-budget-items vocabulary="2"><budget-item code="1.1.1" percentage="60"/><budget-item
 code="1.2.1" percentage="40"><description><narrative>Other</narrative></description></budget-item>
</country-budget-items>
<budget type="2" status="2"><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
 <value value-date="2020-01-01" currency="EUR">100</value></budget>
<planned-disbursement type="1"><period-start iso-date="2021-01-01"/><value
 value-date="2021-01-01">5</value><receiver-org ref="GB-CHC-1" type="22"><narrative>Trust
</narrative></receiver-org></planned-disbursement>
<document-link url="http://a.example/1" format="text/html"><title><narrative>Report</narrative>
 </title><category code="B01"/></document-link>
<transaction ref="T1" humanitarian="1"><transaction-type code="3"/><transaction-date
 iso-date="2020-05-01"/><value value-date="2020-05-02">250.50</value><description><narrative>First
 </narrative></description><provider-org provider-activity-id="B-1" x:y="1" xmlns:x="urn:x"
 ><narrative>Donor A</narrative></provider-org><receiver-org type="11"><narrative>Municipality A
 </narrative></receiver-org><sector vocabulary="1" code="15190"/><recipient-country code="SV"/>
 <flow-type code="10"/><aid-type code="C01"/><tied-status code="5"/></transaction>
<transaction><transaction-type code="2"/><transaction-date iso-date="2020-01-01"/><value
 value-date="2020-01-01">900</value></transaction>
<result type="1" aggregation-status="1"><title><narrative>R</narrative></title><indicator
 measure="1" ascending="1"><title><narrative>People</narrative></title><reference vocabulary="99"
 code="I"/><baseline year="2019" value="1"/><period><period-start iso-date="2020-01-01"/><period-end
 iso-date="2020-12-31"/><target value="40"/><actual value="10"><location ref="L1"/><dimension
 name="sex" value="f"/><comment><narrative>Words</narrative></comment></actual></period></indicator>
 <indicator measure="1"><title><narrative>Second</narrative></title></indicator></result>"""


def one(dataset, kind, at=0):
    return dataset.of(kind)[at]


def change(kind, at=0, **changes):
    return lambda d: d.with_records(jmdi.evolve(one(d, kind, at), **changes))


def money(amount, currency="USD"):
    return jmdi.Money(Decimal(amount), currency)


def named(name, **changes):
    """An edit of the actor of a name."""

    def edit(dataset):
        actor = next(a for a in dataset.of(jmdi.Actor) if name in a.names.values())
        return dataset.with_records(jmdi.evolve(actor, **changes))

    return edit


def location(dataset):
    return next(t for t in dataset.of(jmdi.Territory) if "Town A" in t.names.values())


EDITS = {
    # the elements that change, how many go and come, the edit
    "amount": ("transaction/value", 1, 1, change(Transaction, value=money("7"))),
    "type": (
        "transaction/transaction-type",
        1,
        1,
        change(Transaction, type=jmdi.code("transaction-type", "expenditure")),
    ),
    "date": (
        "transaction/transaction-date",
        1,
        1,
        change(Transaction, date=jmdi.Period("2020-06")),
    ),
    "description": ("transaction/description", 1, 1, change(Transaction, description={"en": "X"})),
    "flow": (
        "transaction/flow-type",
        1,
        1,
        lambda d: d.with_records(
            jmdi.evolve(
                one(d, Transaction),
                codes=(jmdi.code("iati-flow-type", "30"), *one(d, Transaction).codes[1:]),
            )
        ),
    ),
    "sector of a transaction": (
        "transaction/sector",
        0,
        1,
        change(
            Transaction,
            sectors=(jmdi.code("iati-sector", "15190"), jmdi.code("iati-sector", "15112")),
        ),
    ),
    "no transaction": ("transaction", 1, 0, lambda d: d.without(one(d, Transaction).id)),
    "new transaction": (
        "transaction",
        0,
        1,
        lambda d: d.with_records(
            jmdi.evolve(one(d, Transaction), id="transaction/new", value=money(3))
        ),
    ),
    "receiver": (
        "transaction/receiver-org",
        0,
        1,
        change(Transaction, 1, receiver="actor/new"),
    ),
    "budget": ("budget/value", 1, 1, change(Budget, 2, value=money("70.5", "EUR"))),
    "period of a budget": (
        "budget/period-end",
        1,
        1,
        change(Budget, 2, period=jmdi.Period("2020-01-01/2020-06-30")),
    ),
    "status of a budget": (
        "budget",
        1,
        1,
        change(Budget, 2, status=jmdi.code("budget-status", "indicative")),
    ),
    "share of an item": ("country-budget-items/budget-item", 1, 1, change(Budget, share="0.5")),
    "no item": ("country-budget-items/budget-item", 1, 0, lambda d: d.without(one(d, Budget).id)),
    "planned": ("planned-disbursement/value", 1, 1, change(Budget, 3, value=money(6))),
    "value": ("result/indicator/period/actual", 1, 1, change(Observation, 2, value="11")),
    "group": (
        "result/indicator/period/actual/dimension",
        1,
        1,
        change(Observation, 2, group={"und": "sex: m"}),
    ),
    "comment": (
        "result/indicator/period/actual/comment",
        1,
        1,
        change(Observation, 2, description={"en": "Other"}),
    ),
    "baseline": ("result/indicator/baseline", 1, 1, change(Observation, 0, value="2")),
    "new value": (
        "result/indicator/period/actual",
        0,
        1,
        lambda d: d.with_records(
            jmdi.evolve(one(d, Observation, 2), id="observation/new", value="3", group={}),
        ),
    ),
    "new period": (
        "result/indicator/period",
        0,
        1,
        lambda d: d.with_records(
            jmdi.evolve(one(d, Observation, 2), id="observation/n", period=jmdi.Period("2021"))
        ),
    ),
    "title of an indicator": (
        "result/indicator/title",
        1,
        1,
        change(Indicator, 1, names={"en": "New"}),
    ),
    "no indicator": ("result/indicator", 1, 0, lambda d: d.without(one(d, Indicator, 1).id)),
    "name of a provider": (
        "transaction/provider-org/narrative",
        1,
        1,
        named("Donor A", names={"en": "Donor B"}),
    ),
    "type of a receiver": (
        "transaction/receiver-org",
        1,
        1,
        named("Municipality A", type=jmdi.code("actor-type", "foundation")),
    ),
    "name of a planned receiver": (
        "planned-disbursement/receiver-org/narrative",
        1,
        1,
        named("Trust", names={"en": "Fund"}),
    ),
    "title of a publication": (
        "document-link/title/narrative",
        1,
        1,
        lambda d: d.with_records(jmdi.evolve(one(d, jmdi.KnowledgeProduct), names={"en": "New"})),
    ),
    "location": (
        "location/name",
        1,
        1,
        lambda d: d.with_records(jmdi.evolve(location(d), names={"en": "Town C"})),
    ),
}


def parts(xml):
    """Every element of the activity by path, with its attributes and own words."""
    (activity,) = etree.fromstring(xml)
    found = Counter()
    for part in activity.iter(etree.Element):
        path = [p.tag for p in part.iterancestors()][-3::-1]
        words = (part.text or "").strip()
        found["/".join([*path, part.tag]), tuple(sorted(part.attrib.items())), words] += 1
    return found


def write(dataset):
    stream = io.BytesIO()
    dataset.write(stream, format="iati:activities")
    return stream.getvalue()


@pytest.fixture(scope="module")
def activity(files):
    dataset, _ = files.read(files.document(files.activity(MONEY)))
    return dataset.with_records(jmdi.Actor(id="actor/new", names={"en": "New"}))


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_its_element_only(activity, name):
    path, going, coming, edit = EDITS[name]
    before, after = parts(write(activity)), parts(write(edit(activity)))
    gone, came = before - after, after - before
    assert gone or came
    for found, count in ((gone, going), (came, coming)):
        assert all(f"{where}/".startswith(f"{path}/") for where, _, _ in found), found
        whole = sum(n for (where, _, _), n in found.items() if where == path)
        assert whole == count or (whole == 0 and found.total() == count), found


@pytest.mark.parametrize("name", EDITS)
def test_what_was_edited_is_read_again(files, activity, name):
    _, _, _, edit = EDITS[name]
    edited = edit(activity)
    again, _ = files.read(write(edited))

    def said(dataset):
        rows = [
            (r.value, r.type, r.date, dict(r.description), r.codes, r.sectors)
            for r in dataset.of(Transaction)
        ]
        rows += [(r.value, r.type, r.period, r.status, r.share) for r in dataset.of(Budget)]
        rows += [(r.value, r.period, dict(r.group)) for r in dataset.of(Observation)]
        rows += [dict(r.names) for r in dataset.of(Indicator)]
        return Counter(map(repr, rows))

    if name not in ("no indicator", "new transaction", "date", "new period"):
        difference = (said(edited) - said(again)) + (said(again) - said(edited))
        assert not difference, difference


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(names=st.lists(st.sampled_from(sorted(EDITS)), min_size=2, max_size=6, unique=True))
def test_edits_add_up(activity, names):
    """Several edits change what each of them may change, and nothing else."""
    dataset = activity
    for name in sorted(names, key=lambda name: name.startswith(("no ", "new "))):
        dataset = EDITS[name][3](dataset)  # by their numbers, which those that go would change
    before, after = parts(write(activity)), parts(write(dataset))
    changed = (before - after) + (after - before)
    paths = tuple(f"{EDITS[name][0]}/" for name in names)
    assert all(f"{where}/".startswith(paths) for where, _, _ in changed), names


def test_what_was_left_aside_stays_in_the_activity(files, activity):
    data = files.document(files.activity(MONEY))
    whole, _ = files.read(data)
    for options in ({"money": False}, {"results": False}, {"money": False, "results": False}):
        dataset, _ = files.read(data, **options)
        assert write(dataset) == write(whole)
    (initiative,) = (i for i in whole.of(jmdi.Initiative) if i.facets)
    assert write(files.model.dataset([initiative])).count(b"<transaction>") == 1


def test_new_records_become_elements_where_the_schema_has_them(files, activity):
    (initiative,) = (i for i in activity.of(jmdi.Initiative) if i.facets)
    day = datetime.date(2021, 1, 2)
    value = jmdi.Money(Decimal("50"), "USD", date=day)
    year = jmdi.Period("2021-01-01/2021-12-31")
    measured = Measured(result={"en": "Trained"}, type=jmdi.code("iati-result-type", "1"))
    new = [
        Budget(
            id="b/1",
            initiative=initiative.id,
            type=jmdi.code("budget-type", "budget"),
            version=jmdi.code("budget-version", "original"),
            period=year,
            value=value,
        ),
        Budget(
            id="b/2",
            initiative=initiative.id,
            type=jmdi.code("budget-type", "country_budget_item"),
            share=Decimal("0.4"),
            codes=(jmdi.code("iati-budget-identifier-2", "1.1.1"),),
        ),
        Transaction(
            id="t/1",
            initiative=initiative.id,
            type=jmdi.code("transaction-type", "disbursement"),
            date=jmdi.Period("2021-05-01"),
            value=value,
            receiver="actor/new",
        ),
        Indicator(id="i/1", of=initiative.id, names={"en": "People"}, unit="unit").with_facet(
            measured
        ),
        Observation(
            id="o/1",
            indicator="i/1",
            of=initiative.id,
            role=jmdi.code("observation-role", "actual"),
            value=5,
            period=year,
        ),
    ]
    bare, _ = files.read(files.document(files.activity()))
    one_activity = next(i for i in bare.of(jmdi.Initiative) if i.facets)
    assert one_activity.id == initiative.id
    actor = jmdi.Actor(id="actor/new", names={"en": "New"})
    (made,) = etree.fromstring(write(bare.with_records(*new, actor)))
    assert [child.tag for child in made][2:] == [
        "country-budget-items",
        "budget",
        "transaction",
        "result",
    ]
    assert made.findtext("transaction/receiver-org/narrative") == "New"
    assert made.find("result/indicator/period/actual").get("value") == "5"
    missing = ("title", "description", "participating-org", "activity-status", "activity-date")
    assert sorted(faults(made)) == sorted(f"{tag} is missing" for tag in missing)
