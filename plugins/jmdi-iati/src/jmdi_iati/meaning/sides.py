"""On which side of a corridor an organisation takes part, where a file of IATI determines it.

IATI does not say where migrants come from. It says who provides aid and who receives it; here the
provider's side is read as destination and the recipient's as origin. A rule gives a side only
where the file states what the rule needs; otherwise the side is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping

from jmdi import Code
from jmdi_iati.meaning.draft import Draft
from jmdi_iati.meaning.run import Party

__all__ = ["UNKNOWN", "side_of"]

UNKNOWN = Code("side", "unknown")
ORIGIN, DESTINATION, THIRD = "origin", "destination", "third"

# CRS channels: 110.. are donor governments, 120.. recipient governments, 13000 third countries.
CHANNELS: Mapping[str, str] = {"110": DESTINATION, "120": ORIGIN, "13000": THIRD}
# Organisation types: 24 partner country NGO, 71 to 73 private sector in provider, recipient and
# third country.
TYPES: Mapping[str, str] = {"24": ORIGIN, "71": DESTINATION, "72": ORIGIN, "73": THIRD}


def _rules() -> dict[tuple[str, str], Code]:
    return {
        (side, rule): Code("side", side, f"rule: {rule}")
        for side in (ORIGIN, DESTINATION, THIRD)
        for rule in ("crs-channel", "organisation-type", "recipient-country", "reporting-country")
    }


RULES = _rules()


def side_of(party: Party, channel: str | None, sole_recipient: str | None, draft: Draft) -> Code:
    """The side, with the rule that gave it in ``words``.

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
    # What the mention says of itself comes before what is concluded from countries.
    code = channel or party.found.channel or ""
    side = CHANNELS.get(code) or (CHANNELS.get(code[:3]) if len(code) == 5 else None)
    # 11000 and 12000 are the headings: donor and recipient governments of any kind and country.
    if side is not None and code not in ("11000", "12000"):
        return RULES[side, "crs-channel"]
    if party.type in TYPES:
        return RULES[TYPES[party.type], "organisation-type"]
    reporter = draft.reporter_party.found.country if draft.reporter_party else None
    if party.found.country and sole_recipient and reporter and reporter != sole_recipient:
        if party.found.country == sole_recipient:
            return RULES[ORIGIN, "recipient-country"]
        if party.found.country == reporter:
            return RULES[DESTINATION, "reporting-country"]
    return UNKNOWN
