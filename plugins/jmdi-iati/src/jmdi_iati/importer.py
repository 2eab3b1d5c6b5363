"""Reads IATI from files, archives, folders and streams into records, one activity at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from lxml import etree  # type: ignore[import-untyped]

from jmdi import Identifier, ImportContext, Initiative, Record, Source, make_id
from jmdi.plugins.context import FirstFew
from jmdi_iati.meaning.activity import fill
from jmdi_iati.meaning.draft import Draft, make_source
from jmdi_iati.meaning.initiative import facet_of, records
from jmdi_iati.meaning.organisation import read_organisation
from jmdi_iati.meaning.run import Run
from jmdi_iati.problems.report import Report
from jmdi_iati.reading.archives import Document, Unsafe
from jmdi_iati.reading.document import MOST_FOREIGN, ORGANISATION, Piece, Root
from jmdi_iati.reading.duplicates import (
    OF_ORGANISATION,
    Version,
    Waiting,
    identifier_of,
    published,
    repeated,
)
from jmdi_iati.reading.parsing import pieces
from jmdi_iati.reading.progress import Progress
from jmdi_iati.reading.several import elsewhere, key_of
from jmdi_iati.reading.sources import documents, seekable
from jmdi_iati.standard.dates import day
from jmdi_iati.standard.upgrade import is_old, recode, version_of
from jmdi_iati.standard.xml import SAFE, Element

__all__ = ["EXTERNAL", "METHOD", "read"]

PARSER = etree.XMLParser(recover=True, **SAFE)
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
    report = Report(file=context.name, few=FirstFew(context.limits, 0))
    if context.catalog is None:
        raise TypeError("context.catalog is missing: read with jmdi.read or Model.read")
    run = Run(
        report,
        context.catalog.vocabularies,
        contacts=options.get("contacts") is True,
        results=options.get("results") is not False,
        money=options.get("money") is not False,
        elsewhere=elsewhere(context),
    )
    try:
        with seekable(stream, context.limits.size) as file:
            yield from _all_documents(file, run, context)
        yield from _referred(run)
    finally:
        for problem in report.problems():
            context.report(problem)


def _all_documents(stream: BinaryIO | None, run: Run, context: ImportContext) -> Iterator[Record]:
    """What the documents hold; activities that occur more than once come last.

    The input is gone over twice: the first time only to see which identifiers occur twice.
    """
    start = 0 if stream is None else stream.tell()
    context.advance(0)
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
            yield from _waited(version, run)


def _document(
    document: Document,
    run: Run,
    waiting: Waiting,
    context: ImportContext,
    progress: Callable[[int], None],
) -> Iterator[Record]:
    root = Root()
    try:
        for piece in pieces(document.stream, root, run.report, context.limits, progress):
            yield from _read(piece, root, document, run, waiting)
    except Unsafe as error:
        run.report.add("I109", f"{document.name} ({error!s:.100})")
    if root.foreign:
        context.header.setdefault("iati:foreign", []).extend(root.foreign[:MOST_FOREIGN])


def _read(
    piece: Piece, root: Root, document: Document, run: Run, waiting: Waiting
) -> Sequence[Record]:
    """The records of an activity or organisation; none yet if other versions of it may follow."""
    report = run.report
    own = identifier_of(piece.element)
    version = published(piece, own, root, document, report, contacts=run.contacts)
    if own is None:
        return _records(piece.element, own, version, run)
    if run.elsewhere and (other := run.elsewhere.get(key_of(own))):
        name, same = other
        report.add("I202" if same else "I203", _kind(own), value=f"{own}, kept from {name}")
        return ()
    if not waiting.wants(own):
        return _records(piece.element, own, version, run)
    found = waiting.put(own, version)
    if found is True:
        report.add("I202", _kind(own))
    elif found:
        kept, left = (one.updated or "no date" for one in found)
        report.add("I203", _kind(own), value=f"{own}, {kept} kept, not {left}")
    return ()


def _waited(version: Version, run: Run) -> Sequence[Record]:
    """The records of an activity or organisation that has waited."""
    report = run.report
    report.file, report.activity, report.line = version.file, version.activity, version.line
    element = etree.fromstring(version.xml, PARSER)
    return _records(element, identifier_of(element), version, run)


def _records(element: Element, own: str | None, version: Version, run: Run) -> Sequence[Record]:
    """The records of an activity or organisation that this run has not met yet."""
    if element.tag == ORGANISATION:
        return _organisation(element, own, version, run)
    id = make_id("initiative", "iati", own or version.xml)
    if _met(id, own, version, run):
        return ()
    standard, inferred = version_of(element, version.standard)
    if inferred:
        run.report.add("I111", standard)
    if is_old(standard):
        recode(element)
    draft = Draft.of(element, id, _source(element, version.updated, version.title, run), run)
    fill(element, draft)
    facet = facet_of(element, draft, standard, version.xml, version.root)
    return records(draft, own, facet)


def _met(id: str, own: str | None, version: Version, run: Run) -> bool:
    """Whether an activity was met before; the first stays, what differs is reported."""
    key, content = hash(id), hash(version.xml)
    before = run.activities.get(key)
    if before is None:
        run.activities.put(key, content)
        run.awaited.pop(id, None)
    elif before == content:
        run.report.add("I202", _kind(own))
    else:
        run.report.add("I203", _kind(own), value=f"{own or id}, not {version.updated or 'no date'}")
    return before is not None


def _kind(own: str | None) -> str:
    """What an identifier is of, for the report."""
    return "an organisation" if (own or "").startswith(OF_ORGANISATION) else "an activity"


def _source(element: Element, updated: str | None, title: str, run: Run) -> Source:
    report = run.report
    # Datasets of d-portal and others say in an attribute of their own which file they took it from.
    copied = next((v for k, v in element.items() if k[0] == "{" and k.endswith("}dataset")), None)
    locator = f"activity {report.activity}"
    if report.line:
        locator += f", line {report.line}"
    date = day(updated[:10]).date if updated else None
    return make_source(title=copied or title, date=date, locator=locator, method=METHOD)


def _organisation(
    element: Element, own: str | None, version: Version, run: Run
) -> Sequence[Record]:
    if _met(make_id("actor", own or version.xml), own, version, run):
        return ()
    standard, inferred = version_of(element, version.standard)
    if inferred:
        run.report.add("I111", standard)
    source = _source(element, version.updated, version.title, run)
    draft = Draft.of(element, "", source, run)
    return list(read_organisation(element, version.xml, standard, draft, version.root))


def _referred(run: Run) -> Iterator[Record]:
    """Activities that others refer to and that were not met: only their identifier is known."""
    source = Source(method=EXTERNAL)
    for id, other in run.awaited.items():
        own = (Identifier("iati-identifier", other),)
        yield Initiative(id=id, identifiers=own, sources=(source,))
