"""What the plugin adds to jmdi."""

from __future__ import annotations

from collections.abc import Iterable

from jmdi import Exporter, Importer, ProblemCode, hookimpl

JMDI_API = 1


@hookimpl
def jmdi_importers() -> Iterable[Importer]:
    """Network files that can be read."""
    return []


@hookimpl
def jmdi_exporters() -> Iterable[Exporter]:
    """Network files that can be written."""
    return []


@hookimpl
def jmdi_problem_codes() -> Iterable[ProblemCode]:
    """What ``jmdi explain`` says of this plugin's codes."""
    from jmdi_networkfiles.codes import PROBLEM_CODES

    return PROBLEM_CODES
