"""Activities that several inputs have: of which input each is read is decided beforehand.

Inputs that are read together are read one by one, maybe by several processes. The rule that
decides between versions in one input decides between inputs too, so that neither their order nor
the number of processes changes what is read.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from jmdi import FormatError, ImportContext
from jmdi.files.paths import open_input
from jmdi_iati.problems.report import Report
from jmdi_iati.reading.archives import Document, Unsafe
from jmdi_iati.reading.document import Root
from jmdi_iati.reading.duplicates import Rank, identifier_of, identifiers, published, rank_of
from jmdi_iati.reading.parsing import pieces
from jmdi_iati.reading.progress import Progress
from jmdi_iati.reading.seen import Seen
from jmdi_iati.reading.sources import documents

__all__ = ["Elsewhere", "elsewhere", "key_of", "survey"]


@attrs.frozen(slots=True)
class Elsewhere:
    """What is read from other inputs.

    Attributes:
        kept: For each input, by the keys of activities, the input that they are read from, and
            whether it has the same content.
    """

    kept: Mapping[str, Mapping[bytes, tuple[str, bool]]]


def key_of(identifier: str) -> bytes:
    """A short key for an identifier, the same in all processes."""
    return hashlib.blake2b(identifier.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def elsewhere(context: ImportContext) -> Mapping[bytes, tuple[str, bool]]:
    """What is not read from an input because another has the version that is kept."""
    found = context.survey
    if not isinstance(found, Elsewhere) or context.path is None:
        return {}
    return found.kept.get(context.path, {})


def survey(paths: Sequence[str], context: ImportContext) -> Elsewhere | None:
    """Which activities several of these inputs have, and from which each is read.

    What cannot be read is passed over here: it is reported when its input is read.

    Args:
        paths: Files and folders.
        context: Options and limits.
    """
    shared, having = _shared(paths, context)
    if not shared:
        return None
    best: dict[str, tuple[Rank, str]] = {}
    ranks: dict[str, dict[str, Rank]] = {}
    for path in having:
        own = ranks[path] = {}
        for identifier, rank in _ranked(path, shared, context):
            own[identifier] = max(own.get(identifier, rank), rank)
        for identifier, rank in own.items():
            known = best.get(identifier)
            # The same content is read from the input of the first name.
            if known is None or rank > known[0] or (rank == known[0] and path < known[1]):
                best[identifier] = (rank, path)
    return Elsewhere(
        {
            path: {
                key_of(identifier): (best[identifier][1], rank == best[identifier][0])
                for identifier, rank in own.items()
                if best[identifier][1] != path
            }
            for path, own in ranks.items()
        }
    )


def _shared(paths: Sequence[str], context: ImportContext) -> tuple[set[int], list[str]]:
    """Hashes of the identifiers that several inputs have, and the inputs that have any of them."""
    each = list(dict.fromkeys(paths))
    first, shared, having = Seen(values=True), set(), set()
    for place, path in enumerate(each):
        for identifier in identifiers(_documents(path, context)):
            number = hash(identifier)
            before = first.get(number)
            if before is None:
                first.put(number, place)
            elif before != place:
                shared.add(number)
                having |= {before, place}
    return shared, [each[place] for place in sorted(having)]


def _ranked(
    path: str, shared: Container[int], context: ImportContext
) -> Iterator[tuple[str, Rank]]:
    """The identifiers of an input that are among those shared, and how each version ranks."""
    contacts = context.options.get("contacts") is True
    for document in _documents(path, context):
        root, report = Root(), Report()
        with contextlib.suppress(Unsafe):
            for piece in pieces(document.stream, root, report, context.limits, lambda _: None):
                own = identifier_of(piece.element)
                if own is not None and hash(own) in shared:
                    version = published(piece, own, root, document, report, contacts=contacts)
                    yield own, rank_of(version)


def _documents(path: str, context: ImportContext) -> Iterator[Document]:
    """The documents of an input, without what cannot be read."""
    quiet = attrs.evolve(context, name=path, path=path, progress=None)
    with contextlib.suppress(FormatError, OSError):
        if Path(path).is_dir():
            yield from documents(None, quiet, Report(), Progress(quiet))
        else:
            with open_input(Path(path), limit=context.limits.size) as stream:
                yield from documents(stream, quiet, Report(), Progress(quiet))
