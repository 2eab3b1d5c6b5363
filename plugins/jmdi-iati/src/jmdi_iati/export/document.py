"""A document of version 2.03, an activity or organisation on each line."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import BinaryIO

from lxml import etree  # type: ignore[import-untyped]

from jmdi.files.safe_xml import legal
from jmdi_iati.facets import Activity, Organisation
from jmdi_iati.standard.upgrade import NEWEST
from jmdi_iati.standard.xml import new

__all__ = ["document", "root_of"]


ROOT = ("generated-datetime", "linked-data-default")
"""Attributes of the root that 2.03 has, besides the version."""


def root_of(facets: Iterable[Activity | Organisation]) -> dict[str, str]:
    """Attributes of the root: those that all activities or organisations were read with."""
    roots = [facet.root for facet in facets]
    shared = {}
    for name in ROOT:
        values = {root.get(name) for root in roots}
        if len(values) == 1 and (value := values.pop()) is not None:
            shared[name] = legal(value)
    return shared


@contextlib.contextmanager
def document(
    tag: str, attributes: Mapping[str, str], stream: BinaryIO
) -> Iterator[Callable[[bytes], None]]:
    """Writes a document; yields what takes the bytes of each element.

    Args:
        tag: The name of its root.
        attributes: Attributes of the root besides the version.
        stream: Where it goes.
    """
    root = new(tag, "\n", version=NEWEST, **attributes)
    whole: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    head, end, tail = whole.rpartition(b"</")
    stream.write(head)

    def put(element: bytes) -> None:
        stream.write(element + b"\n")

    yield put
    stream.write(end + tail)
