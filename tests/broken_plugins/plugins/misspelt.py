"""Implements a hook that there is not."""

import jmdi


@jmdi.hookimpl
def jmdi_metric():
    return []
