"""Codebooks of REFI-QDA, ``.qdc``: read in any of the three namespaces that tools write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from lxml import etree  # type: ignore[import-untyped]

from jmdi import ImportContext, Record, Theme, make_id, pick
from jmdi.files.safe_xml import first_element, legal
from jmdi_knowledge.codebooks.messages import MESSAGES
from jmdi_knowledge.codebooks.themes import below, exporter, guid_of, named_after
from jmdi_knowledge.origins import origin_of
from jmdi_knowledge.qda.drafts import folded
from jmdi_knowledge.qda.refi_codes import codes_of
from jmdi_knowledge.qda.xml import Element, ended, fragment, local, put_back
from jmdi_knowledge.reporting import Report

__all__ = ["CODE", "code_element", "read", "sniff", "write"]

NAMESPACE = "urn:QDA-XML:codebook:1.0"
"""The one that the schema has; NVivo for Mac writes another."""

CODE = ("guid", "name", "isCodable", "color")
"""The attributes of a code that fields hold."""

COLOUR = re.compile("#(?:[0-9a-fA-F]{3}){1,2}")


def sniff(head: bytes) -> bool | str:
    """Whether it is XML that begins with a codebook of REFI-QDA."""
    if first_element(head) != "CodeBook":
        return "no XML that begins with CodeBook"
    return b"QDA-XML" in head or "its XML is of another namespace"


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads the codes of a codebook as themes.

    Args:
        stream: The XML.
        context: Option ``codebook``; where problems go.

    Yields:
        The themes, each parent before its children.

    Raises:
        FormatError: If it is no codebook, or a hostile one.
    """
    report = Report(context, MESSAGES)
    root = _root(stream, context, report)
    name = context.options.get("codebook")
    codebook = name if isinstance(name, str) else named_after(context)
    sets = _sets(root)
    ids: dict[str, str] = {}
    paths: dict[str, str] = {}
    for code in codes_of(root, report, context.limits, broken="B101", twice="B109"):
        above = code.parent or ""
        paths[code.key] = f"{paths[above]} / {code.name}" if above in paths else code.name
        ids[code.key] = make_id("theme", "qda", code.key)
        extra = dict(code.extra)
        if member_of := sets.get(code.key):
            extra["sets"] = member_of
        yield Theme(
            id=ids[code.key],
            names={"und": code.name} if code.name else {},
            codebook=codebook,
            code=paths[code.key] or None,
            parent=ids.get(above),
            guid=code.guid,
            definition={"und": code.description} if code.description else {},
            codable=code.codable,
            colour=code.colour,
            sources=(origin_of(context, f"code {code.guid}"),),
            extra={"qda": extra} if extra else {},
        )
    report.close()


def _root(stream: BinaryIO, context: ImportContext, report: Report) -> Element:
    """The root of a codebook.

    Raises:
        FormatError: If it is none, or a hostile one.
    """
    events = ended(_Limited(stream, context), ("CodeBook",))
    root: Element | None = None
    try:
        for _, element in events:
            if element.getroottree().docinfo.internalDTD is not None:
                raise report.fatal("B110", "")
            if element.getparent() is None:
                root = element
        if root is not None:
            fragment(etree.tostring(root, encoding="unicode"))  # lxml fails at bytes of no text
    except (etree.XMLSyntaxError, ValueError) as error:
        raise report.fatal("B101", str(error)) from None
    if root is None:
        raise report.fatal("B101", "its XML has no CodeBook")
    for broken in [one for one in events.error_log if one.level_name != "WARNING"][:1]:
        raise report.fatal("B101", broken.message, place=f"line {broken.line}")
    return root


class _Limited:
    """A stream of no more bytes than the limits allow."""

    def __init__(self, stream: BinaryIO, context: ImportContext) -> None:
        self._stream = stream
        self._context = context
        self._left = context.limits.size

    def read(self, size: int) -> bytes:
        """The next bytes."""
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise self._context.beyond(f"has more than {self._context.limits.size:,} bytes", "size")
        return data


