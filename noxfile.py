"""Tests under every supported Python: ``nox``; one that is not installed here is skipped.

The documentation site, with what it needs, built and opened: ``nox -s docs``.
"""

from __future__ import annotations

from pathlib import Path

import nox

PYTHONS = ("3.11", "3.12", "3.13")
PLUGINS = sorted(path.parent for path in Path("plugins").glob("jmdi-*/pyproject.toml"))

nox.options.sessions = ["tests"]
nox.options.error_on_missing_interpreters = False


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """All tests, or those that are named after ``--``."""
    editable = [argument for path in PLUGINS for argument in ("-e", f"{path}[test]")]
    session.install("-e", ".[test]", *editable)
    session.run("pytest", "-q", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """The documentation site, opened; after ``--`` the arguments of tools/build_site.py."""
    editable = [argument for path in PLUGINS for argument in ("-e", str(path))]
    session.install("-e", ".[docs]", *editable)
    session.run("python", "tools/build_site.py", *(session.posargs or ["--open"]))
