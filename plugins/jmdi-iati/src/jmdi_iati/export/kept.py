"""The XML that was kept of an activity or organisation, as 2.03 writes it."""

from __future__ import annotations

from collections import Counter

from lxml import etree  # type: ignore[import-untyped]

from jmdi import DataError, Problem
from jmdi_iati.export.tally import problem
from jmdi_iati.facets import Activity, Organisation
from jmdi_iati.standard.upgrade import is_old, upgrade
from jmdi_iati.standard.xml import SAFE, Element

__all__ = ["kept", "written"]

NAMES = {Activity: "iati-activity", Organisation: "iati-organisation"}


def kept(facet: Activity | Organisation) -> tuple[Element, Counter[str]]:
    """The element that a facet keeps, brought to 2.03, and what that leaves out.

    Comments are left out: an activity of which nothing changed is written as it was kept.

    Raises:
        DataError: If its XML is not well-formed, or is something else.
    """
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, **SAFE)
    try:
        element: Element = etree.fromstring((facet.xml or "").encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DataError([_damaged(str(error))]) from None
    if element.getroottree().docinfo.internalDTD is not None:
        raise DataError([_damaged("it declares a document type")])
    if element.tag != NAMES[type(facet)]:
        raise DataError([_damaged(f"it is {element.tag:.60}")])
    lost = upgrade(element) if is_old(facet.version or "2") else Counter[str]()
    etree.cleanup_namespaces(element)
    return element, lost


def written(facet: Activity | Organisation, element: Element, *, changed: bool = False) -> bytes:
    """What is written of an element: its text as it was kept, if nothing changed.

    Args:
        facet: What was kept.
        element: The element that `kept` made of it.
        changed: Whether it was changed since.
    """
    xml = facet.xml or ""
    if not changed and not is_old(facet.version or "2") and xml.startswith(f"<{element.tag}"):
        return xml.encode()
    data: bytes = etree.tostring(element, encoding="utf-8", with_tail=False)
    return data


def _damaged(what: str) -> Problem:
    return problem("I601", f"the XML that was kept of it is damaged: {what}")
