"""The order in which the schemas of IATI 2.03 want the children of an element."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jmdi_iati.standard.xml import Element

__all__ = ["put_in_order"]

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
"""The children of each element, in the order of the schema."""

_RANKS = {name: {child: n for n, child in enumerate(c)} for name, c in SEQUENCES.items()}


def put_in_order(element: Element) -> None:
    """Puts the children of an element, and of all elements in it, in the order of the schema.

    Children with the same name keep their order. Children that the schema does not name come
    after the others, and those of other namespaces last.
    """
    for part in element.iter(*_RANKS):
        children = list(part)
        ordered = sorted(children, key=_rank_in(_RANKS[part.tag]))
        if ordered != children:  # to set the children of an element is much slower than to compare
            part[:] = ordered


def _rank_in(ranks: Mapping[str, int]) -> Callable[[Element], int]:
    unknown, foreign = len(ranks), len(ranks) + 1

    def rank(child: Element) -> int:
        # The tag of a comment is a function, not a string.
        is_foreign = isinstance(child.tag, str) and child.tag.startswith("{")
        return ranks.get(child.tag, foreign if is_foreign else unknown)

    return rank
