"""Fails after the first of two exporters."""

import jmdi


@jmdi.hookimpl
def jmdi_exporters():
    yield jmdi.Exporter("half:first", (".first",), len)
    raise RuntimeError("the second is out of order")
