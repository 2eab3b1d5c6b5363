"""A plugin for tests that extends the plugin alpha."""

import alpha

import jmdi

JMDI_API = 1


@jmdi.define("beta:microbank")
class MicroBank(alpha.Bank):
    """A bank for small loans.

    Attributes:
        clients: How many clients it has.
        supervisor: The bank that supervises it.
    """

    clients: int
    supervisor: jmdi.Ref[alpha.Bank] | None = None


@jmdi.define("beta:counter-guarantees", ends=(alpha.Bank, alpha.Bank))
class CounterGuarantees(alpha.Guarantees):
    """A bank stands in for what another bank guarantees.

    Attributes:
        share: Its share of the ceiling.
    """

    share: float | None = None


@jmdi.facet("beta:audit", on=alpha.Bank)
class Audit(jmdi.Facet):
    """Who audited a bank, and when.

    Attributes:
        by: The auditor.
        when: When.
    """

    by: jmdi.Ref[jmdi.Actor]
    when: jmdi.Period | None = None


@jmdi.hookimpl
def jmdi_kinds():
    return [MicroBank, CounterGuarantees]


@jmdi.hookimpl
def jmdi_facets():
    return [Audit]
