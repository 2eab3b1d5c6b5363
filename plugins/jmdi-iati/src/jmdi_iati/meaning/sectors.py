"""Sectors, their codes and their shares."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from decimal import Decimal

from jmdi import Code, Share
from jmdi.model.constructors import unchecked
from jmdi_iati.meaning.aside import URI, leave_aside
from jmdi_iati.meaning.codes import SECTOR_SCHEMES, coded
from jmdi_iati.meaning.draft import Draft, Sectors, Stated
from jmdi_iati.meaning.places import is_whole
from jmdi_iati.standard.numbers import HUNDRED, percentage
from jmdi_iati.standard.words import text_of
from jmdi_iati.standard.xml import Element

__all__ = ["goal", "sector_of", "sectors_of", "share_of"]

ONE = Decimal(1)
make_share = unchecked(Share)


def sectors_of(stated: Iterable[Stated], draft: Draft) -> Sectors:
    """The shares of sectors; where percentages settle none, it is reported."""
    found = _sectors(tuple(stated))
    for _ in range(found.unclear):
        draft.run.report.add("I310", "sectors")
    return found


def sector_of(child: Element, draft: Draft) -> Stated | None:
    """A sector with its code and share as written; ``None``, reported, without a code."""
    written, vocabulary = child.get("code"), child.get("vocabulary")
    words = None
    if len(child) or child.get(URI):
        leave_aside(child, draft)
    if vocabulary is not None and vocabulary.strip() in ("98", "99"):
        words = next(iter(text_of(child, draft.language).values()), None)
    if not written or not written.strip():
        draft.run.report.add("I309", "sector")
        return None
    return _stated(written, vocabulary, child.get("percentage"), words, draft.publisher)


@functools.lru_cache(maxsize=8192)
def _stated(
    written: str, vocabulary: str | None, percentage: str | None, words: str | None, publisher: str
) -> Stated:
    """What a sector states; those that state the same are one object."""
    written, vocabulary = written.strip(), (vocabulary or "1").strip()
    scheme = SECTOR_SCHEMES.get(vocabulary) or f"iati-sector-{vocabulary}:{publisher}"
    found = coded(scheme, written, words) if words else goal(scheme, written)
    return Stated(found, vocabulary, percentage)


def goal(scheme: str, written: str) -> Code:
    """A code; the letters of SDG targets are small, whatever was typed."""
    if scheme == "sdg-target" and written != written.lower():
        return coded(scheme, written.lower(), written)
    return coded(scheme, written)


@functools.lru_cache(maxsize=8192)
def _sectors(stated: tuple[Stated, ...]) -> Sectors:
    """The shares of sectors: of those that add up to 100 in their vocabulary.

    The standard gives the only sector of a vocabulary without percentage 100.
    """
    groups: dict[str, list[int]] = {}
    for index, one in enumerate(stated):
        groups.setdefault(one.vocabulary, []).append(index)
    known: dict[int, Decimal] = {}
    unclear = 0
    for group in groups.values():
        if len(group) == 1 and not stated[group[0]].percentage:
            known[group[0]] = ONE
            continue
        written = [stated[index].percentage for index in group]
        figures = [percentage(figure) if figure else None for figure in written]
        if is_whole(figures):
            known |= {i: f / HUNDRED for i, f in zip(group, figures, strict=True) if f is not None}
        else:
            unclear += any(written)
    shares = tuple(share_of(stated[index].code, share) for index, share in known.items())
    each = tuple(map(known.get, range(len(stated))))
    return Sectors(stated, tuple(one.code for one in stated), shares, each, unclear)


def share_of(code: Code, share: Decimal) -> Share:
    """A share of a code."""
    return make_share(code=code, share=share)
