"""On which side of a corridor a participation stands, where IATI determines it, by named rule.

IATI does not say where migrants come from. It tells providers of aid from recipients, and so
does ``domain.md``: provider side is destination, recipient side is origin. A rule gives a side
only where its premise is written down; otherwise the side is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping

from jmdi import Code
from jmdi_iati.meaning.draft import Draft, Party

__all__ = ["UNKNOWN", "side_of"]

UNKNOWN = Code("side", "unknown")
ORIGIN, DESTINATION, THIRD = "origin", "destination", "third"

CHANNELS: Mapping[str, str] = {"110": DESTINATION, "120": ORIGIN, "13000": THIRD}
TYPES: Mapping[str, str] = {"24": ORIGIN, "71": DESTINATION, "72": ORIGIN, "73": THIRD}


def _rules() -> dict[tuple[str, str], Code]:
    return {
        (side, rule): Code("side", side, f"rule: {rule}")
        for side in (ORIGIN, DESTINATION, THIRD)
        for rule in ("crs-channel", "organisation-type", "recipient-country", "reporting-country")
    }


RULES = _rules()


def side_of(party: Party, channel: str | None, sole_recipient: str | None, draft: Draft) -> Code:
    """The side, its rule in ``words``.

    Rules, in this order: *crs-channel*: a government of the donor or recipient side;
    *organisation-type*: of the partner, provider, recipient or a third country;
    *recipient-country*: registered in the only recipient country, reported from another;
    *reporting-country*: registered where the reporting organisation is, which is not the
    recipient.

    Args:
        party: The organisation.
        channel: Its CRS channel in this activity.
        sole_recipient: The recipient country, if there is exactly one and no region.
        draft: The activity.
    """
    code = channel or party.channel or ""
    side = CHANNELS.get(code) or (CHANNELS.get(code[:3]) if len(code) == 5 else None)
    if side is not None and code not in ("11000", "12000"):
        return RULES[side, "crs-channel"]
    if party.type in TYPES:
        return RULES[TYPES[party.type], "organisation-type"]
    reporter = draft.reporter_party.country if draft.reporter_party else None
    if party.country and sole_recipient and reporter and reporter != sole_recipient:
        if party.country == sole_recipient:
            return RULES[ORIGIN, "recipient-country"]
        if party.country == reporter:
            return RULES[DESTINATION, "reporting-country"]
    return UNKNOWN
