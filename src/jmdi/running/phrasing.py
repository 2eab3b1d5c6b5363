"""Questions in words, from a table with a row per field and a column per language."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from pathlib import Path

from jmdi.errors import NotFound
from jmdi.graph.dataset import Dataset
from jmdi.model.fields import FieldInfo
from jmdi.model.records import Record, pick
from jmdi.model.values import Code
from jmdi.running.unknowns import ABSENCES, EVIDENCE, Unknown
from jmdi.words.tables import LANGUAGES

__all__ = ["phrase"]

QUESTIONS = Path(__file__).parents[1] / "words" / "questions.csv"
ENDS = ("source", "target", "of", "about", "indicator")
"""Fields whose record a question names."""


@functools.cache
def _table() -> Mapping[str, Mapping[str, str]]:
    text = QUESTIONS.read_text(encoding="utf-8")
    return {row["asks"]: row for row in csv.DictReader(text.splitlines())}


def phrase(dataset: Dataset, fact: Unknown, language: str) -> str:
    """The question for a fact, in words; where the table has none, from the field's description.

    Raises:
        NotFound: If there are no questions in the language.
    """
    if language not in LANGUAGES:
        raise NotFound("language", language, LANGUAGES)
    record, table = fact.record, _table()
    parts = _parts(dataset, record, language)
    names = [name or "" for name in fact.sort]
    if names[1] == ABSENCES:
        *names, type, side, level = names
        parts |= _who(dataset, type, side, level, language)
    elif names[1] == EVIDENCE:
        *names, criterion = names
        parts["criterion"] = _label(dataset, Code("institutionalisation", criterion), language)
    row = table.get(".".join(names))
    try:
        words = _described(parts, fact.field) if row is None else row[language].format_map(parts)
    except KeyError:  # the record does not say what it is about, so no question can name it
        words = _described(parts, fact.field)
    return words[:1].upper() + words[1:]


def _who(dataset: Dataset, type: str, side: str, level: str, language: str) -> dict[str, str]:
    """Somebody of a type, on a side and of a level, none of which need be said."""
    table = _table()
    special = "type" if type else "somebody" if side or level else "anybody"
    row = table.get(f"who.{type}", table[f"who.{special}"])
    label = _label(dataset, Code("actor-type", type), language)
    rows = (table.get(f"side.{side}", {}), table.get(f"level.{level}", {}))
    there = "".join(row.get(language, "") for row in rows)
    return {"who": row[language].format(type=label) + there}


def _parts(dataset: Dataset, record: Record, language: str) -> dict[str, str]:
    """What a question can name: the record, those that it joins or is about, and its codes."""
    parts = {"record": record.label(language)}
    for name in ENDS:
        if isinstance(id := getattr(record, name, None), str):
            other = dataset.find(id)
            parts[name] = id if other is None else other.label(language)
    if isinstance(criterion := getattr(record, "criterion", None), Code):
        parts["criterion"] = _label(dataset, criterion, language)
    return parts


def _described(parts: Mapping[str, str], field: FieldInfo) -> str:
    """A question made of the description of a field, in English, as there is no other."""
    subject = parts["record"]
    if "source" in parts:
        subject = f"{parts['source']} – {parts['target']}"
    asked = field.doc.rstrip(".") or field.name
    return f"{subject}: {asked[:1].lower()}{asked[1:]}?"


def _label(dataset: Dataset, code: Code, language: str) -> str:
    vocabulary = dataset.model.catalog.vocabularies.get(code.scheme)
    concept = None if vocabulary is None else vocabulary.get(code.code)
    return code.code if concept is None else pick(concept.labels, language) or code.code
