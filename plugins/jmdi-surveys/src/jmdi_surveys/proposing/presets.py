"""Presets: mappings whose columns list the headers and hashtags that they are known by."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import attrs

from jmdi import NotFound
from jmdi.files.mapping import TableMapping, mapping_of, read_mapping
from jmdi.files.mapping.rules import DROP, EXTRA
from jmdi_surveys.codes import refused

__all__ = ["KOBO", "PRESETS", "actor_types", "preset"]

KOBO = "kobo"
"""All tables of an export of Kobo or ODK, each by the preset that fits it best."""

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
        raise NotFound("preset", name, (KOBO, *PRESETS), cure="or give a mapping in a TOML file")
    rules = read_mapping(name)
    if rules.tables or not rules.records:
        message = "is no preset: it is of several tables, or says no kind of record"
        cure = "give a mapping of one table, with kind or records"
        raise refused("S1", message, name, cure)
    if len(rules.records) > 1:
        return rules
    (record,) = rules.records
    columns = {
        header: attrs.evolve(rule, to=tuple(_whole(path, record) for path in rule.to))
        for header, rule in rules.columns.items()
    }
    return attrs.evolve(rules, columns=columns)


def _whole(path: str, record: str) -> str:
    """A path with the name of the only record."""
    return path if path.partition(".")[0] in (record, DROP, EXTRA) else f"{record}.{path}"


@cache
def actor_types() -> dict[str, str]:
    """Codes of types of actors by the words that tables use for them."""
    text = resources.files("jmdi_surveys").joinpath("presets", "actor_types.toml")
    return dict(tomllib.loads(text.read_text("utf-8")))
