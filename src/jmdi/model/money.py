"""The built-in kinds of money: single movements of it, and lines of budgets."""

from __future__ import annotations

from typing import Annotated

from jmdi.model.declare import define
from jmdi.model.fields import NOTHING_SAID, Exact, Ref
from jmdi.model.kinds import Actor, Initiative
from jmdi.model.records import Entity
from jmdi.model.values import Code, Money, Period, Place, Share

__all__ = ["Budget", "Transaction"]


@define("transaction")
class Transaction(Entity):
    """One movement of money, or the promise of one, as it was reported.

    A negative amount takes back an earlier one. Transactions are never summed or converted here:
    metrics do that. An organisation that is said to be unknown is an actor that is flagged as a
    placeholder; one of which nothing is said is ``None``, with the reason.

    Attributes:
        initiative: The initiative that it belongs to.
        type: What it is: a commitment, a disbursement, an expenditure.
        date: The day on which it was made.
        value: The amount; its ``date`` is the day whose rate of exchange holds for it.
        provider: Who gives the money.
        provider_reason: Why the provider is not known.
        receiver: Who receives the money.
        receiver_reason: Why the receiver is not known.
        provider_activity: The initiative that the money comes from.
        receiver_activity: The initiative that the money goes to.
        reported_by: The actor that reports it as its own.
        sectors: Codes of any sector vocabulary.
        sector_shares: Shares of the amount by sector, which add up to 1 in each vocabulary.
        places: The countries and regions that it is for, with shares where they are known.
        humanitarian: Whether it is humanitarian.
        codes: Types of flow, finance and aid, tied status, channel and other codes.
    """

    initiative: Ref[Initiative] | None = None
    type: Annotated[Code, "transaction-type"] | None = None
    date: Period | None = None
    value: Money | None = None
    provider: Ref[Actor] | None = None
    provider_reason: Annotated[str, "unknown-reason"] | None = None
    receiver: Ref[Actor] | None = None
    receiver_reason: Annotated[str, "unknown-reason"] | None = None
    provider_activity: Ref[Initiative] | None = None
    receiver_activity: Ref[Initiative] | None = None
    reported_by: Ref[Actor] | None = None
    sectors: tuple[Code, ...] = ()
    sector_shares: tuple[Share, ...] = ()
    places: tuple[Place, ...] = ()
    humanitarian: bool | None = None
    codes: tuple[Code, ...] = ()


@define("budget")
class Budget(Entity):
    """One line of a budget: what is planned, or was spent in all, in a ``period``.

    It belongs to an initiative, or to an actor as a whole.

    Attributes:
        initiative: The initiative whose budget it is.
        owner: The actor whose budget it is, where it is that of no initiative.
        type: What it is: a budget, a planned disbursement, the total expenditure of an actor.
        version: Whether it is the original or a revised one; the same period may have both.
        status: Whether it is indicative or committed.
        value: The amount; its ``date`` is the day whose rate of exchange holds for it.
        share: Share of the whole, 0 to 1, of a line that states no amount.
        provider: Who will give the money.
        provider_reason: Why the provider is not known.
        receiver: Who will receive the money.
        receiver_reason: Why the receiver is not known.
        provider_activity: The initiative that the money will come from.
        receiver_activity: The initiative that the money will go to.
        reported_by: The actor that reports it as its own.
        places: The countries and regions that it is for, with shares where they are known.
        part_of: The budget that it is a line of, whose amount contains it.
        codes: Codes of the line, such as those of a country's own budget.
    """

    initiative: Ref[Initiative] | None = None
    owner: Ref[Actor] | None = None
    type: Annotated[Code, "budget-type"] | None = None
    version: Annotated[Code, "budget-version"] | None = None
    status: Annotated[Code, "budget-status"] | None = None
    value: Money | None = None
    share: Exact = NOTHING_SAID
    provider: Ref[Actor] | None = None
    provider_reason: Annotated[str, "unknown-reason"] | None = None
    receiver: Ref[Actor] | None = None
    receiver_reason: Annotated[str, "unknown-reason"] | None = None
    provider_activity: Ref[Initiative] | None = None
    receiver_activity: Ref[Initiative] | None = None
    reported_by: Ref[Actor] | None = None
    places: tuple[Place, ...] = ()
    part_of: Ref["Budget"] | None = None
    codes: tuple[Code, ...] = ()
