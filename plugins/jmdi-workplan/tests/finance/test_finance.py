"""Money as people type it: what is read, what is refused, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from jmdi.model.values import Money
from jmdi_workplan.finance import Unit, read_finance, unit_of
from jmdi_workplan.finance.currencies import Sign, minor_unit, read_sign, tenders
from jmdi_workplan.words.pieces import MAX_LENGTH

Covers = Callable[[str, tuple[Money, ...]], None]

# text, country, "amount upper currency per qualifier"
ONE_AMOUNT = [
    ("PHP 1.5 M", None, "1500000 - PHP - -"),
    ("€ 2 K", None, "2000 - EUR - -"),
    ("150 M FCFA", "SN", "150000000 - XOF - -"),
    ("1,2 MDH", "MA", "1200000 - MAD - -"),
    ("250 KDhs", "MA", "250000 - MAD - -"),
    ("25 000 D", "TN", "25000 - TND - -"),
    ("N250,000.00", "NG", "250000 - NGN - -"),
    ("Tsh 2,500,000", None, "2500000 - TZS - -"),
    ("250 mil escudos", "CV", "250000 - CVE - -"),
    ("250.000,00 Mts", "MZ", "250000 - MZN - -"),
    ("LE 25,000", "EG", "25000 - EGP - -"),
    ("250 ألف جنيه", "EG", "250000 - EGP - -"),
    ("25000 د.أ", None, "25000 - JOD - -"),
    ("25 مليون ليرة", "LB", "25000000 - LBP - -"),
    ("USD 1,500", None, "1500 - USD - -"),
    ("US$ 1,500.00", None, "1500 - USD - -"),
    ("US$1500", "PH", "1500 - USD - -"),
    ("1,500 US dollars", None, "1500 - USD - -"),
    ("USD 1,500 per region", "PH", "1500 - USD region -"),
    ("Venue: USD 1,500 per selected region", None, "1500 - USD region -"),
    ("Per region: USD 1,500", None, "1500 - USD region -"),
    ("USD 1,000–2,000", None, "1000 2000 USD - -"),
    ("USD 1,000 - USD 2,000", None, "1000 2000 USD - -"),
    ("between 1,000 and 2,000 USD per event", None, "1000 2000 USD event -"),
    ("up to USD 5,000", None, "5000 - USD - at_most"),
    ("maximum of EUR 300 per person", None, "300 - EUR person at_most"),
    ("USD 300 max.", None, "300 - USD - at_most"),
    ("at least PHP 20,000", None, "20000 - PHP - at_least"),
    ("approx. USD 2,500", None, "2500 - USD - approximate"),
    ("~ USD 2,500", None, "2500 - USD - approximate"),
    ("An estimated total of USD 12,000", None, "12000 - USD total approximate"),
    ("USD 2.5 million", None, "2500000 - USD - -"),
    ("USD 1-2 million", None, "1000000 2000000 USD - -"),
    ("USD 500,000 to 1 million", None, "500000 1000000 USD - -"),
    ("$1.2M USD", None, "1200000 - USD - -"),
    ("USD 1.5m", None, "1500000 - USD - -"),
    ("UGX 4.5bn", None, "4500000000 - UGX - -"),
    ("EUR 50k", None, "50000 - EUR - -"),
    ("Total: USD 12,000", None, "12000 - USD total -"),
    ("USD 12,000 in total", None, "12000 - USD total -"),
    ("USD 40/participant", None, "40 - USD participant -"),
    ("USD 50 per participant per day", None, "50 - USD participant_per_day -"),
    ("Php 3,000 each", None, "3000 - PHP each -"),
    ("₱20,000.00 monthly", None, "20000 - PHP month -"),
    ("PhP 20,000 per LGU", None, "20000 - PHP lgu -"),
    ("P20,000", "PH", "20000 - PHP - -"),
    ("PHP 500 x 40 pax", None, "500 - PHP participant -"),
    ("40 pax @ PHP 500", None, "500 - PHP participant -"),
    ("3 x USD 500 = USD 1,500", None, "1500 - USD total -"),
    ("NPR 3 lakh", None, "300000 - NPR - -"),
    ("NRs. 12,34,567", None, "1234567 - NPR - -"),
    ("Rs. 1.5 crore", "IN", "15000000 - INR - -"),
    ("Rs 5,00,000/-", "NP", "500000 - NPR - -"),
    ("1 500,000 DT", None, "1500 - TND - -"),
    ("TND 12.500,000", None, "12500 - TND - -"),
    ("2 500 DT par mois", "TN", "2500 - TND month -"),
    ("1 500 dinars", "TN", "1500 - TND - -"),
    ("15 000 Dh", "MA", "15000 - MAD - -"),
    ("15.000 DH par commune", "MA", "15000 - MAD municipality -"),
    ("MAD 15 000", None, "15000 - MAD - -"),
    ("٢٠٠٠ MAD", None, "2000 - MAD - -"),
    ("5 000 000 FCFA", "SN", "5000000 - XOF - -"),
    ("5 000 000 F CFA", "CM", "5000000 - XAF - -"),
    ("5 millions de FCFA", "SN", "5000000 - XOF - -"),
    ("2,5 milliards de francs CFA", "SN", "2500000000 - XOF - -"),
    ("500 mille FCFA", "SN", "500000 - XOF - -"),
    ("50.000 F", "SN", "50000 - XOF - -"),
    ("environ 1 500 €", None, "1500 - EUR - approximate"),
    ("jusqu’à 10 000 euros par projet", None, "10000 - EUR project at_most"),
    ("1,2 M€", None, "1200000 - EUR - -"),
    ("12 k€", None, "12000 - EUR - -"),
    ("de 1 000 à 2 000 € par atelier", None, "1000 2000 EUR workshop -"),
    ("1 500,50 €", None, "1500.50 - EUR - -"),
    ("€ 1.500,-", None, "1500 - EUR - -"),
    ("CHF 1’500", None, "1500 - CHF - -"),
    ("3 000 $US par session", None, "3000 - USD session -"),
    ("Q500 por municipio", "GT", "500 - GTQ municipality -"),
    ("RD$ 15,000", None, "15000 - DOP - -"),
    ("₡ 150.000,00", "CR", "150000 - CRC - -"),
    ("C$ 500", "NI", "500 - NIO - -"),
    ("L. 2,000", "HN", "2000 - HNL - -"),
    ("S/. 300", "PE", "300 - PEN - -"),
    ("Bs. 700", "BO", "700 - BOB - -"),
    ("$1,500", "SV", "1500 - USD - -"),
    ("$ 20.000", "EC", "20000 - USD - -"),
    ("$25,000", "MX", "25000 - MXN - -"),
    ("20 mil dólares", "EC", "20000 - USD - -"),
    ("2 millones de pesos", "CO", "2000000 - COP - -"),
    ("5 mil millones de pesos", "CO", "5000000000 - COP - -"),
    ("aproximadamente USD 3.000 por taller", None, "3000 - USD workshop approximate"),
    ("Hasta 5.000 USD por territorio", None, "5000 - USD territory at_most"),
    ("entre 1.000 y 2.000 euros al año", None, "1000 2000 EUR year -"),
    ("JPY 150,000", None, "150000 - JPY - -"),
    ("USD 0", None, "0 - USD - -"),
    ("USD 0.500", None, "0.500 - USD - -"),
    ("-500 USD", None, "-500 - USD - -"),
    ("USD (1,500)", None, "-1500 - USD - -"),
    ("Refund −$500 USD", None, "-500 - USD - -"),
    ("USD 1,500*", None, "1500 - USD - -"),
    ("10% of USD 5,000", None, "5000 - USD - -"),
    ("Region 3 USD 500", None, "500 - USD - -"),
    ("40 participants, USD 500", None, "500 - USD - -"),
    ("2 days: USD 500", None, "500 - USD - -"),
    ("12/10/2015 USD 500", None, "500 - USD - -"),
    ("2000 USD 40 participants", None, "2000 - USD - -"),
    ("ＵＳＤ １,５００", None, "1500 - USD - -"),
]


def figures(money: Money) -> str:
    """One line for all that a value says of an amount, "-" for what it does not say."""
    numbers = [n if n is None else f"{n:f}" for n in (money.amount, money.upper)]
    cells = [*numbers, money.currency, money.per, money.qualifier]
    return " ".join("-" if c is None else c.replace(" ", "_") for c in cells)


@pytest.mark.parametrize(("text", "country", "expected"), ONE_AMOUNT)
def test_one_amount(text: str, country: str | None, expected: str) -> None:
    (money,) = read_finance(text, country=country)
    low, high, *rest = expected.split()
    assert money.amount == Decimal(low)
    assert money.upper == (None if high == "-" else Decimal(high))
    assert figures(money).split()[2:] == rest
    assert money.words == text.strip()
    assert money.reason is None
    assert money.known


NO_AMOUNT = [
    ("", None, "not_stated"),
    ("  \n", None, "not_stated"),
    ("-", None, "not_stated"),
    ("—", None, "not_stated"),
    ("…", None, "not_stated"),
    ("not specified", None, "not_stated"),
    ("non précisé", None, "not_stated"),
    ("in kind", None, "in_kind"),
    ("In-kind contribution of the LGU", None, "in_kind"),
    ("Mise à disposition de salles, en nature", None, "in_kind"),
    ("Aporte en especie", None, "in_kind"),
    ("provided in kind by the university", None, "in_kind"),
    ("**Costs will be embedded in the MOF budget", None, "embedded"),
    ("embedded in the budget of the province", None, "embedded"),
    ("To be covered by the LGU", None, "embedded"),
    ("Pris en charge par la commune", None, "embedded"),
    ("Inclus dans le budget du projet", None, "embedded"),
    ("incluido en el presupuesto de la alcaldía", "EC", "embedded"),
    ("A cargo del municipio: con cargo al presupuesto municipal", None, "embedded"),
    ("10% of the municipal budget", None, "embedded"),
    ("TBD", None, "to_be_determined"),
    ("t.b.d.", None, "to_be_determined"),
    ("Budget to be determined", None, "to_be_determined"),
    ("à déterminer", None, "to_be_determined"),
    ("Por definir", None, "to_be_determined"),
    ("A determinar con los socios", None, "to_be_determined"),
    ("n/a", None, "not_applicable"),
    ("None", None, "not_applicable"),
    ("None required", None, "not_applicable"),
    ("No additional cost", None, "not_applicable"),
    ("Sans coût", None, "not_applicable"),
    ("sin costo", None, "not_applicable"),
    ("Gratuit", None, "not_applicable"),
    ("no cost estimate yet", None, "unreadable"),
    ("40 participants", None, "unreadable"),
    ("Budget line 71300", None, "unreadable"),
    ("October 19, 2015", None, "unreadable"),
    ("Tel. +63 2 555 1234", None, "unreadable"),
    ("Q3 2015", None, "unreadable"),
    ("Q3 2015", "GT", "unreadable"),
    ("P1", "PH", "unreadable"),
    ("5.2.1", None, "unreadable"),
    ("**", None, "unreadable"),
    ("Q 500", None, "unreadable"),
    ("½ million USD", None, "unreadable"),
    ("TOP 10 municipalities", None, "unreadable"),
    ("all 500 mad participants", None, "unreadable"),
    ("2016", None, "ambiguous"),
    ("1.500", "TN", "ambiguous"),
    ("JMDI grant", None, "unreadable"),
]


@pytest.mark.parametrize(("text", "country", "reason"), NO_AMOUNT)
def test_no_amount(text: str, country: str | None, reason: str) -> None:
    (money,) = read_finance(text, country=country)
    assert (money.amount, money.currency, money.reason) == (None, None, reason)
    assert money.words == (text.strip() or None)


AMBIGUOUS_SUMS = [
    # text, country, amount, currency, some candidates
    ("$1,500", None, "1500", None, "USD MXN"),
    ("$1,500", "PH", "1500", None, "USD"),
    ("5 000 FCFA", None, "5000", None, "XOF XAF"),
    ("5 000 FCFA", "FR", "5000", None, "XOF XAF"),
    ("Dh 500", None, "500", None, "MAD AED"),
    ("Rs 500", None, "500", None, "NPR INR"),
    ("C$500", None, "500", None, "NIO CAD"),
    ("Bs 500", None, "500", None, "BOB VES"),
    ("1.500 DT", "TN", None, "TND", ""),
    ("1,500 TND", None, None, "TND", ""),
    ("USD 1,500.000", None, None, "USD", ""),
    ("USD 1500.000", None, None, "USD", ""),
    ("1,234 million USD", None, None, "USD", ""),
    ("50 mDT", None, None, "TND", ""),
    ("USD 1.5 m", None, None, "USD", ""),
    ("Phase 2 500 USD", None, None, "USD", ""),
    ("2015 500 USD", None, None, "USD", ""),
    ("1 - 500 USD", None, None, "USD", ""),
    ("USD 2,000-1,500", None, None, "USD", ""),
    ("USD 500 or USD 600", None, None, "USD", ""),
    ("(USD 500)", None, None, "USD", ""),
    ("5 USD 300", None, None, "USD", ""),
    ("1 million 500 mille FCFA", "SN", None, "XOF", ""),
    ("USD 1,50,00", None, None, "USD", ""),
]


@pytest.mark.parametrize(("text", "country", "amount", "currency", "some"), AMBIGUOUS_SUMS)
def test_ambiguous(
    text: str, country: str | None, amount: str | None, currency: str | None, some: str
) -> None:
    (money,) = read_finance(text, country=country)
    assert money.amount == (None if amount is None else Decimal(amount))
    assert money.currency == currency
    assert money.reason == "ambiguous"
    assert set(some.split()) <= set(money.candidates)
    assert bool(money.candidates) == (currency is None)
    assert amount is not None or money.note
    assert money.words == text


LISTS = [
    (
        "Venue: USD 1,500 per region; Printing – PHP 20,000",
        None,
        ["1500 - USD region -", "20000 - PHP - -"],
    ),
    (
        "• Venue USD 500\n• Food: USD 300\n\nTotal: USD 800",
        None,
        ["500 - USD - -", "300 - USD - -", "800 - USD total -"],
    ),
    ("- 500 USD\n- 300 USD", None, ["500 - USD - -", "300 - USD - -"]),
    ("-500 USD\n-300 USD", None, ["500 - USD - -", "300 - USD - -"]),
    ("1. Salle : 200 DT\n2. Repas : 300 DT", None, ["200 - TND - -", "300 - TND - -"]),
    (
        "USD 1,500 per region, PHP 20,000 per month and EUR 5 each",
        None,
        ["1500 - USD region -", "20000 - PHP month -", "5 - EUR each -"],
    ),
    (
        "USD 500 for venue, sound and food, PHP 20,000 printing",
        None,
        ["500 - USD - -", "20000 - PHP - -"],
    ),
    ("Workshop (USD 500) and training (USD 300)", None, ["500 - USD - -", "300 - USD - -"]),
    ("USD 500 EUR 300", None, ["500 - USD - -", "300 - EUR - -"]),
    ("500 USD 300 EUR", None, ["500 - USD - -", "300 - EUR - -"]),
    ("5,000 USD (250,000 PHP)", None, ["5000 - USD - -"]),
    ("USD 4,500 (USD 1,500 per region)", None, ["4500 - USD - -"]),
    ("Hall USD 500 (plus USD 200 for sound)", None, ["500 - USD - -", "200 - USD - -"]),
    ("1 500 DT par an, soit 450 €", None, ["1500 - TND year -"]),
    (
        "JMDI USD 2,000, LGU PHP 10,000 and CSO in kind",
        None,
        ["2000 - USD - -", "10000 - PHP - -", "in_kind"],
    ),
    ("Venue in kind, printing to be determined", None, ["in_kind", "to_be_determined"]),
    ("Salle : en nature ; impression : à déterminer", None, ["in_kind", "to_be_determined"]),
    ("Costs to be determined. Venue provided by the city.", None, ["to_be_determined", "embedded"]),
    ("Local: USD 300\nSin costo para el municipio", None, ["300 - USD - -", "not_applicable"]),
    (
        "Budget:\n- Venue: USD 500\n- Food: to be confirmed",
        None,
        ["500 - USD - -", "to_be_determined"],
    ),
    ("USD 2,000 - 3 regions", None, ["2000 - USD - -"]),
    ("USD 1,500\nsee annex", None, ["1500 - USD - -", "unreadable"]),
]


@pytest.mark.parametrize(("text", "country", "expected"), LISTS)
def test_lists(text: str, country: str | None, expected: list[str], assert_covers: Covers) -> None:
    found = read_finance(text, country=country)
    assert [m.reason if m.amount is None else figures(m) for m in found] == expected
    assert_covers(text, found)
    again = read_finance("\n".join(m.words or "" for m in found), country=country)
    assert again == found


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("USD 500 in kind", "in kind"),
        ("In kind, valued at USD 500", "in kind"),
        ("Aporte en especie (USD 500)", "in kind"),
        ("USD 1,500 embedded in the MOF budget", "embedded in another budget"),
        ("USD 500 (to be confirmed)", "to be determined"),
        ("Venue: USD 500", "Venue"),
        ("5,000 USD (250,000 PHP)", "250,000 PHP"),
        ("3 x USD 500 = USD 1,500", "3 x USD 500"),
        ("USD 500 for food", "for food"),
    ],
)
def test_what_is_said_besides_an_amount_is_noted(text: str, note: str) -> None:
    (money,) = read_finance(text)
    assert money.known
    assert money.note is not None
    assert note in money.note


def test_the_country_says_how_it_decided() -> None:
    (money,) = read_finance("$1,500", country="SV")
    assert money.note == "$ read as USD, the currency of SV"
    (money,) = read_finance("USD 1,500", country="SV")
    assert money.note is None


@pytest.mark.parametrize(
    ("text", "amount", "reason"),
    [
        ("Budget: 1,500", "1500", "not_stated"),
        ("coût : 20 000", "20000", "not_stated"),
        ("Monto: 5.000 por taller", "5000", "not_stated"),
        ("Budget 2015", None, "unreadable"),
        ("Cost: 40 participants", None, "unreadable"),
    ],
)
def test_figures_without_a_sign(text: str, amount: str | None, reason: str) -> None:
    (money,) = read_finance(text, country="PH")
    assert money.amount == (None if amount is None else Decimal(amount))
    assert (money.currency, money.reason) == (None, reason)


def test_the_head_of_the_column_may_state_the_currency() -> None:
    first, second, third = read_finance(
        "1,500\nVenue: 300 per region\n40 pax", unit=Unit(Sign("PHP"))
    )
    assert (first.amount, first.currency) == (1500, "PHP")
    assert (second.amount, second.currency, second.per) == (300, "PHP", "region")
    assert (third.amount, third.reason) == (None, "unreadable")
    (own,) = read_finance("USD 20", unit=Unit(Sign("PHP")))
    assert own.currency == "USD"


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("150,000.00 (GAD Fund)", ["150000"]),
        ("MOOE 25,000.00", ["25000"]),
        ("100,000.00 -GF", ["100000"]),
        ("25,000 only", ["25000"]),
        ("2024: 500,000; 2025: 600,000", ["500000", "600000"]),
        ("500,000 (2024)", ["500000"]),
        ("UNDP: 25,000 / Gov: 5,000", ["25000", "5000"]),
        ("25,000 (LGU), 15,000 (IOM)", ["25000", "15000"]),
        ("25 000 + 15 000", ["25000", "15000"]),
        ("250 mD", [None]),
        ("30 (participants)", [None]),
        ("Phase 2 25,000", [None]),
        ("Lot 2500", [None]),
        ("2024 et 2025", [None]),
        ("2024-2026", [None]),
        ("25,000 / 2", [None]),
    ],
)
def test_who_pays_may_stand_beside_a_figure(text: str, amounts: list[str | None]) -> None:
    found = read_finance(text, unit=Unit(Sign("PHP")))
    assert [money.amount for money in found] == [one and Decimal(one) for one in amounts]


HEADS = [  # head, country, currency, power of ten
    ("Budget (in thousand USD)", None, "USD", 3),
    ("Cost in PHP millions", None, "PHP", 6),
    ("Budget (USD '000)", None, "USD", 3),
    ("Budget (000s FCFA)", "SN", "XOF", 3),
    ("Budget (k€)", None, "EUR", 3),
    ("Budget MUSD", None, "USD", 6),
    ("Budget (m USD)", None, "USD", None),
    ("Coût en milliers de FCFA", "ML", "XOF", 3),
    ("Presupuesto (miles de US$)", None, "USD", 3),
    ("Orçamento (em milhares de R$)", None, "BRL", 3),
    ("الميزانية (بآلاف الدولارات)", None, None, 3),
    ("الميزانية بالألف دينار", "TN", "TND", 3),
    ("Budget (Rs. in lakhs)", "NP", "NPR", 5),
    ("Budget (USD, max 10,000)", None, "USD", 0),
    ("Orçamento (10^3 MT)", "MZ", "MZN", 3),
    ("Orçamento (10⁶ MT)", "MZ", "MZN", 6),
    ("Amount (PHP 000)", "PH", "PHP", 3),
    ("Coût (MD)", "TN", "TND", None),
    ("Monto en Lps.", "HN", "HNL", 0),
    ("الكلفة (بالدينار الأردني)", None, "JOD", 0),
    ("Budget (USD/EUR)", None, None, 0),
    ("ALL COSTS", None, None, 0),
    ("TOP PRIORITY BUDGET", None, None, 0),
]


@pytest.mark.parametrize(("head", "country", "currency", "power"), HEADS)
def test_the_head_of_the_column_states_a_unit(
    head: str, country: str | None, currency: str | None, power: int | None
) -> None:
    unit = unit_of(head, country)
    assert ((unit.sign and unit.sign.currency) or None, unit.power) == (currency, power)


@pytest.mark.parametrize(
    ("text", "amount", "reason"),
    [
        ("350", "350000", None),
        ("12,500", "12500000", None),
        ("1.2", "1200", None),
        ("350 million", "350000000", None),
        ("USD 2 million", "2000000", None),
        ("USD 350", None, "ambiguous"),
    ],
)
def test_the_scale_of_the_head_holds_for_figures_that_name_none(
    text: str, amount: str | None, reason: str | None
) -> None:
    (money,) = read_finance(text, unit=Unit(Sign("USD"), 3))
    assert money.amount == (None if amount is None else Decimal(amount))
    assert (money.currency, money.reason) == ("USD", reason)


def test_a_text_that_is_too_long_is_kept_unread() -> None:
    text = "USD 1 " * MAX_LENGTH
    (money,) = read_finance(text)
    assert money.reason == "unreadable"
    assert money.words == text.strip()
    assert money.note and str(MAX_LENGTH) in money.note


def test_tables() -> None:
    assert [minor_unit(c) for c in ("TND", "JPY", "XOF", "USD", "CLF")] == [3, 0, 0, 2, 2]
    assert tenders("ph") == ("PHP",)
    assert tenders("XX") == tenders(None) == ()
    assert read_sign("all", None) is None
    sign = read_sign("Usd", None)
    assert sign is not None and sign.currency == "USD"


@pytest.mark.parametrize(
    ("text", "country", "amount", "currency"),
    [
        ("K25,000", "ZM", 25000, "ZMW"),
        ("MK 1,200,000", "MW", 1200000, "MWK"),
        ("Frw 200,000", "RW", 200000, "RWF"),
        ("20 000 FC", "CD", 20000, "CDF"),
        ("Rp 20.000.000", "ID", 20000000, "IDR"),
        ("20.000 KM", "BA", 20000, "BAM"),
        ("Shs. 20,000", "UG", 20000, "UGX"),
        ("¢20,000", "CR", 20000, "CRC"),
        ("20.000$00", "CV", 20000, "CVE"),
        ("150 contos", "CV", 150000, "CVE"),
    ],
)
def test_signs_of_one_country(text: str, country: str, amount: int, currency: str) -> None:
    (money,) = read_finance(text, country=country)
    assert (money.amount, money.currency) == (amount, currency)


def test_a_capital_before_an_amount_may_be_a_currency() -> None:
    """Without the country it is not known of which; before a small figure it may be anything."""
    (money,) = read_finance("R1 200 000")
    assert (money.amount, money.currency, money.reason) == (1200000, None, "ambiguous")
    (numbered,) = read_finance("R 12")
    assert numbered.amount is None
