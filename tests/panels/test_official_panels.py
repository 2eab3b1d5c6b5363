"""Panels of the official plugins: in five languages, small, and whole on the bundled data."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs
import pytest

import jmdi
from jmdi.datasets import load
from jmdi.metrics.result import Result
from jmdi.panels import Link
from jmdi.running.showing import shown
from jmdi.words.tables import LANGUAGES

ROOT = Path(__file__).parents[2]
TABLES = sorted(ROOT.glob("plugins/*/src/*/panels/words.csv"))
PANELS = tuple(jmdi.default_model().catalog.panels.values())
MOST = 60
"""Most rows of any panel."""

THREE = ("iati-", "jmdi-clusters")
"""Vocabularies of others that come in fewer languages; so do pillars and clusters."""


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.parts[-3])
def test_texts_are_in_five_languages_with_the_same_places(table):
    with table.open(encoding="utf-8") as lines:
        rows = [*csv.DictReader(lines)]
    assert [*rows[0]] == ["key", *LANGUAGES]
    for row in rows:
        places = {tuple(sorted(_places(row[language]))) for language in LANGUAGES}
        assert all(row[language] for language in LANGUAGES) and len(places) == 1, row["key"]
    keys = [row["key"] for row in rows]
    assert len(keys) == len(set(keys))
    used = "".join(path.read_text(encoding="utf-8") for path in table.parent.glob("*.py"))
    assert [key for key in keys if f'"{key}"' not in used] == []


def _places(text):
    return [part.partition("}")[0] for part in text.split("{")[1:]]


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.name)
def test_titles_are_in_five_languages(panel):
    assert set(panel.title) == set(LANGUAGES)


@pytest.fixture(scope="module", params=["sample", "jmdi"])
def made(request):
    dataset = load(request.param)
    return dataset, {one.panel.name: one for one in shown(dataset)}


def test_panels_do_not_fail(made):
    _, panels = made
    assert {name: one.why for name, one in panels.items() if one.why} == {}


def test_notes_and_labels_are_in_five_languages(made):
    dataset, panels = made
    known = {frozenset(t.items()) for record in dataset for t in _mappings(record)}
    vocabularies = dataset.model.catalog.vocabularies.items()
    for scheme, vocabulary in vocabularies:
        if scheme.startswith(THREE):
            known |= {frozenset(c.labels.items()) for c in vocabulary.concepts}
    for name, one in panels.items():
        assert set(one.body.note) == set(LANGUAGES), name
        for text in _mappings(one.body):
            fine = set(text) >= set(LANGUAGES) or frozenset(text.items()) in known
            assert fine, (name, dict(text))


def test_panels_are_small(made):
    _, panels = made
    for name, one in panels.items():
        for field in ("rows", "columns", "levels", "steps", "lines", "cards"):
            assert len(getattr(one.body, field, ())) <= MOST, name


def _mappings(thing):
    """The texts by language in a body or a record; names of linked records are data."""
    if isinstance(thing, (str, Link, Result)):
        return
    if isinstance(thing, Mapping):
        yield thing
    elif attrs.has(type(thing)):
        for field in attrs.fields(type(thing)):
            yield from _mappings(getattr(thing, field.name))
    elif isinstance(thing, Iterable):
        for item in thing:
            yield from _mappings(item)
