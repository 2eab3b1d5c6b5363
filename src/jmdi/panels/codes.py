"""What codes mean, in the words of vocabularies."""

from __future__ import annotations

from collections.abc import Mapping

from jmdi.model.values import Code
from jmdi.model.vocabularies import Vocabulary
from jmdi.panels.cells import Unknown, Words

__all__ = ["label_of", "unknown_for"]


def label_of(code: Code, vocabularies: Mapping[str, Vocabulary]) -> Words:
    """What a code means, by language; a code that no vocabulary has, as it was typed."""
    vocabulary = vocabularies.get(code.scheme)
    concept = vocabulary.get(code.code) if vocabulary else None
    return concept.labels if concept and concept.labels else code.words or code.code


def unknown_for(reason: str | None, vocabularies: Mapping[str, Vocabulary]) -> Unknown:
    """What is not known, for a reason of ``unknown-reason``; *not stated* without one."""
    return Unknown(label_of(Code("unknown-reason", reason or "not_stated"), vocabularies))
