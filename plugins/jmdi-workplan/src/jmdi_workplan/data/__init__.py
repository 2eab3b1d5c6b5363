"""The small tables of this plugin."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

__all__ = ["table"]


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of one CSV file of this folder."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return tuple(MappingProxyType(dict(row)) for row in csv.DictReader(lines))
