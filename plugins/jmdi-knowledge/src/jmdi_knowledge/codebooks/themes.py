"""The themes of a codebook: which are written, in which order, and who lies within whom."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import BinaryIO, Protocol

from jmdi import DataError, Dataset, ImportContext, Problem, Severity, Theme, Where
from jmdi.model.wellknown import CLUSTERS, CODEBOOK
from jmdi_knowledge.origins import title_of

__all__ = ["below", "chosen", "exporter", "guid_of", "named_after", "within_each_other"]

NAMESPACE = uuid.UUID("6f0c3a52-2d3f-5e41-9a43-6a6d64690000")
"""What GUIDs are made in of records that have none: the same record, the same GUID."""


def chosen(dataset: Dataset, codebook: str | None) -> list[Theme]:
    """The themes of a Dataset, or of one of its codebooks, each parent before its children.

    The clusters of the programme are always there.

    Args:
        dataset: The records.
        codebook: Name of a codebook; all if not given.

    Raises:
        DataError: If there are none.
    """
    every = list(dataset.of(Theme))
    wanted = [theme for theme in every if codebook is None or theme.codebook == codebook]
    if not wanted and codebook == CODEBOOK:
        wanted = list(CLUSTERS)
    if not wanted:
        names = ", ".join(sorted({theme.codebook or "without a name" for theme in every}))
        cure = f"there is {names}" if names else f"codebook={CODEBOOK} writes the seven clusters"
        what = f"there is no theme{'' if codebook is None else f' of the codebook {codebook!r}'}"
        raise DataError([Problem("knowledge:B107", Severity.ERROR, what, Where(), cure=cure)])
    ids = {theme.id for theme in wanted}
    children = below(wanted, ids)
    ordered: dict[str, Theme] = {}
    waiting = [theme for theme in reversed(wanted) if theme.parent not in ids]
    while waiting:
        theme = waiting.pop()
        if theme.id not in ordered:
            ordered[theme.id] = theme
            waiting += reversed(children.get(theme.id, ()))
    return [*ordered.values(), *(theme for theme in wanted if theme.id not in ordered)]


class Export(Protocol):
    """An exporter of codebooks."""

    def __call__(self, dataset: Dataset, stream: BinaryIO, *, codebook: str | None = None) -> None:
        """Writes the themes that are chosen."""
        ...


ARGUMENTS = """

    Args:
        dataset: The records.
        stream: Where the bytes go.
        codebook: Name of the codebook; all if not given, ``jmdi-clusters`` for the seven
            clusters of the programme.

    Raises:
        DataError: If there is no theme, or one says what the format cannot hold.
    """


def exporter(write: Callable[[list[Theme], BinaryIO], None]) -> Export:
    """Makes an exporter of what writes themes: one that chooses them from a Dataset."""

    def export(dataset: Dataset, stream: BinaryIO, *, codebook: str | None = None) -> None:
        write(chosen(dataset, codebook), stream)

    export.__doc__ = (write.__doc__ or "").rstrip() + ARGUMENTS
    for name in ("__module__", "__name__", "__qualname__"):
        setattr(export, name, getattr(write, name))
    return export


def below(themes: Iterable[Theme], ids: Iterable[str]) -> Mapping[str, Sequence[Theme]]:
    """The themes directly below each of these ids."""
    found: dict[str, list[Theme]] = {id: [] for id in ids}
    for theme in themes:
        if theme.parent in found and theme.parent is not None:
            found[theme.parent].append(theme)
    return found


def within_each_other(parents: Mapping[str, Sequence[str]]) -> set[str]:
    """The codes that lie within each other, by the parents of each; in linear time."""
    left = {code: set(above) & parents.keys() for code, above in parents.items()}
    for _ in range(2):  # first what has no parent left, then what has no child left
        inverse: dict[str, list[str]] = {code: [] for code in left}
        for code, above in left.items():
            for one in above:
                inverse[one].append(code)
        ready = [code for code, above in left.items() if not above]
        while ready:
            done = ready.pop()
            del left[done]
            for one in inverse[done]:
                left[one].discard(done)
                if not left[one]:
                    ready.append(one)
        left = {code: {one for one in inverse[code] if one in left} for code in left}
    return set(left)


def guid_of(record_id: str, guid: str | None = None) -> str:
    """The GUID of a record, made of its id where it has none."""
    return guid or str(uuid.uuid5(NAMESPACE, record_id))


def named_after(context: ImportContext) -> str:
    """The name of a codebook whose file does not say it: the file's, without endings."""
    return title_of(context).partition(".")[0]
