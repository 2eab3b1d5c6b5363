"""Transactions: each becomes a record, whatever the file leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jmdi import Code, Identifier, Transaction
from jmdi_iati.meaning import places, sectors
from jmdi_iati.meaning.codes import coded
from jmdi_iati.meaning.draft import Draft, Movement
from jmdi_iati.meaning.money.amounts import id_of, money_of, side_of, when
from jmdi_iati.standard.upgrade_tables import TRANSACTIONS
from jmdi_iati.standard.xml import Element, truth

__all__ = ["AID_TYPES", "CODED", "aid_type", "transaction"]

AID_TYPES: Mapping[str, str] = {
    "1": "iati-aid-type",
    "2": "iati-earmarking-category",
    "3": "iati-earmarking-modality",
    "4": "iati-cash-voucher-modality",
}
"""The lists that aid types are of, by vocabulary."""

CODED: Mapping[str, str] = {
    "disbursement-channel": "iati-disbursement-channel",
    "flow-type": "iati-flow-type",
    "finance-type": "iati-finance-type",
    "tied-status": "iati-tied-status",
}
"""Children that hold nothing but a code, with its list."""

SEVERAL = frozenset({"sector", "recipient-country", "recipient-region", "aid-type", "description"})
"""Children that a transaction may have several of; descriptions in 1.x, one for each language."""


def transaction(child: Element, draft: Draft) -> None:
    """A transaction: who gave whom how much when, and what for."""
    if not draft.run.money:
        return
    parts: dict[str, list[Element]] = {}
    for part in child:
        parts.setdefault(part.tag, []).append(part)
    one = {tag: found[0] for tag, found in parts.items()}
    if len(parts) < len(child):
        _leave_others(parts, draft)
    kind = _type(one.get("transaction-type"), draft)
    date, value = when(one.get("transaction-date"), draft), money_of(one.get("value"), draft)
    provider = side_of(one.get("provider-org"), draft)
    receiver = side_of(one.get("receiver-org"), draft)
    ref = child.get("ref", "").strip()
    stated = [code for part in parts.get("sector", ()) if (code := sectors.sector_of(part, draft))]
    recipients = [
        places.recipient(part, draft)
        for tag in ("recipient-country", "recipient-region")
        for part in parts.get(tag, ())
    ]
    shares = places.shares_of(recipients, draft) if recipients else ()
    humanitarian = truth(child.get("humanitarian"))
    if humanitarian:
        draft.said.humanitarian = True
    content = (None if kind is None else kind.code, date.edtf, value.currency, str(value.amount))
    record = Transaction(
        id=id_of("transaction", (*content, provider.actor, receiver.actor, ref), draft),
        description=draft.text_in(child, "description"),
        identifiers=(Identifier("iati-transaction", ref),) if ref else (),
        initiative=draft.id,
        type=kind,
        date=date,
        value=value,
        provider=provider.actor,
        provider_reason=provider.reason,
        receiver=receiver.actor,
        receiver_reason=receiver.reason,
        provider_activity=provider.activity,
        receiver_activity=receiver.activity,
        reported_by=draft.reporter,
        sectors=tuple(sector.code for sector in stated),
        sector_shares=sectors.shares_of(stated, draft) if stated else (),
        places=tuple(map(places.placed, recipients, shares)),
        humanitarian=humanitarian,
        codes=tuple(_codes(one, parts.get("aid-type", ()))),
        sources=draft.sources,
    )
    draft.after.append(record)
    draft.joined.movements.append(Movement(record, stated, recipients))


def _leave_others(parts: Mapping[str, Sequence[Element]], draft: Draft) -> None:
    """Counts the elements after the first where a transaction can have only one."""
    for tag, found in parts.items():
        if tag not in SEVERAL and tag[0] != "{":
            for _ in found[1:]:
                draft.run.report.add("I507", f"another {tag} of a transaction")


def _type(element: Element | None, draft: Draft) -> Code | None:
    """The type, in words of 1.x too."""
    written = "" if element is None else element.get("code", "").strip()
    if not written:
        draft.run.report.add("I309", "transaction-type")
    number = TRANSACTIONS.get(written.lower(), written)
    return draft.code_of("iati-transaction-type", number, written, "transaction-type")


def _codes(one: Mapping[str, Element], aid_types: Sequence[Element]) -> Iterator[Code]:
    for tag, scheme in CODED.items():
        if tag in one and (written := one[tag].get("code", "").strip()):
            yield coded(scheme, written)
    for part in aid_types:
        if (found := aid_type(part)) is not None:
            yield found


def aid_type(part: Element) -> Code | None:
    """The code of an aid type, in the list of its vocabulary."""
    written = part.get("code", "").strip()
    vocabulary = part.get("vocabulary", "").strip() or "1"
    scheme = AID_TYPES.get(vocabulary, f"iati-aid-type-{vocabulary}")
    return coded(scheme, written) if written else None
