"""Transactions: each becomes a record, whatever the file leaves out."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence

from jmdi import Code, Identifier, Place, Transaction
from jmdi.model.constructors import unchecked
from jmdi.model.frozen import EMPTY
from jmdi_iati.meaning import places
from jmdi_iati.meaning.codes import coded
from jmdi_iati.meaning.draft import Draft, Movement, Recipient, Sectors
from jmdi_iati.meaning.money.amounts import id_of, money_of, side_of, when
from jmdi_iati.meaning.sectors import sector_of, sectors_of
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

SEVERAL = ("sector", "recipient-country", "recipient-region", "aid-type", "description")
"""Children that a transaction may have several of; descriptions in 1.x, one for each language."""

NO_SECTORS = Sectors()
make_transaction, make_identifier = unchecked(Transaction), unchecked(Identifier)


def transaction(child: Element, draft: Draft) -> None:
    """A transaction: who gave whom how much when, and what for."""
    if not draft.run.money:
        return
    one: dict[str, Element] = {}
    more = [part for part in child if one.setdefault(part.tag, part) is not part]
    if more:
        _leave_others(one, more, draft)
    kind = _type(one.get("transaction-type"), draft)
    date, value = when(one.get("transaction-date"), draft), money_of(one.get("value"), draft)
    provider = side_of(one.get("provider-org"), draft)
    receiver = side_of(one.get("receiver-org"), draft)
    ref = child.get("ref", "").strip()
    sectors = NO_SECTORS
    if "sector" in one:
        stated = [sector_of(part, draft) for part in _all("sector", one, more)]
        sectors = sectors_of([sector for sector in stated if sector is not None], draft)
    recipients: list[Recipient] = []
    where: tuple[Place, ...] = ()
    for tag in ("recipient-country", "recipient-region"):
        if tag in one:
            recipients += [places.recipient(part, draft) for part in _all(tag, one, more)]
    if recipients:
        shares = places.shares_of(recipients, draft)
        where = tuple(map(places.placed, recipients, shares))
    humanitarian = truth(child.get("humanitarian"))
    if humanitarian:
        draft.said.humanitarian = True
    description: Mapping[str, str] = EMPTY
    if "description" in one:
        description = draft.joined_text(_all("description", one, more))
    content = (None if kind is None else kind.code, date.edtf, value.currency, str(value.amount))
    record: Transaction = make_transaction(
        id=id_of("transaction", (*content, provider.actor, receiver.actor, ref), draft),
        description=description,
        identifiers=(make_identifier(scheme="iati-transaction", value=ref),) if ref else (),
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
        sectors=sectors.codes,
        sector_shares=sectors.shares,
        places=where,
        humanitarian=humanitarian,
        codes=_codes(one, more),
        sources=draft.sources,
    )
    draft.after.append(record)
    draft.joined.movements.append(Movement(record, sectors, recipients))


def _all(tag: str, one: Mapping[str, Element], more: Sequence[Element]) -> list[Element]:
    """All children of a name."""
    return [one[tag], *(part for part in more if part.tag == tag)] if more else [one[tag]]


def _leave_others(one: Iterable[str], more: Sequence[Element], draft: Draft) -> None:
    """Counts the elements after the first where a transaction can have only one."""
    again = [part.tag for part in more if part.tag not in SEVERAL and part.tag[0] != "{"]
    for tag in one if again else ():
        for _ in range(again.count(tag)):
            draft.run.report.add("I507", f"another {tag} of a transaction")


def _type(element: Element | None, draft: Draft) -> Code | None:
    """The type, in words of 1.x too."""
    written = "" if element is None else element.get("code", "")
    if (known := draft.run.codes["iati-transaction-type"].get(written)) is not None:
        return known
    written = written.strip()
    if not written:
        draft.run.report.add("I309", "transaction-type")
    number = TRANSACTIONS.get(written.lower(), written)
    return draft.code_of("iati-transaction-type", number, written, "transaction-type")


def _codes(one: Mapping[str, Element], more: Sequence[Element]) -> tuple[Code, ...]:
    """Its codes; one tuple for all transactions that have the same."""
    written = [(CODED[tag], one[tag].get("code", ""), "") for tag in CODED if tag in one]
    if "aid-type" in one:
        aid_types = _all("aid-type", one, more)
        written += [("", part.get("code", ""), part.get("vocabulary", "")) for part in aid_types]
    return _coded(tuple(written)) if written else ()


@functools.lru_cache(maxsize=4096)
def _coded(written: tuple[tuple[str, str, str], ...]) -> tuple[Code, ...]:
    """Codes of schemes, and of aid types by vocabulary where there is no scheme."""
    return tuple(
        coded(scheme or _aid_scheme(vocabulary), code.strip())
        for scheme, code, vocabulary in written
        if code.strip()
    )


def _aid_scheme(vocabulary: str) -> str:
    known = vocabulary.strip() or "1"
    return AID_TYPES.get(known, f"iati-aid-type-{known}")


def aid_type(part: Element) -> Code | None:
    """The code of an aid type, in the list of its vocabulary."""
    written = part.get("code", "").strip()
    return coded(_aid_scheme(part.get("vocabulary", "")), written) if written else None
