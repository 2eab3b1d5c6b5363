"""Where countries are, to the degree: all that a map of discs needs."""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable, Mapping
from importlib import resources

__all__ = ["centres"]


@functools.cache
def _known() -> Mapping[str, tuple[float, float]]:
    file = resources.files("jmdi_report.layouts").joinpath("countries.csv")
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return {row["code"]: (float(row["longitude"]), float(row["latitude"])) for row in rows}


def centres(codes: Iterable[str | None]) -> list[tuple[float, float] | None]:
    """About the middle of each country, as longitude and latitude in degrees.

    Args:
        codes: ISO 3166-1 alpha-2 codes.

    Returns:
        What `territory` takes as ``centres``; ``None`` for what is no country.
    """
    return [_known().get(code) if code else None for code in codes]
