"""Fixtures and a marker for pytest; every pytest loads it, so it imports nothing heavy."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from jmdi.app import Model
    from jmdi.model.records import Record


QUICK = "JMDI_TESTING_QUICK"
"""The variable of the environment that says it to the suites."""

KEY = "jmdi/passed"
"""What the cache of pytest calls what passed."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option ``--jmdi-quick``."""
    about = "conformance of a jmdi plugin for each save: few samples, no process of its own"
    parser.addoption("--jmdi-quick", action="store_true", help=about)


def pytest_configure(config: pytest.Config) -> None:
    """Declares the marker, and says to the suites whether only what is fast is tried."""
    if config.getoption("jmdi_quick"):
        os.environ[QUICK] = "1"
        config.add_cleanup(lambda: os.environ.__delitem__(QUICK))
        config.pluginmanager.register(Quick(config), "jmdi-quick")
    marker = "jmdi_xfail(reason): a check of jmdi.testing that is known to fail, and must"
    config.addinivalue_line("markers", marker)


class Quick:
    """Tells the suites which check runs, and keeps on disk what it passed on."""

    def __init__(self, config: pytest.Config) -> None:
        self.cache = None if hasattr(config, "workerinput") else getattr(config, "cache", None)

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Says which check runs."""
        if self.cache is None or "jmdi.testing.suite" not in sys.modules:
            return
        from jmdi.testing import suite
        from jmdi.testing.unchanged import Memory

        suite.memory = suite.memory or Memory(self.cache.get(KEY, {}))
        suite.memory.begin(item.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keeps what a check passed on."""
        suite: Any = sys.modules.get("jmdi.testing.suite")
        if suite and suite.memory and report.when == "call" and report.passed:
            suite.memory.passed()

    def pytest_sessionfinish(self) -> None:
        """Writes it."""
        suite: Any = sys.modules.get("jmdi.testing.suite")
        if suite and suite.memory and self.cache is not None:
            self.cache.set(KEY, suite.memory.held)
            suite.memory = None


def pytest_itemcollected(item: pytest.Item) -> None:
    """Makes ``jmdi_xfail`` a strict ``xfail`` that has a reason.

    Raises:
        pytest.UsageError: If the reason is missing.
    """
    mark = item.get_closest_marker("jmdi_xfail")
    if mark is None:
        return
    reason = mark.kwargs.get("reason") or (mark.args[0] if mark.args else "")
    if not str(reason).strip():
        raise pytest.UsageError(f"{item.nodeid}: jmdi_xfail needs a reason")
    item.add_marker(pytest.mark.xfail(reason=reason, strict=True))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Teaches Hypothesis the kinds of jmdi where tests use both."""
    if "hypothesis" in sys.modules:
        from jmdi.testing.hypothesis_entry import register

        register()


@pytest.fixture(scope="session")
def core_model() -> Model:
    """The model of the core alone, whatever is installed."""
    import jmdi

    return jmdi.Model.build([])


@pytest.fixture
def plugin_model(request: pytest.FixtureRequest) -> Model:
    """The model of the core and the plugin that the test's class names as ``plugin``.

    Without a class, or without a plugin, it has all plugins that are installed.
    """
    import jmdi

    cls = request.cls
    plugin = getattr(cls, "plugin", None)
    if plugin is None:
        return jmdi.Model.build()
    return jmdi.Model.build([*getattr(cls, "extends", ()), plugin])


@pytest.fixture
def tmp_dataset(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Writes records to a file of their own: ``path = tmp_dataset(record, another)``.

    Without records it is the bundled data set. ``model=`` gives the model of their kinds.
    """

    def write(*records: Record, model: Any = None) -> Path:
        import jmdi

        number = len(list(tmp_path.glob("dataset-*.jsonl")))
        path = tmp_path / f"dataset-{number}.jsonl"
        if not records:
            path.write_bytes(jmdi.datasets.copy("jmdi", tmp_path / f"{number}")[0].read_bytes())
            return path
        chosen = model or jmdi.Model.build([])
        chosen.write(chosen.dataset(records), path)
        return path

    yield write
