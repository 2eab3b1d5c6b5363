"""Other Python libraries that read IATI files, each where it is installed.

Each reads a whole file of activities to what its documentation offers for it. What that is
differs, and each function says what: objects, dicts, rows, or no more than elements.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import io
import json
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

Read = Callable[[Path], object]


def iatikit_six(path: Path) -> None:
    """Identifier, titles, descriptions, start, end and humanitarian flag of each activity."""
    import iatikit  # type: ignore[import-not-found]

    for one in iatikit.Dataset(str(path)).activities:
        _ = (one.id, one.title, one.description, one.start, one.end, one.humanitarian)


def iatikit_all(path: Path) -> list[tuple[Any, ...]]:
    """Every property of an activity, and all that it has none for.

    iatikit has none for organisations, transactions, budgets, places: a user takes these from
    ``activity.etree``, here as the tag, text and attributes of each element. Left out is
    ``sector``, which needs code lists that iatikit downloads; it is among the elements too.
    """
    import iatikit

    return [
        (
            one.id,
            one.title,
            one.description,
            one.location,
            one.humanitarian,
            one.planned_start,
            one.actual_start,
            one.start,
            one.planned_end,
            one.actual_end,
            one.end,
            elements(one.etree),
        )
        for one in iatikit.Dataset(str(path)).activities
    ]


def elements(root: Any) -> list[tuple[str, str | None, dict[str, str]]]:
    """Tag, text and attributes of each element below an lxml element."""
    return [(each.tag, each.text, dict(each.attrib)) for each in root.iter("*")]


def diterator(path: Path) -> list[Any]:
    """Every property of an activity and of the objects in it.

    These are participating organisations, identifiers, dates, countries, regions, locations,
    sectors, tags, markers, transactions and related activities; there is no property for
    budgets, results, documents and contacts. Left out are the same items once more by type or
    vocabulary, and two properties of locations, which raise TypeError in 0.9.
    """
    from diterator import XMLIterator  # type: ignore[import-not-found]

    logging.getLogger("diterator").setLevel(logging.ERROR)
    return [properties(activity) for activity in XMLIterator(str(path))]


@functools.cache
def named(cls: type) -> tuple[str, ...]:
    """The properties of a wrapper of diterator that give something new."""
    names = [name for name in dir(cls) if isinstance(getattr(cls, name), property)]
    raising = ("location_ids", "administratives")
    return tuple(name for name in names if "_by_" not in name and name not in raising)


def properties(value: Any) -> Any:
    """What a wrapper of diterator holds, and the wrappers in it."""
    if isinstance(value, list):
        return [properties(each) for each in value]
    if hasattr(value, "get_nodes"):
        kind: Any = type(value)
        return {name: properties(getattr(value, name)) for name in named(kind)}
    return value


def okfn_iati(path: Path) -> None:
    """All that ``IatiMultiCsvConverter`` extracts, as a CSV file for each kind of element.

    Its objects are for writing: the way from XML to them leads through these files.
    """
    from okfn_iati import IatiMultiCsvConverter  # type: ignore[import-not-found]

    converter = IatiMultiCsvConverter()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        if not converter.xml_to_csv_folder(str(path), folder):
            raise SystemExit(f"okfn-iati: {converter.latest_errors}")


def iati2json(path: Path) -> Any:
    """The dicts and lists that its JSON, made in Rust, becomes."""
    import iati2json as converter  # type: ignore[import-not-found]

    return json.loads(converter.convert(str(path)))


def pyiati(path: Path) -> list[Any]:
    """A ``Dataset``, and the elements of its tree: it has no objects for activities.

    pyIATI pins lxml 4.2.4 and PyYAML 3.13, which current Pythons do not build. It runs with
    newer ones, installed by ``pip install --no-deps pyiati`` and beside them chardet 3.0.4,
    jsonschema 2.6.0 and semantic_version 2.6.0.
    """
    import iati  # type: ignore[import-not-found]

    return elements(iati.Dataset(path.read_bytes()).xml_tree.getroot())


READERS: dict[str, tuple[str, Read]] = {
    "iatikit, six fields": ("iatikit", iatikit_six),
    "iatikit, all": ("iatikit", iatikit_all),
    "diterator, all properties": ("diterator", diterator),
    "okfn-iati, to CSV files": ("okfn_iati", okfn_iati),
    "iati2json, to dicts": ("iati2json", iati2json),
    "pyIATI, elements": ("iati", pyiati),
}
"""For each reader what it imports and the function that reads a file."""


def peers() -> dict[str, Read]:
    """The readers whose library is installed."""
    return {
        name: read for name, (module, read) in READERS.items() if importlib.util.find_spec(module)
    }
