"""What the tests share: a model with the plugin, and short ways to write and read workbooks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import jmdi

sys.path.insert(0, str(Path(__file__).resolve().parent))


@pytest.fixture(scope="session")
def model():
    import jmdi_scaling
    import jmdi_workbook

    return jmdi.Model.build([jmdi_scaling.plugin, jmdi_workbook.plugin])
