"""Prints when it is imported and when its hook is called."""

import jmdi

print("Welcome to prints!")


@jmdi.hookimpl
def jmdi_metrics():
    print("collecting metrics ...")
    return []
