"""The codes of a REFI-QDA codebook or project."""

from __future__ import annotations

from jmdi import Limits
from jmdi_knowledge.qda.drafts import Code, folded
from jmdi_knowledge.qda.xml import Element, children_kept, local
from jmdi_knowledge.reporting import Report

__all__ = ["codes_of"]

TRUTH = {"true": True, "1": True, "false": False, "0": False}
KNOWN = ("Description", "Code")


def codes_of(
    codebook: Element, report: Report, limits: Limits, *, broken: str = "Q101", twice: str = "Q110"
) -> list[Code]:
    """The codes, each parent before its children.

    Args:
        codebook: The element ``CodeBook``.
        report: Where problems go.
        limits: ``limits.depth`` bounds how deeply codes may be nested.
        broken: The problem code of codes that are nested too deeply.
        twice: The problem code of two codes with one GUID.

    Raises:
        FormatError: If they are nested too deeply.
    """
    tops = [child for codes in codebook if local(codes) == "Codes" for child in codes]
    found: list[Code] = []
    seen: set[str] = set()
    # A stack of its own: Python's is too small for what a hostile file nests.
    waiting: list[tuple[Element, str | None, int]] = [(one, None, 1) for one in reversed(tops)]
    while waiting:
        element, parent, depth = waiting.pop()
        if local(element) != "Code":
            continue
        if depth > limits.depth:
            raise report.fatal(broken, f"codes are nested more than {limits.depth} deep")
        code = _code(element, parent)
        if code.key in seen:
            report.add(twice, f"{code.name!r:.60} has the GUID {code.guid!r:.60} of another")
        else:
            seen.add(code.key)
            found.append(code)
        below = [child for child in element if local(child) == "Code"]
        waiting += [(child, code.key, depth + 1) for child in reversed(below)]
    return found


def _code(element: Element, parent: str | None) -> Code:
    attributes = dict(element.attrib)
    guid = attributes.pop("guid", "")
    name = attributes.pop("name", "")
    codable = attributes.pop("isCodable", None)
    colour = attributes.pop("color", None)
    extra: dict[str, object] = {}
    if attributes:
        extra["attributes"] = attributes
    if strange := children_kept(element, KNOWN):
        extra["elements"] = strange
    description = [child.text for child in element if local(child) == "Description"]
    return Code(
        key=folded(guid) or f"without GUID: {name}",
        name=name,
        guid=guid or None,
        parent=parent,
        codable=None if codable is None else TRUTH.get(codable.strip().lower()),
        colour=colour,
        description=description[0] if description else None,
        extra=extra,
    )
