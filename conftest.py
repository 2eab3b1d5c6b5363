"""What the tests of the core and of all plugins share: drawn examples, and the quick ones.

``pytest -m quick tests`` runs those that take less than a minute together.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent
LONG = (
    "plugins",
    "tests/broken_plugins",
    "tests/cli/test_combining.py",
    "tests/cli/test_cures.py",
    "tests/cli/test_process.py",
    "tests/datasets/test_sample.py",
    "tests/template",
    "tests/test_doc",
    "tests/test_every",
    "tests/test_example",
    "tests/test_gallery.py",
    "tests/test_shared_cases.py",
    "tests/test_site.py",
    "tests/testing",
    "tests/typing",
)
"""What the paths of tests begin with that are not quick: those of plugins have their own folder."""

COMMON = settings(
    deadline=None,
    derandomize=True,  # the same examples in every run: no test passes or fails by luck
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("jmdi", COMMON, max_examples=25)
settings.register_profile("quick", COMMON, max_examples=5)


def pytest_configure(config: pytest.Config) -> None:
    """Draws fewer examples where only the quick tests are asked for."""
    settings.load_profile("quick" if config.option.markexpr == "quick" else "jmdi")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the quick tests."""
    long = tuple(str(ROOT / part) for part in LONG)
    for item in items:
        if item.get_closest_marker("slow") is None and not str(item.path).startswith(long):
            item.add_marker("quick")
