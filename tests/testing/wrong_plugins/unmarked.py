"""Wrong: a function that is named like a hook, and is none."""

JMDI_API = 1


def jmdi_metric():
    return []
