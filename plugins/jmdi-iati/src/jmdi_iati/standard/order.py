"""The order of children that the 2.03 schemas require, by element name."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

__all__ = ["SEQUENCES", "in_order", "put_in_order"]

_ORG = "reporting-org"
SEQUENCES: Mapping[str, tuple[str, ...]] = {
    name: tuple(children.split())
    for name, children in {
        "iati-activity": "iati-identifier reporting-org title description participating-org "
        "other-identifier activity-status activity-date contact-info activity-scope "
        "recipient-country recipient-region location sector tag country-budget-items "
        "humanitarian-scope policy-marker collaboration-type default-flow-type "
        "default-finance-type default-aid-type default-tied-status budget planned-disbursement "
        "capital-spend transaction document-link related-activity legacy-data conditions result "
        "crs-add fss",
        "iati-organisation": "organisation-identifier name reporting-org total-budget "
        "recipient-org-budget recipient-region-budget recipient-country-budget "
        "total-expenditure document-link",
        "contact-info": "organisation department person-name job-title telephone email website "
        "mailing-address",
        "location": "location-reach location-id name description activity-description "
        "administrative point exactness location-class feature-designation",
        "transaction": "transaction-type transaction-date value description provider-org "
        "receiver-org disbursement-channel sector recipient-country recipient-region flow-type "
        "finance-type aid-type tied-status",
        "budget": "period-start period-end value",
        "total-budget": "period-start period-end value budget-line",
        "total-expenditure": "period-start period-end value expense-line",
        "recipient-org-budget": "recipient-org period-start period-end value budget-line",
        "recipient-country-budget": "recipient-country period-start period-end value budget-line",
        "recipient-region-budget": "recipient-region period-start period-end value budget-line",
        "planned-disbursement": "period-start period-end value provider-org receiver-org",
        "document-link": "title description category language document-date recipient-country",
        "result": "title description document-link reference indicator",
        "indicator": "title description document-link reference baseline period",
        "baseline": "location dimension document-link comment",
        "period": "period-start period-end target actual",
        "target": "location dimension comment document-link",
        "actual": "location dimension comment document-link",
        "crs-add": "other-flags loan-terms loan-status channel-code",
        "loan-terms": "repayment-type repayment-plan commitment-date repayment-first-date "
        "repayment-final-date",
        "loan-status": "interest-received principal-outstanding principal-arrears interest-arrears",
    }.items()
}
_RANKS = {name: {child: n for n, child in enumerate(c)} for name, c in SEQUENCES.items()}
LAST = 1000


def _rank(ranks: Mapping[str, int], tag: Any) -> int:
    return ranks.get(tag, LAST if isinstance(tag, str) and tag[:1] == "{" else LAST - 1)


def in_order(element: Any) -> bool:
    """Whether the children of an element stand as the schema requires."""
    ranks = _RANKS.get(element.tag, {})
    order = [_rank(ranks, child.tag) for child in element]
    return all(a <= b for a, b in itertools.pairwise(order))


def put_in_order(element: Any) -> None:
    """Puts the children of an element and all within it in the order of the schema.

    Children of one name keep their order; those of other namespaces come last.
    """
    for part in element.iter(*_RANKS):
        if not in_order(part):
            ranks = _RANKS[part.tag]
            part[:] = sorted(part, key=lambda child: _rank(ranks, child.tag))
