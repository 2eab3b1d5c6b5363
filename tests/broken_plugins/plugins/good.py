"""Nothing is wrong with this one."""

import jmdi

JMDI_API = 1


@jmdi.define("good:thing")
class Thing(jmdi.Entity):
    """A thing."""


@jmdi.hookimpl
def jmdi_kinds():
    return [Thing]
