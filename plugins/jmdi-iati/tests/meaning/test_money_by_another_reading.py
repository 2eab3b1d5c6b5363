"""Counts and sums of money are those of a reading that shares no code with the importer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from lxml import etree

import jmdi

FILES = Path(__file__).parents[1] / "files"
REAL = Path(__file__).parents[4].parent / "shared" / "data" / "iati"
TYPES = {
    "1": "incoming_funds",
    "2": "outgoing_commitment",
    "3": "disbursement",
    "4": "expenditure",
    "5": "interest_payment",
    "6": "loan_repayment",
    "7": "reimbursement",
    "8": "purchase_of_equity",
    "9": "sale_of_equity",
    "10": "credit_guarantee",
    "11": "incoming_commitment",
    "12": "outgoing_pledge",
    "13": "incoming_pledge",
    "IF": "incoming_funds",
    "C": "outgoing_commitment",
    "D": "disbursement",
    "E": "expenditure",
}
BUDGETS = {
    "budget": "budget",
    "planned-disbursement": "planned_disbursement",
    "total-budget": "total_budget",
    "recipient-org-budget": "recipient_organisation_budget",
    "recipient-country-budget": "recipient_country_budget",
    "recipient-region-budget": "recipient_region_budget",
    "total-expenditure": "total_expenditure",
}

Sums: TypeAlias = dict[tuple[str, str, str], list[Any]]
"""Count and sum by type, currency and year."""


def by_lxml(path: Path) -> Sums:
    """What the elements of a file say."""
    tree = etree.parse(str(path), etree.XMLParser(recover=True, huge_tree=True))
    newest: dict[str, Any] = {}
    for place, whole in enumerate(tree.iter("iati-activity", "iati-organisation")):
        name = (whole.findtext("iati-identifier") or "").strip() or str(place)
        before = newest.get(name)
        date = whole.get("last-updated-datetime", "")
        if before is None or date > before.get("last-updated-datetime", ""):
            newest[name] = whole
    sums: Sums = defaultdict(lambda: [0, Decimal(0)])
    for whole in newest.values():
        for element in whole.iterchildren("transaction", *BUDGETS):
            value = element.find("value")
            text = "" if value is None else (value.text or "").strip().replace(",", "")
            currency = "" if value is None else value.get("currency") or ""
            currency = (currency or whole.get("default-currency") or "").strip().upper()
            found = sums[(*_of(element), currency)]
            found[0] += 1
            if re.fullmatch(r"[+-]?[\d.]+", text):
                found[1] += Decimal(text)
    return dict(sums)


def _of(element: Any) -> Iterator[str]:
    """Type and year of an element."""
    if element.tag == "transaction":
        kind, dated = element.find("transaction-type"), element.find("transaction-date")
        code = "" if kind is None else kind.get("code", "")
        yield TYPES.get(code, code)
    else:
        dated = element.find("period-start")
        yield BUDGETS[element.tag]
    # One publisher writes the amount as attribute, and the day as text.
    days = [] if dated is None else [dated.get("iso-date", "").strip(), (dated.text or "").strip()]
    yield next((day[:4] for day in days if re.match(r"\d{4}(-?)\d\d\1\d\d(?![\d.])", day)), "")


def by_records(dataset: jmdi.Dataset) -> Sums:
    """What the records say."""
    sums: Sums = defaultdict(lambda: [0, Decimal(0)])
    for record in (*dataset.of(jmdi.Transaction), *dataset.of(jmdi.Budget)):
        if isinstance(record, jmdi.Budget) and (record.part_of or record.value is None):
            continue
        when = record.date if isinstance(record, jmdi.Transaction) else record.period
        day = when.start if when is not None else None
        kind = "" if record.type is None else record.type.code
        money = record.value
        assert money is not None
        found = sums[kind, f"{day.year:04}" if day else "", money.currency or ""]
        found[0] += 1
        found[1] += money.amount or 0
    return dict(sums)


def compare(path: Path) -> None:
    dataset = jmdi.read(path, on_error="keep")
    assert by_records(dataset) == by_lxml(path)


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.glob("*.xml")))
def test_invented_files(name: str) -> None:
    compare(FILES / name)


def test_an_invented_file_with_every_type(files: Any, tmp_path: Path) -> None:
    moves = "".join(
        f'<transaction><transaction-type code="{kind}"/><transaction-date iso-date="20{kind:0>2}'
        f'-01-01"/><value currency="{currency}" value-date="2001-01-01">{kind}.5</value>'
        "</transaction>"
        for kind in TYPES
        if kind.isdigit()
        for currency in ("", "EUR")
    )
    plans = "".join(
        f'<{tag}><period-start iso-date="2020-01-01"/><value>{n}</value></{tag}>'
        for n, tag in enumerate(("budget", "planned-disbursement", "budget"))
    )
    path = tmp_path / "every.xml"
    path.write_bytes(files.document(files.activity(plans, moves, moves)))
    assert sum(count for count, _ in by_lxml(path).values()) == 55
    compare(path)


@pytest.mark.skipif(not REAL.is_dir(), reason="the published files are not here")
@pytest.mark.parametrize(
    "name", sorted(path.name for path in REAL.glob("*.xml") if path.stat().st_size)
)
def test_published_files(name: str) -> None:
    compare(REAL / name)
