"""Who wrote or spoke without saying who: keyed pseudonyms, and names hidden in texts."""

from jmdi_knowledge.pseudonyms.hiding import Edit, Hidden
from jmdi_knowledge.pseudonyms.options import OPTIONS
from jmdi_knowledge.pseudonyms.people import People

__all__ = ["OPTIONS", "Edit", "Hidden", "People"]
