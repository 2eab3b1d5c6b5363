"""What documents of JSON-LD share: names of records on the web, texts and dates."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from jmdi.files.safe_xml import legal
from jmdi.files.unwritable import texts_within
from jmdi.graph.dataset import Dataset
from jmdi.model.values import Period

__all__ = ["BASE", "day", "document", "iri", "name_of", "texts"]

BASE = "urn:jmdi:"
"""What stands before ids that are no addresses themselves."""

_ABSOLUTE = re.compile(r"(?:https?://|urn:)\S+\Z", re.IGNORECASE)
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?\Z")


def iri(id: str, base: str) -> str:
    """The name of a record on the web: its id, if that is an address, else after a base."""
    if _ABSOLUTE.match(id) and not re.search(r'[<>"{}|\\^`\x00-\x20]', id):
        return id
    return base + quote(id, safe="/:@-._~")


def name_of(dataset: Dataset, id: str, base: str) -> str:
    """The name of a record on the web: the first ``uri`` among its identifiers, else its `iri`."""
    record = dataset.find(id)
    own = [one.value for one in getattr(record, "identifiers", ()) if one.scheme == "uri"]
    return iri(own[0] if own and _ABSOLUTE.match(own[0]) else id, base)


def texts(text: Mapping[str, str]) -> list[dict[str, str]]:
    """A text by language; one whose language nobody said has none."""
    return [
        {"@value": words} if language == "und" else {"@value": words, "@language": language}
        for language, words in sorted(text.items())
    ]


def day(period: Period | None) -> str | None:
    """A date that is a day, month or year; ``None`` for any other, which has no such form."""
    edtf = None if period is None else period.edtf
    return edtf if edtf is not None and _DAY.match(edtf) else None


def document(context: Mapping[str, Any], nodes: Iterable[Mapping[str, Any]]) -> bytes:
    """A document of JSON-LD; members that say nothing are left out, the order is always the same.

    Args:
        context: Its prefixes.
        nodes: What it describes, each with its ``@id``.

    Raises:
        UnicodeEncodeError: If a text holds a character that RDF/XML cannot; see `legal`.
    """
    graph = [{k: v for k, v in node.items() if v not in (None, [], "")} for node in nodes]
    for _, text in texts_within(graph):
        legal(text)
    graph.sort(key=lambda node: str(node["@id"]))
    body = {"@context": dict(context), "@graph": graph}
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
