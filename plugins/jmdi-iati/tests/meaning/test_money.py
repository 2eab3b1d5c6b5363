"""The rules for money: every transaction and budget is a record, whatever it leaves out."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from iati_helpers import only, transaction

import jmdi


@pytest.mark.parametrize(
    ("text", "currency", "amount", "code"),
    [
        ("8,702", "", Decimal(8702), "I306"),
        ("-5.50", "", Decimal("-5.50"), None),
        ("0", "", Decimal(0), None),
        ("about 5", "", None, "I305"),
        ("", "", None, "I305"),
        ("5", "Eur ", Decimal(5), None),
        ("5", "17934", Decimal(5), "I307"),
        ("1e999999999", "", None, "I305"),
        ("NaN", "", None, "I305"),
    ],
)
def test_amounts(files, text, currency, amount, code):
    said = f'currency="{currency}"' if currency else ""
    dataset, codes = files.of(
        '<budget><period-start iso-date="2015-01-01"/><period-end iso-date="2015-12-31"/>'
        f"<value {said}>{text}</value></budget>"
    )
    money = only(dataset, jmdi.Budget).value
    assert money.amount == amount
    assert (money.reason is None) == (amount is not None and currency != "17934")
    assert code is None or code in codes


@pytest.mark.parametrize(
    ("currency", "reason"), [("$", "unreadable"), ("", "not_stated"), (" ", "not_stated")]
)
def test_an_amount_without_a_currency_says_so(files, currency, reason):
    activity = files.activity(transaction("3", currency=currency)).replace(
        'default-currency="USD"', ""
    )
    dataset, codes = files.read(files.document(activity))
    value = only(dataset, jmdi.Transaction).value
    assert (value.amount, value.currency, value.reason) == (Decimal(100), None, reason)
    assert "I307" in codes


# transactions


def test_what_a_transaction_or_budget_says_twice_is_reported(files):
    said = transaction("3", value="5").replace("</value>", "</value><value>7</value>")
    dataset, _ = files.of(said)
    assert only(dataset, jmdi.Transaction).value.amount == 5
    (problem,) = (p for p in dataset.problems if p.code == "iati:I507")
    assert "another value of a transaction" in problem.message
    dataset, _ = files.of("<budget><value>5</value><value>7</value></budget>")
    assert only(dataset, jmdi.Budget).value.amount == 5
    (problem,) = (p for p in dataset.problems if p.code == "iati:I507")
    assert "another value of budget" in problem.message


def test_a_transaction_without_a_type_is_reported(files):
    dataset, codes = files.of("<transaction><value>3</value></transaction>")
    assert only(dataset, jmdi.Transaction).type is None
    assert "I309" in codes


def test_a_transaction_says_all_that_the_element_does(files):
    dataset, _ = files.of(
        """<transaction ref="T-1" humanitarian="1"><transaction-type code="3"/>
        <transaction-date iso-date="2019-11-30"/>
        <value currency="EUR" value-date="2020-01-02">100.10</value>
        <description><narrative>First share</narrative></description>
        <provider-org ref="GB-GOV-1" provider-activity-id=" GB-GOV-1-UP "/>
        <receiver-org ref="GB-CHC-2" receiver-activity-id="GB-CHC-2-DOWN"/>
        <disbursement-channel code="1"/><sector code="15190" vocabulary="1"/>
        <sector code="M1" vocabulary="99"/><recipient-country code="SN"/>
        <flow-type code="10"/><finance-type code="110"/><aid-type code="C01"/>
        <aid-type code="2" vocabulary="2"/><tied-status code="5"/></transaction>"""
    )
    found = only(dataset, jmdi.Transaction)
    assert found.type == jmdi.code("transaction-type", "disbursement")
    assert found.date == jmdi.Period("2019-11-30")
    assert found.value == jmdi.Money("100.10", "EUR", date=datetime.date(2020, 1, 2))
    assert found.identifiers[0].value == "T-1"
    assert found.description == {"en": "First share"}
    assert dataset.get(found.provider).identifiers[0].value == "1"
    assert dataset.get(found.receiver).identifiers[0].value == "2"
    assert dataset.get(found.reported_by).label() == "Agency A"
    assert [(s.code.code, s.share) for s in found.sector_shares] == [("15190", 1), ("M1", 1)]
    assert [(dataset.get(p.territory).country, p.share) for p in found.places] == [("SN", 1)]
    assert found.humanitarian is True
    assert [str(code) for code in found.codes] == [
        "iati-disbursement-channel:1",
        "iati-flow-type:10",
        "iati-finance-type:110",
        "iati-tied-status:5",
        "iati-aid-type:C01",
        "iati-earmarking-category:2",
    ]
    streams = [dataset.get(found.provider_activity), dataset.get(found.receiver_activity)]
    assert [one.identifiers[0].value for one in streams] == ["GB-GOV-1-UP", "GB-CHC-2-DOWN"]


def test_what_a_transaction_leaves_out_is_unknown_with_the_reason(files):
    dataset, codes = files.of("<transaction/>")
    found = only(dataset, jmdi.Transaction)
    assert found.type is None
    assert (found.date.edtf, found.date.reason) == (None, "not_stated")
    assert (found.value.amount, found.value.reason) == (None, "not_stated")
    assert (found.provider, found.provider_reason) == (None, "not_stated")
    assert (found.receiver, found.receiver_reason) == (None, "not_stated")
    assert "I305" in codes


def test_equal_transactions_are_two_records_with_ids_that_their_order_does_not_change(files):
    one, other = transaction("3", value="5"), transaction("4", value="7")
    ids = []
    for children in ((one, one, other), (other, one, one)):
        dataset, _ = files.of(*children)
        ids.append({t.id for t in dataset.of(jmdi.Transaction)})
    assert ids[0] == ids[1]
    assert len(ids[0]) == 3


def test_a_type_of_1x_is_read_and_a_strange_one_kept(files):
    dataset, codes = files.of(transaction("D"), transaction("Z"), version='"1.05"')
    types = [t.type for t in dataset.of(jmdi.Transaction)]
    assert types == [
        jmdi.code("transaction-type", "disbursement"),
        jmdi.code("transaction-type", "Z", "Z"),
    ]
    assert "I309" in codes


def test_both_ends_of_a_stream_name_one_relation(files):
    def move(side, id):
        return transaction("1" if side == "provider" else "3").replace(
            "</transaction>",
            f'<{side}-org ref="GB-CHC-1" {side}-activity-id="{id}"/></transaction>',
        )

    data = files.document(
        files.activity(move("receiver", "B"), id="A"), files.activity(move("provider", "A"), id="B")
    )
    dataset, _ = files.read(data)
    relation = only(dataset, jmdi.Relates)
    assert relation.type.code == "upstream"
    ends = [dataset.get(end).identifiers[0].value for end in (relation.source, relation.target)]
    assert ends == ["B", "A"]


# what an activity takes from its transactions


def split(value, *, country="", sector="", kind="3", currency="", more=""):
    parts = f'<recipient-country code="{country}"/>' if country else ""
    parts += f'<sector vocabulary="1" code="{sector}"/>' if sector else ""
    return transaction(kind, value=value, currency=currency).replace(
        "</transaction>", f"{parts}{more}</transaction>"
    )


SN90, PH10 = (
    split("90", country="SN", sector="15190"),
    split("10", country="PH", sector="24050"),
)


@pytest.mark.parametrize(
    ("transactions", "shares"),
    [
        ([SN90, PH10], {"SN": Decimal("0.9"), "PH": Decimal("0.1")}),
        # commitments do not count where something was spent
        ([SN90, PH10, split("900", country="PH", kind="2")], {"SN": Decimal("0.9")}),
        # a correction is taken off
        ([SN90, PH10, split("-80", country="SN")], {"SN": Decimal("0.5")}),
        # one transaction does not say where: no share is known
        ([SN90, PH10, split("1")], {"SN": None, "PH": None}),
        # two currencies cannot be added
        ([SN90, split("10", country="PH", currency="EUR")], {"SN": None}),
        # below zero there is no share
        ([split("-90", country="SN"), PH10], {"SN": None}),
        # there is only one
        ([split("0", country="SN"), split("5", country="SN", currency="EUR")], {"SN": 1}),
    ],
)
def test_shares_by_amount(files, transactions, shares):
    dataset, codes = files.of(*transactions)
    places = only(dataset, jmdi.Initiative).places
    found = {dataset.get(place.territory).country: place.share for place in places}
    assert {country: found[country] for country in shares} == shares
    assert "I311" in codes


def test_sectors_by_amount(files):
    dataset, _ = files.of(SN90, PH10)
    initiative = only(dataset, jmdi.Initiative)
    assert [code.code for code in initiative.sectors] == ["15190", "24050"]
    shares = [(one.code.code, one.share) for one in initiative.sector_shares]
    assert shares == [("15190", Decimal("0.9")), ("24050", Decimal("0.1"))]


@pytest.mark.parametrize(
    ("sectors", "shares", "told"),
    [
        (
            (("15190", "1", "83.7"), ("24050", "1", "16.3"), ("M1", "99", "100")),
            ["0.837", "0.163", "1"],
            False,
        ),
        ((("15190", "1", ""), ("M1", "99", "60"), ("M2", "99", "40")), ["1", "0.6", "0.4"], False),
        ((("15190", "1", "60"), ("24050", "1", "")), [], True),
        ((("15190", "1", ""), ("24050", "1", "")), [], False),
        ((("15190", "1", "120"), ("24050", "1", "-20")), [], True),
    ],
)
def test_shares_of_sectors_add_up_in_their_vocabulary(files, sectors, shares, told):
    dataset, codes = files.of(
        *(f'<sector code="{c}" vocabulary="{v}" percentage="{p}"/>' for c, v, p in sectors)
    )
    initiative = only(dataset, jmdi.Initiative)
    assert [one.share for one in initiative.sector_shares] == [Decimal(s) for s in shares]
    assert ("I310" in codes) == told


@pytest.mark.parametrize(
    ("whole", "part", "known"),
    [("", "1", True), ("", "0", None), ("0", "1", False), ("1", "0", True), ("", "", None)],
)
def test_humanitarian_in_part(files, whole, part, known):
    move = transaction("3").replace("<transaction>", f'<transaction humanitarian="{part}">')
    said = f'humanitarian="{whole}"' if whole else ""
    dataset, _ = files.read(files.document(files.activity(move, attributes=said)))
    facet = only(dataset, jmdi.Initiative).facets["iati:activity"]
    assert facet.humanitarian is known


# budgets


def test_a_budget_has_period_version_and_status_as_data(files):
    dataset, _ = files.of(
        '<budget type="2" status="2"><period-start iso-date="2020-01-01"/>'
        '<period-end iso-date="2020-12-31"/><value value-date="2020-06-01">130</value></budget>'
    )
    found = only(dataset, jmdi.Budget)
    said = [found.type.code, found.version.code, found.status.code, found.period.edtf]
    assert said == ["budget", "revised", "committed", "2020-01-01/2020-12-31"]
    assert found.value == jmdi.Money(130, "USD", date=datetime.date(2020, 6, 1))
    assert dataset.get(found.initiative).label() == dataset.get(found.initiative).id


def test_a_planned_disbursement_has_two_sides(files):
    dataset, _ = files.of(
        '<planned-disbursement type="1"><period-start iso-date="2020-01-01"/><value>5</value>'
        '<receiver-org receiver-activity-id="X"><narrative>Municipality A</narrative>'
        "</receiver-org></planned-disbursement>"
    )
    found = only(dataset, jmdi.Budget)
    assert (found.type.code, found.period.edtf) == ("planned_disbursement", "2020-01-01/")
    assert (found.provider, found.provider_reason) == (None, "not_stated")
    assert dataset.get(found.receiver).label() == "Municipality A"
    assert dataset.get(found.receiver_activity).identifiers[0].value == "X"


def test_items_of_a_countrys_own_budget_are_shares(files):
    dataset, _ = files.of(
        '<country-budget-items vocabulary="1"><budget-item code="1.1.1" percentage="40.5">'
        "<description><narrative>Executive</narrative></description></budget-item>"
        '<budget-item code="2.1.1"/></country-budget-items>'
    )
    one, other = dataset.of(jmdi.Budget)
    assert (one.share, one.value, one.description) == (Decimal("0.405"), None, {"en": "Executive"})
    assert one.codes == (jmdi.code("iati-budget-identifier-1", "1.1.1"),)
    assert (other.share, other.type.code) == (None, "country_budget_item")


def test_organisation_file(files):
    data = b"""<iati-organisations version="2.03"><iati-organisation default-currency="EUR">
        <organisation-identifier>GB-CHC-1</organisation-identifier>
        <name><narrative xml:lang="en">Trust</narrative></name>
        <total-budget status="2"><period-start iso-date="2015-01-01"/>
        <period-end iso-date="2015-12-31"/><value value-date="2015-01-01">100</value>
        <budget-line ref="L1"><value value-date="2015-01-01">60</value>
        <narrative>Grants</narrative></budget-line></total-budget>
        <recipient-org-budget><recipient-org ref="NP-SWC-2"><narrative>Group</narrative>
        </recipient-org><value value-date="2015-01-01">50</value></recipient-org-budget>
        <recipient-region-budget><recipient-region code="298" vocabulary="1"/><value>7</value>
        </recipient-region-budget>
        <recipient-country-budget><recipient-country code="NP"/><value>31</value>
        </recipient-country-budget>
        <total-expenditure><value>90</value><expense-line><value>80</value></expense-line>
        </total-expenditure>
        <document-link url="http://example.org/r.pdf"><category code="B01"/></document-link>
        </iati-organisation></iati-organisations>"""
    dataset, _ = files.read(data)
    budgets = dataset.of(jmdi.Budget)
    assert {dataset.get(b.owner).label() for b in budgets} == {"Trust"}
    assert [(b.type.code, b.value.amount, b.part_of is not None) for b in budgets] == [
        ("total_budget", 100, False),
        ("total_budget", 60, True),
        ("recipient_organisation_budget", 50, False),
        ("recipient_region_budget", 7, False),
        ("recipient_country_budget", 31, False),
        ("total_expenditure", 90, False),
        ("total_expenditure", 80, True),
    ]
    whole, line, to_group, _, to_country, *_ = budgets
    assert (line.part_of, line.description, line.period) == (
        whole.id,
        {"und": "Grants"},
        whole.period,
    )
    assert whole.status.code == "committed"
    assert dataset.get(to_group.receiver).label() == "Group"
    assert dataset.get(to_country.places[0].territory).country == "NP"
    assert len(dataset.of(jmdi.KnowledgeProduct)) == 1


def test_money_can_be_left_out(files):
    dataset, _ = files.of(transaction("3"), "<budget><value>5</value></budget>", money=False)
    assert not dataset.of(jmdi.Transaction)
    assert not dataset.of(jmdi.Budget)


# ties of funding, derived


def test_ties_add_up_by_type_currency_and_day(files):
    one = transaction("3", receiver="Municipality A", value="0.10")
    other = transaction("3", receiver="Municipality A", value="5", currency="EUR")
    promised = transaction("2", receiver="Municipality A", value="100")
    dataset, _ = files.of(one, one, one, other, promised)
    tie = only(dataset, jmdi.Tie)
    assert tie.type.code == "funding"
    assert dataset.get(tie.target).label() == "Municipality A"
    assert [(m.note, m.amount, m.currency) for m in tie.amounts] == [
        ("disbursement", Decimal("0.30"), "USD"),
        ("disbursement", Decimal(5), "EUR"),
        ("outgoing commitment", Decimal(100), "USD"),
    ]
    assert tie.sources[0].certainty.code == "derived"


def test_ties_are_dated_by_the_day_of_the_transaction(files):
    paid = transaction("3", receiver="Municipality A").replace(
        'value-date="2015-01-01"', 'value-date="2016-01-01"'
    )
    dataset, _ = files.of(paid)
    (money,) = only(dataset, jmdi.Tie).amounts
    assert money.date == datetime.date(2015, 1, 1)


def test_money_to_oneself_is_a_transaction_and_no_tie(files):
    dataset, codes = files.of(
        transaction("3", provider="Agency A", ref="XM-DAC-41114", receiver="Agency A")
    )
    assert not dataset.of(jmdi.Tie)
    assert len(dataset.of(jmdi.Transaction)) == 1
    assert "I501" in codes


def test_second_party_is_not_invented(files):
    dataset, codes = files.of(transaction("3"))
    assert not dataset.of(jmdi.Tie)
    assert "I502" in codes


@pytest.mark.parametrize(
    "org", ["<provider-org/>", '<provider-org ref=" "><narrative/></provider-org>']
)
def test_an_element_that_names_nobody_is_no_actor(files, org):
    move = transaction("3").replace("</transaction>", f"{org}</transaction>")
    dataset, _ = files.of(move)
    found = only(dataset, jmdi.Transaction)
    assert (found.provider, found.provider_reason) == (None, "not_stated")
    assert [actor.label() for actor in dataset.of(jmdi.Actor)] == ["Agency A"]


@pytest.mark.parametrize(
    ("recipients", "shares"),
    [
        # each is sole in its vocabulary
        (("region 298 1 ", "region X 99 "), [1, 1]),
        (("country SN  60", "country ML  40", "region X 99 "), [Decimal("0.6"), Decimal("0.4"), 1]),
        # which part of the whole each is nobody says
        (("country SN  ", "region 298 1 "), [None, None]),
        (("country SN  ", "country ML  "), [None, None]),
        (("region 298 1 ", "region 289 1 "), [None, None]),
    ],
)
def test_a_recipient_is_sole_in_its_vocabulary(files, recipients, shares):
    said = [one.split(" ") for one in recipients]
    dataset, _ = files.of(
        *(
            f'<recipient-{tag} code="{code}" vocabulary="{vocabulary}" percentage="{share}"/>'
            for tag, code, vocabulary, share in said
        )
    )
    assert [place.share for place in only(dataset, jmdi.Initiative).places] == shares
