"""The code lists in the package, read when they are first needed."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

from jmdi import Concept, Vocabulary
from jmdi.classes import frozen

__all__ = ["Item", "codelist", "vocabularies"]

CORE_SECTORS = frozenset({"15190", "24050", "15136", "15112"})
"""Sectors that the core's vocabulary has already; a code that two have is a conflict."""

SOURCE = "IATI code lists, CC BY 4.0, IATI"
SCHEMES: Mapping[str, tuple[str, str, bool]] = {
    # scheme: list, title, complete
    "iati-activity-scope": ("ActivityScope", "IATI activity scopes", True),
    "iati-activity-status": ("ActivityStatus", "IATI activity statuses", True),
    "iati-aid-type": ("AidType", "IATI aid types", True),
    "iati-budget-identifier-1": ("BudgetIdentifier", "Items of a country's budget", True),
    "iati-cash-voucher-modality": (
        "CashandVoucherModalities",
        "IATI modalities of cash and vouchers",
        True,
    ),
    "iati-collaboration-type": ("CollaborationType", "IATI collaboration types", True),
    "iati-condition-type": ("ConditionType", "IATI condition types", True),
    "iati-country": ("Country", "Countries as IATI lists them", False),
    "iati-disbursement-channel": ("DisbursementChannel", "IATI disbursement channels", True),
    "iati-document-category": ("DocumentCategory", "IATI document categories", True),
    "iati-earmarking-category": ("EarmarkingCategory", "IATI categories of earmarking", True),
    "iati-finance-type": ("FinanceType", "IATI finance types", True),
    "iati-flow-type": ("FlowType", "IATI flow types", True),
    "iati-humanitarian-scope-type": ("HumanitarianScopeType", "IATI humanitarian scopes", True),
    "iati-indicator-measure": ("IndicatorMeasure", "IATI indicator measures", True),
    "iati-organisation-role": ("OrganisationRole", "IATI organisation roles", True),
    "iati-organisation-type": ("OrganisationType", "IATI organisation types", True),
    "iati-policy-marker": ("PolicyMarker", "IATI policy markers", False),
    "iati-region": ("Region", "DAC regions", False),
    "iati-related-activity-type": ("RelatedActivityType", "IATI related activity types", True),
    "iati-result-type": ("ResultType", "IATI result types", True),
    "iati-sector": ("Sector", "DAC sectors of five digits", False),
    "iati-sector-category": ("SectorCategory", "DAC sectors of three digits", False),
    "iati-tied-status": ("TiedStatus", "IATI tied statuses", True),
    "iati-transaction-type": ("TransactionType", "IATI transaction types", True),
    "sdg-goal": ("UNSDG-Goals", "Sustainable Development Goals", True),
    "sdg-target": ("UNSDG-Targets", "Targets of the Sustainable Development Goals", True),
}


@frozen
class Item:
    """One code of a list.

    Attributes:
        code: The code.
        status: Empty when in force, else ``withdrawn``.
        category: The code above it in another list; empty if none.
        names: Its name by language.
    """

    code: str
    status: str
    category: str
    names: Mapping[str, str]


@functools.cache
def codelist(name: str) -> Mapping[str, Item]:
    """A list by its published name, its items by code.

    Raises:
        FileNotFoundError: If the package has no such list.
    """
    text = (Path(__file__).parent / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    _, head, *lines = text.splitlines()
    languages = head.split("\t")[3:]
    items = {}
    for line in lines:
        code, *rest = line.split("\t")
        status, category, *names = (*rest, "", "")[: max(2, len(rest))]
        labels = {lang: label for lang, label in zip(languages, names, strict=False) if label}
        items[code] = Item(code, status, category, labels)
    return items


def vocabularies() -> Iterable[Vocabulary]:
    """The lists as vocabularies, each read when its codes are first needed."""
    for scheme, (name, title, complete) in SCHEMES.items():
        concepts = functools.partial(_concepts, scheme, name)
        yield Vocabulary(scheme, concepts, title=title, source=SOURCE, complete=complete)


def _concepts(scheme: str, name: str) -> list[Concept]:
    """The codes of a list; those that the core has already are left out."""
    return [
        Concept(item.code, item.names, note="withdrawn" if item.status else "")
        for item in codelist(name).values()
        if not (scheme == "iati-sector" and item.code in CORE_SECTORS)
    ]
