"""IATI files made in memory, and a model that knows this plugin only."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import jmdi
from jmdi_iati import plugin

sys.path.insert(0, str(Path(__file__).parent))

SHARED = Path(__file__).parents[3].parent / "shared"
DATA = SHARED / "data"
REPORTING = (
    '<reporting-org ref="XM-DAC-41114" type="40"><narrative>Agency A</narrative></reporting-org>'
)


class Files:
    """Makes and reads IATI documents."""

    def __init__(self) -> None:
        self.model = jmdi.Model.build([plugin])

    @staticmethod
    def activity(*children: str, id: str = "XM-DAC-41114-1", attributes: str = "") -> str:
        more = f" {attributes}" if attributes else ""
        return (
            f'<iati-activity default-currency="USD" xml:lang="en"{more}>'
            f"<iati-identifier>{id}</iati-identifier>{REPORTING}{''.join(children)}"
            "</iati-activity>"
        )

    @classmethod
    def document(cls, *activities: str, version: str = '"2.03"') -> bytes:
        said = f" version={version}" if version else ""
        return f"<iati-activities{said}>{''.join(activities)}</iati-activities>".encode()

    def of(self, *children: str, version: str = '"2.03"', **more: Any) -> tuple[Any, list[str]]:
        """The Dataset of one activity with these children, and the codes of its problems."""
        return self.read(self.document(self.activity(*children), version=version), **more)

    def read(self, data: bytes, format: str = "iati:xml", **options: Any) -> tuple[Any, list[str]]:
        """The Dataset of a document, and the codes of its problems."""
        dataset = self.model.read(io.BytesIO(data), format=format, on_error="keep", **options)
        if dataset.unread:
            self.model.read(io.BytesIO(data), format=format, **options)
        problems = dataset.problems
        assert all(p.code in self.model.catalog.codes for p in problems)
        return dataset, [p.code.removeprefix("iati:") for p in problems]

    def write(self, dataset: Any, **options: Any) -> bytes:
        out = io.BytesIO()
        self.model.write(dataset, out, format="iati:activities", **options)
        return out.getvalue()


@pytest.fixture(scope="session")
def files() -> Files:
    return Files()


@pytest.fixture(scope="session")
def real() -> Callable[[str], bytes]:
    """Reads a published file; skips where there are none."""

    def read(name: str) -> bytes:
        path = DATA / name
        if not path.is_file():
            pytest.skip(f"no {name} beside the repository")
        return path.read_bytes()

    return read


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the repository; there may be none."""
    return SHARED


@pytest.fixture(scope="session")
def real_names() -> list[str]:
    folder = DATA / "iati"
    if not folder.is_dir():
        pytest.skip("no published files beside the repository")
    return sorted(path.name for path in folder.glob("*.xml"))
