"""What a report shows of work plans, by hand on a small plan."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import jmdi
from jmdi import Money, Period
from jmdi.panels import Link, Unknown, in_language
from jmdi_workplan.panels.audience import audience
from jmdi_workplan.panels.figures import figures
from jmdi_workplan.panels.money import money
from jmdi_workplan.panels.timeline import timeline

LOCAL, NATIONAL = (jmdi.code("governance-level", level) for level in ("local", "national"))
TOWN, COOPERATIVE = (jmdi.code("actor-type", kind) for kind in ("local_authority", "cooperative"))


def action(name, **more):
    return jmdi.Action(id=name, names={"en": name}, **more)


def plan(*actions, others=()):
    return jmdi.dataset([*actions, *others])


def euros(amount, **more):
    return Money(amount=Decimal(amount), currency="EUR", **more)


def day(month, number=1):
    return datetime.date(2016, month, number)


def test_rows_go_by_level_and_date_and_unknown_dates_are_last():
    ds = plan(
        action("late", level=LOCAL, timeline=Period(edtf="2016-03")),
        action("never said", level=LOCAL),
        action("early", level=LOCAL, timeline=Period(edtf="2016-02-03")),
        action("no level"),
        action("wide", level=NATIONAL, timeline=Period(edtf="2016-09?")),
    )
    rows = timeline(ds).rows
    assert [row.id for row in rows] == ["wide", "early", "late", "never said", "no level"]
    assert [[span.sure for span in row.spans] for row in rows] == [
        ["uncertain"],
        ["single"],
        ["fixed"],
        [],
        [],
    ]
    assert rows[2].spans[0].end == day(3, 31)
    assert isinstance(rows[3].dates, Unknown) and isinstance(rows[3].money, Unknown)
    assert in_language(rows[4].group, "en") == "Level not stated"


def test_a_date_that_may_be_another_is_not_sure_and_each_of_several_is_shown():
    ds = plan(
        action("a", timeline=Period(edtf="[2016-01-05,2016-02-05]")),
        action("b", timeline=Period(edtf="{2016-01-05,2016-02-05}")),
        action("c", timeline=Period(edtf="2016-01/..")),
        action("d", timeline=Period(words="to be agreed", reason="to_be_determined")),
    )
    rows = {row.id: row for row in timeline(ds).rows}
    assert [s.sure for s in rows["a"].spans] == ["uncertain"]
    assert [s.start for s in rows["b"].spans] == [day(1, 5), day(2, 5)]
    assert (rows["c"].spans[0].end, rows["c"].spans[0].sure) == (day(2, 5), "uncertain")
    assert rows["d"].spans == () and rows["d"].dates.words == "to be agreed"


def test_money_stands_as_it_was_typed():
    typed = (euros(500, words="EUR 500"), Money(words="a room", reason="in_kind"))
    assert timeline(plan(action("a", finance=typed))).rows[0].money == typed


def test_amounts_of_one_currency_payer_and_year_are_added_and_others_are_not():
    when = Period(edtf="2016-03")
    ds = plan(
        action("a", timeline=when, finance=(euros(500),)),
        action("b", timeline=when, finance=(euros(100, upper=Decimal(150)),)),
        action("c", timeline=when, finance=(Money(amount=Decimal(7), currency="USD"),)),
        action("d", timeline=when, finance=(Money(reason="in_kind"),)),
        action("e", timeline=when, finance=(euros(9, per="region"),)),
        action("f", finance=(euros(1),)),
        action("g", timeline=Period(edtf="2016/2017")),
    )
    rows = [(row[1], row[2], row[3]) for row in money(ds).rows]
    assert rows[0] == (
        Period(edtf="2016"),
        Money(amount=Decimal(600), currency="EUR", upper=Decimal(650)),
        2,
    )
    assert rows[1][1].per == "region" and rows[2][1].currency == "USD"
    assert rows[3][1].reason["en"] == "In kind" and rows[3][2] == 1
    assert rows[4][0] == Period(edtf="2016/2017") and rows[4][1].reason["en"] == "Not stated"
    assert isinstance(rows[5][0], Unknown) and len(rows) == 6


def test_who_pays_is_named_where_it_is_recorded():
    fund, town = (jmdi.Actor(id=name, names={"en": name}) for name in ("Fund", "Town"))
    role = jmdi.code("organisation-role", "funding")
    ds = plan(
        action("a", finance=(euros(500),)),
        action("b", finance=(euros(100),)),
        others=[
            fund,
            town,
            jmdi.Participates(id="p", source="Town", target="a", role=role),
            jmdi.Contributes(id="c", source="Fund", target="b", amount=euros(60)),
        ],
    )
    rows = money(ds).rows
    assert [row[0] for row in rows] == [
        (Link("Fund", {"en": "Fund"}),),
        (Link("Town", {"en": "Town"}),),
    ]
    assert [row[2].amount for row in rows] == [60, 500]


def test_an_action_counts_once_for_each_kind_that_it_addresses():
    ds = plan(
        action("a", level=LOCAL, audience=(jmdi.Audience(type=TOWN), jmdi.Audience(type=TOWN))),
        action("b", level=LOCAL, audience=(jmdi.Audience(type=COOPERATIVE), jmdi.Audience())),
        action("c", level=NATIONAL),
    )
    found = audience(ds)
    names = [in_language(text, "en") for text in found.columns]
    assert names == ["Local authority", "Cooperative", "Type not stated", "Nobody is named"]
    assert found.values == ((0, 0, 0, 1), (1, 1, 1, 0))


def test_a_long_plan_is_cut_and_says_so():
    ds = plan(*(action(f"a{n}", finance=(euros(n),)) for n in range(70)))
    assert (len(timeline(ds).rows), timeline(ds).left_out) == (50, 20)
    assert figures(ds).cards[0].value == 70


def test_without_a_plan_there_is_nothing():
    for make in (timeline, money, audience, figures):
        assert make(jmdi.dataset([jmdi.Actor(id="a")])) is None


def test_the_example_plan_is_shown_as_it_was_typed():
    ds = jmdi.read(Path(__file__).parents[4] / "examples" / "workplan" / "workplan.docx")
    rows = {in_language(row.label, "en"): row for row in timeline(ds).rows}
    assert len(rows) == figures(ds).cards[0].value == 7
    education = rows["Financial education for families of overseas workers"]
    assert education.money.reason == "embedded" and education.spans[0].sure == "uncertain"
    assert rows["Exchange with host municipalities abroad"].spans == ()
    sums = [row[2] for row in money(ds).rows if isinstance(row[2], Money)]
    assert [f"{one.amount} {one.currency}" for one in sums] == [
        "1500 USD",
        "350000 PHP",
        "12000 USD",
        "18000.00 EUR",
    ]
    assert audience(ds).values[0][0] == 2
