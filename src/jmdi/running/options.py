"""Holds the options that an importer or exporter is given against those that it declares."""

from __future__ import annotations

from collections.abc import Mapping

from jmdi.errors import NotFound
from jmdi.plugins.specs import Exporter, Importer

__all__ = ["check_options"]


def check_options(spec: Importer | Exporter, options: Mapping[str, object]) -> None:
    """Refuses options that are not declared, and values that are none of their choices.

    Raises:
        NotFound: If there is no such option or choice; it names the near ones.
    """
    what = f"{type(spec).__name__.lower()} {spec.name!r}"
    known = {parameter.name: parameter for parameter in spec.options}
    for option, value in options.items():
        if option not in known:
            raise NotFound("option", option, known, of=what)
        choices = known[option].choices
        if choices and value not in choices:
            raise NotFound(option, str(value), map(str, choices), of=what)
