"""Claims names of the core."""

import jmdi


@jmdi.hookimpl
def jmdi_vocabularies():
    return [jmdi.Vocabulary("actor-type", [jmdi.Concept("local_authority", {"en": "Mine"})])]
