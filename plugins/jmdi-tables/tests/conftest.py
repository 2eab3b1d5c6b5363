from __future__ import annotations

import sys
from pathlib import Path

import pytest

import jmdi
import jmdi_tables

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The bundled data set of that name as open tables, and in memory."""
    folder = tmp_path_factory.mktemp("tables") / "sample.parquet"
    jmdi.write(jmdi.datasets.load("sample"), folder)
    with jmdi_tables.open(folder) as tables:
        yield tables, jmdi.read(folder)
