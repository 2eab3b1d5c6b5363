"""Sectors, their codes and their shares."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from decimal import Decimal

from jmdi import Code, Share
from jmdi_iati.meaning.aside import leave_aside
from jmdi_iati.meaning.codes import SECTOR_SCHEMES, coded
from jmdi_iati.meaning.draft import Draft, Stated
from jmdi_iati.meaning.places import is_whole
from jmdi_iati.standard.numbers import HUNDRED, percentage
from jmdi_iati.standard.words import text_of
from jmdi_iati.standard.xml import Element

__all__ = ["goal", "sector_of", "share_of", "shares_of"]


def sector_of(child: Element, draft: Draft) -> Stated | None:
    """A sector with its code and share as written; ``None``, reported, without a code."""
    leave_aside(child, draft)
    written = child.get("code", "").strip()
    vocabulary = (child.get("vocabulary") or "1").strip()
    if not written:
        draft.run.report.add("I309", "sector")
        return None
    scheme = SECTOR_SCHEMES.get(vocabulary)
    if scheme is None:
        scheme = f"iati-sector-{vocabulary}:{draft.publisher}"
    words = None
    if vocabulary in ("98", "99"):
        words = next(iter(text_of(child, draft.language).values()), None)
    found = coded(scheme, written, words) if words else goal(scheme, written)
    return Stated(found, vocabulary, child.get("percentage"))


def goal(scheme: str, written: str) -> Code:
    """A code; the letters of SDG targets are small, whatever was typed."""
    if scheme == "sdg-target" and written != written.lower():
        return coded(scheme, written.lower(), written)
    return coded(scheme, written)


def shares_of(sectors: Sequence[Stated], draft: Draft) -> tuple[Share, ...]:
    """The shares of sectors: of those that add up to 100 in their vocabulary.

    The standard gives the only sector of a vocabulary without percentage 100.
    """
    groups: dict[str, list[Stated]] = {}
    for one in sectors:
        groups.setdefault(one.vocabulary, []).append(one)
    found: list[Share] = []
    for group in groups.values():
        if len(group) == 1 and not group[0].percentage:
            found.append(share_of(group[0].code, Decimal(1)))
            continue
        stated = [percentage(one.percentage) if one.percentage else None for one in group]
        if is_whole(stated):
            found += [
                share_of(one.code, share / HUNDRED)
                for one, share in zip(group, stated, strict=True)
                if share is not None
            ]
        elif any(one.percentage for one in group):
            draft.run.report.add("I310", "sectors")
    return tuple(found)


@functools.lru_cache(maxsize=8192)
def share_of(code: Code, share: Decimal) -> Share:
    """A share of a code; one that occurs again is not made again."""
    return Share(code, share)
