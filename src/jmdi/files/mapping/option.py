"""The option of importers that read tables by a mapping."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jmdi.plugins.signatures import Parameter

__all__ = ["MAPPING"]

MAPPING = Parameter(
    "mapping",
    "what the columns of any table mean: a TOML file, or the same as a dict",
    type=str | Path | Mapping[str, Any] | None,
)