def _sets(root: Element) -> Mapping[str, list[dict[str, Any]]]:
    """The sets that each code is a member of."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in root.iter("{*}Set"):
        said = dict(one.attrib)
        for child in one:
            if local(child) == "Description" and child.text:
                said["description"] = child.text
        for child in one:
            if local(child) == "MemberCode":
                guid = child.get("guid") or child.get("targetGUID") or ""
                found.setdefault(folded(guid), []).append(said)
    return found


@exporter
def write(themes: list[Theme], stream: BinaryIO) -> None:
    """Writes themes as a codebook of REFI-QDA; of several languages the first is written.

    A further parent of a theme has no place in this format and is left out.
    """
    root = etree.Element(f"{{{NAMESPACE}}}CodeBook", nsmap={None: NAMESPACE}, origin="jmdi")
    root.append(codes_element(themes, NAMESPACE))
    if (sets := _sets_element(themes)) is not None:
        root.append(sets)
    etree.indent(root, " ")
    stream.write(etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def codes_element(
    themes: Iterable[Theme], namespace: str, guid: Callable[[str], str] | None = None
) -> Element:
    """The element ``Codes`` with all themes, each in its parent.

    Args:
        themes: The themes.
        namespace: That of the document.
        guid: Gives the GUID of a theme by its id; its own, else one made of its id, if not given.
    """
    every = list(themes)
    made: Element = etree.Element(f"{{{namespace}}}Codes")
    elements = {theme.id: code_element(theme, namespace, guid) for theme in every}
    children = below(every, elements)
    for theme in every:
        for child in children[theme.id]:
            elements[theme.id].append(elements[child.id])
    for theme in every:
        if elements[theme.id].getparent() is None:
            made.append(elements[theme.id])
    return made


def code_element(theme: Theme, namespace: str, guid: Callable[[str], str] | None = None) -> Element:
    """A theme as the element ``Code``, without its children."""
    kept = theme.extra.get("qda")
    kept = kept if isinstance(kept, Mapping) else {}
    attributes = {
        "guid": guid_of(theme.id, theme.guid) if guid is None else guid(theme.id),
        "name": pick(theme.names) or theme.code or theme.id,
        # A theme that says nothing can be coded to: only a folder cannot.
        "isCodable": "false" if theme.codable is False else "true",
    }
    if theme.colour is not None and COLOUR.fullmatch(theme.colour):
        attributes["color"] = theme.colour
    for name, value in kept.get("attributes", {}).items():
        attributes.setdefault(str(name), str(value))
    attributes = {name: legal(value) for name, value in attributes.items()}
    made: Element = etree.Element(f"{{{namespace}}}Code", attributes)
    if meaning := pick(theme.definition):
        said: Element = etree.SubElement(made, f"{{{namespace}}}Description")
        said.text = legal(meaning)
    put_back(made, kept.get("elements", ()))
    return made


def _sets_element(themes: Iterable[Theme]) -> Element | None:
    """The sets that codes were members of."""
    found: dict[str, Element] = {}
    for theme in themes:
        kept = theme.extra.get("qda")
        for one in kept.get("sets", ()) if isinstance(kept, Mapping) else ():
            said = {name: legal(str(value)) for name, value in one.items()}
            meaning = said.pop("description", None)
            guid = str(said.get("guid", ""))
            if guid not in found:
                made: Element = etree.Element(f"{{{NAMESPACE}}}Set", said)
                if meaning:
                    etree.SubElement(made, f"{{{NAMESPACE}}}Description").text = meaning
                found[guid] = made
            member = {"guid": guid_of(theme.id, theme.guid)}
            etree.SubElement(found[guid], f"{{{NAMESPACE}}}MemberCode", member)
    if not found:
        return None
    sets: Element = etree.Element(f"{{{NAMESPACE}}}Sets")
    for one in found.values():
        sets.append(one)
    return sets
