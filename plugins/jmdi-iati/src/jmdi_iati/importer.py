"""Reads IATI from files, archives, folders and streams into records, one activity at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO

import attrs
from lxml import etree  # type: ignore[import-untyped]

from jmdi import Identifier, ImportContext, Initiative, Record, Source
from jmdi_iati.activity import fill, records, unique
from jmdi_iati.draft import Draft, Run, id_of
from jmdi_iati.facets import Activity
from jmdi_iati.money import currency_of
from jmdi_iati.organisation import read_organisation
from jmdi_iati.parsing import ORGANISATION, Root, elements
from jmdi_iati.progress import Progress
from jmdi_iati.reporting import Report
from jmdi_iati.sources import Document, Unsafe, documents
from jmdi_iati.upgrade import is_old, recode, version_of
from jmdi_iati.words import XML_LANG, day, language

__all__ = ["EXTERNAL", "METHOD", "read"]

METHOD = "jmdi-iati"
EXTERNAL = "jmdi-iati; external: only referred to"
"""Method of the source of an initiative that is only referred to."""


def read(stream: BinaryIO | None, context: ImportContext) -> Iterator[Record]:
    """Reads IATI activities and organisations.

    Args:
        stream: An XML document, an archive or a compressed file; ``None`` to read the folder
            ``context.path``.
        context: Options ``contacts``, ``results`` and ``money``; where problems go.

    Yields:
        For each activity the territories and actors that are new, the initiative, and its
        relations; last the activities that are only referred to.
    """
    options = context.options
    report = Report(file=context.name)
    run = Run(
        report, contacts=options.get("contacts") is True,
        results=options.get("results") is not False, money=options.get("money") is not False,
    )  # fmt: skip
    progress = Progress(context)
    try:
        for document in documents(stream, context, report, progress):
            report.file, report.activity, report.line = document.name, 0, None
            yield from _document(document, run, context, progress.read)
        yield from _referred(run)
    finally:
        for problem in report.problems():
            context.report(problem)


def _document(
    document: Document, run: Run, context: ImportContext, progress: Callable[[int], None]
) -> Iterator[Record]:
    root = Root()
    try:
        for element in elements(document.stream, root, run.report, context.limits, progress):
            if element.tag == ORGANISATION:
                yield from _organisation(element, root, document, run)
            else:
                yield from _activity(element, root, document, run)
    except Unsafe as error:
        run.report.add("I109", f"{document.name} ({error!s:.100})")
    if root.foreign:
        context.header.setdefault("iati:foreign", []).extend(root.foreign[:20])


def _activity(element: Any, root: Root, document: Document, run: Run) -> Sequence[Record]:
    report = run.report
    parts = _Parts.of(element, run)
    published = etree.tostring(element, encoding="unicode", with_tail=False)
    identifier = parts.identifier
    id = id_of("initiative", "iati", identifier or published)
    updated = element.get("last-updated-datetime")
    if _met(id, identifier, published, updated, run):
        return ()
    version, inferred = version_of(element, root.version)
    if inferred:
        report.add("I111", version)
    if is_old(version):
        recode(element)
        parts = _Parts.of(element, run)
    draft = Draft(
        run, id, language(element.get(XML_LANG), "und"),
        currency_of(element.get("default-currency") or ""),
        _source(element, updated, document, report),
    )  # fmt: skip
    fill(parts.children, parts.reporting, draft)
    facet = Activity(
        version=version, xml=published, updated=updated, hierarchy=element.get("hierarchy"),
        humanitarian=_truth(element.get("humanitarian")), dates=draft.dates,
        codes=unique(draft.codes), root=root.rest,
    )  # fmt: skip
    return records(draft, identifier, facet)


@attrs.frozen(slots=True)
class _Parts:
    """The children of an activity that are looked at, and the two that are needed first."""

    children: list[Any]
    identifier: str | None
    reporting: Any | None

    @classmethod
    def of(cls, element: Any, run: Run) -> _Parts:
        """Goes over the children once; takes contact persons out unless they are asked for."""
        identifiers: list[Any] = []
        contacts: list[Any] = []
        reporting = None
        children = list(element)
        for child in children:
            tag = child.tag
            if tag == "reporting-org":
                reporting = child if reporting is None else reporting
            elif tag == "iati-identifier":
                identifiers.append(child)
            elif tag == "contact-info":
                contacts.append(child)
        if contacts and not run.contacts:
            for contact in contacts:
                element.remove(contact)
            run.report.add("I205", times=len(contacts))
        if len(identifiers) > 1:
            run.report.add("I204")
        words = (identifiers[0].text or "").strip() if identifiers else ""
        if not words:
            run.report.add("I201")
        return cls(children, words or None, reporting)


def _met(id: str, identifier: str | None, published: str, updated: str | None, run: Run) -> bool:
    """Whether an activity was met before; the first stays, what differs is reported."""
    key, content = hash(id), hash(published)
    before = run.activities.get(key)
    if before is None:
        run.activities.put(key, content)
        run.awaited.pop(id, None)
        return False
    if before == content:
        run.report.add("I202")
    else:
        run.report.add("I203", value=f"{identifier or id}, this one of {updated or 'no date'}")
    return True


def _source(element: Any, updated: str | None, document: Document, report: Report) -> Source:
    dataset = None
    for name in element.keys():  # noqa: SIM118
        if name[0] == "{" and name.endswith("}dataset"):
            dataset = element.get(name)
    locator = f"activity {report.activity}"
    if report.line:
        locator += f", line {report.line}"
    date = day(updated[:10]).date if updated else None
    return Source(dataset or document.title, None, date, locator, None, METHOD)


def _truth(text: str | None) -> bool | None:
    return {"1": True, "true": True, "0": False, "false": False}.get((text or "").strip().lower())


def _organisation(element: Any, root: Root, document: Document, run: Run) -> Iterator[Record]:
    version, inferred = version_of(element, root.version)
    if inferred:
        run.report.add("I111", version)
    source = _source(element, element.get("last-updated-datetime"), document, run.report)
    draft = Draft(
        run, "", language(element.get(XML_LANG), "und"),
        currency_of(element.get("default-currency") or ""), source,
    )  # fmt: skip
    yield from read_organisation(element, version, draft)


def _referred(run: Run) -> Iterator[Record]:
    """Activities that others refer to and that were not met: only their identifier is known."""
    source = Source(method=EXTERNAL)
    for id, identifier in run.awaited.items():
        yield Initiative(
            id=id, identifiers=(Identifier("iati-identifier", identifier),), sources=(source,)
        )
