"""The options of every importer of discussions; it imports nothing heavy."""

from __future__ import annotations

from jmdi import Parameter
from jmdi.metrics.types import CountryCode, Language
from jmdi_knowledge.pseudonyms.options import OPTIONS as PEOPLE

__all__ = ["OPTIONS"]

OPTIONS = (
    *PEOPLE,
    Parameter(
        "language", "ISO 639-1 code of the texts, where the file says none", type=Language | None
    ),
    Parameter(
        "territory",
        "ISO 3166-1 code of the country that all of it comes from",
        type=CountryCode | None,
    ),
)
