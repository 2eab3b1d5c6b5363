"""Holds the options that an importer or exporter is given against those that it declares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jmdi.errors import NotFound
from jmdi.plugins.specs import Exporter, Importer
from jmdi.running.binding import fitting

__all__ = ["checked_options"]


def checked_options(spec: Importer | Exporter, options: Mapping[str, object]) -> dict[str, Any]:
    """The options as it takes them; the defaults of others are its own.

    Raises:
        NotFound: If there is no such option; it names the near ones.
        BadParameter: If a value is not of the type of its option, or none of its choices.
    """
    what = f"{type(spec).__name__.lower()} {spec.name!r}"
    known = {parameter.name: parameter for parameter in spec.options}
    for option in options:
        if option not in known:
            raise NotFound("option", option, known, of=what)
    return {option: fitting(what, known[option], value) for option, value in options.items()}
