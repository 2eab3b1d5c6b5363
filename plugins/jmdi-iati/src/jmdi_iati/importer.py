"""Reads IATI from files, archives, folders and streams into records, one activity at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO

import attrs
from lxml import etree  # type: ignore[import-untyped]

from jmdi import Identifier, ImportContext, Initiative, Record, Source, make_id
from jmdi_iati.facets import Activity
from jmdi_iati.meaning.activity import fill, records, unique
from jmdi_iati.meaning.draft import Draft, Run
from jmdi_iati.meaning.money import currency_of
from jmdi_iati.meaning.organisation import read_organisation
from jmdi_iati.problems.report import Report
from jmdi_iati.reading.duplicates import Version, Waiting, repeated
from jmdi_iati.reading.parsing import ORGANISATION, Root, elements
from jmdi_iati.reading.progress import Progress
from jmdi_iati.reading.sources import Document, Unsafe, documents, seekable
from jmdi_iati.standard.upgrade import is_old, recode, version_of
from jmdi_iati.standard.words import XML_LANG, day, language

__all__ = ["EXTERNAL", "METHOD", "read"]

PARSER = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
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
    if context.catalog is None:
        raise TypeError("context.catalog is missing: read with jmdi.read or Model.read")
    run = Run(
        report,
        context.catalog.vocabularies,
        contacts=options.get("contacts") is True,
        results=options.get("results") is not False,
        money=options.get("money") is not False,
    )
    try:
        with seekable(stream, context.limits.size) as file:
            yield from _all_documents(file, run, context)
        yield from _referred(run)
    finally:
        for problem in report.problems():
            context.report(problem)


def _all_documents(stream: BinaryIO | None, run: Run, context: ImportContext) -> Iterator[Record]:
    """What the documents hold; activities that occur more than once come last."""
    start = 0 if stream is None else stream.tell()
    quiet = Progress(ImportContext())
    twice = repeated(documents(stream, context, Report(), quiet))
    if stream is not None:
        stream.seek(start)
    progress, report = Progress(context), run.report
    with contextlib.closing(Waiting(twice)) as waiting:
        for document in documents(stream, context, report, progress):
            report.file, report.activity, report.line = document.name, 0, None
            yield from _document(document, run, waiting, context, progress.read)
        for version in waiting:
            yield from _version(version, run)


def _document(
    document: Document,
    run: Run,
    waiting: Waiting,
    context: ImportContext,
    progress: Callable[[int], None],
) -> Iterator[Record]:
    root = Root()
    try:
        for element in elements(document.stream, root, run.report, context.limits, progress):
            if element.tag == ORGANISATION:
                yield from _organisation(element, root, document, run)
            else:
                yield from _activity(element, root, document, run, waiting)
    except Unsafe as error:
        run.report.add("I109", f"{document.name} ({error!s:.100})")
    if root.foreign:
        context.header.setdefault("iati:foreign", []).extend(root.foreign[:20])


def _activity(
    element: Any, root: Root, document: Document, run: Run, waiting: Waiting
) -> Sequence[Record]:
    parts = _Parts.of(element)
    parts.report(run)
    if parts.contacts and not run.contacts:
        for contact in parts.contacts:
            element.remove(contact)
    version = Version(
        etree.tostring(element, encoding="unicode", with_tail=False),
        element.get("last-updated-datetime"),
        root.version,
        root.rest,
        document.name,
        document.title,
        run.report.activity,
        run.report.line,
    )
    identifier = parts.identifier
    if identifier is not None and waiting.wants(identifier):
        _wait(identifier, version, run, waiting)
        return ()
    return _records(element, parts, version, run)


def _wait(identifier: str, version: Version, run: Run, waiting: Waiting) -> None:
    """Lets an activity wait, and says what another version of it there is."""
    found = waiting.put(identifier, version)
    if found is True:
        run.report.add("I202")
    elif found:
        kept, other = (one.updated or "no date" for one in found)
        run.report.add("I203", value=f"{identifier}, {kept} kept, not {other}")


def _version(version: Version, run: Run) -> Sequence[Record]:
    """An activity that has waited."""
    report = run.report
    report.file, report.activity, report.line = version.file, version.activity, version.line
    element = etree.fromstring(version.xml, PARSER)
    return _records(element, _Parts.of(element), version, run)


def _records(element: Any, parts: _Parts, version: Version, run: Run) -> Sequence[Record]:
    report = run.report
    identifier = parts.identifier
    id = make_id("initiative", "iati", identifier or version.xml)
    if _met(id, identifier, version, run):
        return ()
    standard, inferred = version_of(element, version.standard)
    if inferred:
        report.add("I111", standard)
    if is_old(standard):
        recode(element)
        parts = _Parts.of(element)
    draft = Draft(
        run,
        id,
        language(element.get(XML_LANG), "und"),
        currency_of(element.get("default-currency") or ""),
        _source(element, version.updated, version.title, report),
    )
    fill(parts.children, parts.reporting, draft)
    facet = Activity(
        version=standard,
        xml=version.xml,
        updated=version.updated,
        hierarchy=element.get("hierarchy"),
        humanitarian=_truth(element.get("humanitarian")),
        dates=draft.dates,
        codes=unique(draft.codes),
        root=version.root,
    )
    return records(draft, identifier, facet)


@attrs.frozen(slots=True)
class _Parts:
    """The children of an activity that are looked at, and those that are needed first."""

    children: list[Any]
    identifiers: list[Any]
    contacts: list[Any]
    reporting: Any | None

    @classmethod
    def of(cls, element: Any) -> _Parts:
        """Goes over the children once."""
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
        return cls(children, identifiers, contacts, reporting)

    @property
    def identifier(self) -> str | None:
        """The first identifier; ``None`` if it is missing or empty."""
        return (self.identifiers[0].text or "").strip() or None if self.identifiers else None

    def report(self, run: Run) -> None:
        """Says what is odd, once for each activity."""
        if self.contacts and not run.contacts:
            run.report.add("I205", times=len(self.contacts))
        if len(self.identifiers) > 1:
            run.report.add("I204")
        if self.identifier is None:
            run.report.add("I201")


def _met(id: str, identifier: str | None, version: Version, run: Run) -> bool:
    """Whether an activity was met before; the first stays, what differs is reported."""
    key, content = hash(id), hash(version.xml)
    before = run.activities.get(key)
    if before is None:
        run.activities.put(key, content)
        run.awaited.pop(id, None)
        return False
    if before == content:
        run.report.add("I202")
    else:
        run.report.add("I203", value=f"{identifier or id}, not {version.updated or 'no date'}")
    return True


def _source(element: Any, updated: str | None, title: str, report: Report) -> Source:
    dataset = None
    for name in element.keys():  # noqa: SIM118
        if name[0] == "{" and name.endswith("}dataset"):
            dataset = element.get(name)
    locator = f"activity {report.activity}"
    if report.line:
        locator += f", line {report.line}"
    date = day(updated[:10]).date if updated else None
    return Source(dataset or title, None, date, locator, None, METHOD)


def _truth(text: str | None) -> bool | None:
    return {"1": True, "true": True, "0": False, "false": False}.get((text or "").strip().lower())


def _organisation(element: Any, root: Root, document: Document, run: Run) -> Iterator[Record]:
    version, inferred = version_of(element, root.version)
    if inferred:
        run.report.add("I111", version)
    source = _source(element, element.get("last-updated-datetime"), document.title, run.report)
    draft = Draft(
        run,
        "",
        language(element.get(XML_LANG), "und"),
        currency_of(element.get("default-currency") or ""),
        source,
    )
    yield from read_organisation(element, version, draft)


def _referred(run: Run) -> Iterator[Record]:
    """Activities that others refer to and that were not met: only their identifier is known."""
    source = Source(method=EXTERNAL)
    for id, identifier in run.awaited.items():
        yield Initiative(
            id=id, identifiers=(Identifier("iati-identifier", identifier),), sources=(source,)
        )
