"""A plugin for tests: a subkind, a relation, a kind of its own and a facet."""

from decimal import Decimal

import jmdi
from jmdi.model.frozen import EMPTY

JMDI_API = 1


@jmdi.define("alpha:bank", v=2)
class Bank(jmdi.Actor):
    """An institution licensed to take deposits.

    Attributes:
        licence: Number of its licence.
        capital: Its capital.
    """

    licence: str | None = None
    capital: tuple[jmdi.Money, ...] = ()


@jmdi.define("alpha:ledger")
class Ledger(jmdi.Entity):
    """A book of accounts, of a kind that derives from no built-in one.

    Attributes:
        keeper: Who keeps it.
        pages: How many pages it has.
    """

    keeper: jmdi.Ref["Bank"]
    pages: int = 0


@jmdi.define("alpha:guarantees", ends=(Bank, jmdi.Actor))
class Guarantees(jmdi.Relation):
    """A bank stands in for an actor's obligations.

    Attributes:
        ceiling: Up to how much.
    """

    ceiling: jmdi.Money | None = None


@jmdi.facet("alpha:risk", on=jmdi.Actor, v=2)
class Risk(jmdi.Facet):
    """Risk score from the annual review.

    Attributes:
        score: 0 to 10.
        reason: Why, by language.
        weight: Weight of the review.
    """

    score: int
    reason: jmdi.Text = EMPTY
    weight: Decimal | None = None


@jmdi.hookimpl
def jmdi_kinds():
    return [Bank, Ledger, Guarantees]


@jmdi.hookimpl
def jmdi_facets():
    return [Risk]


def _rename_permit(raw):
    block = dict(raw.get("alpha:bank", {}))
    if "permit" in block:
        block["licence"] = block.pop("permit")
    return raw | {"alpha:bank": block}


def _rename_points(block):
    return {"score": block.pop("points"), **block}


@jmdi.hookimpl
def jmdi_migrations():
    return [
        jmdi.Migration("alpha:bank", 1, 2, _rename_permit),
        jmdi.Migration("alpha:risk", 1, 2, _rename_points, lossless=False),
    ]
