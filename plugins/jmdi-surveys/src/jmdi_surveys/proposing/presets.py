"""Presets: mappings whose columns list the headers and hashtags that they are known by."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from jmdi import NotFound
from jmdi.files.mapping import TableMapping, mapping_of, read_mapping

__all__ = ["PRESETS", "actor_types", "preset"]

PRESETS = ("survey", "roster", "activities", "members", "3w")
"""The presets of the plugin, by their names; any mapping in a file of yours can be one, too."""


@cache
def _own(name: str) -> TableMapping:
    text = resources.files("jmdi_surveys").joinpath("presets", f"{name}.toml").read_text("utf-8")
    return mapping_of(tomllib.loads(text), None)


def preset(name: str) -> TableMapping:
    """A preset of a name, or in a file.

    Raises:
        NotFound: If there is neither.
        FormatError: If the file is no mapping.
    """
    if name in PRESETS:
        return _own(name)
    if not name.endswith(".toml"):
        raise NotFound("preset", name, PRESETS, cure="or give a mapping in a TOML file")
    return read_mapping(name)


@cache
def actor_types() -> dict[str, str]:
    """Codes of types of actors by the words that tables use for them."""
    text = resources.files("jmdi_surveys").joinpath("presets", "actor_types.toml")
    return dict(tomllib.loads(text.read_text("utf-8")))
