"""What the tests share: a model with the plugin, and short ways to write records."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import jmdi

sys.path.insert(0, str(Path(__file__).resolve().parent))


@pytest.fixture(scope="session")
def model():
    import jmdi_scaling

    return jmdi.Model.build([jmdi_scaling.plugin])


@pytest.fixture
def measure(model):
    def run(records, name, **parameters):
        return model.dataset(records).metric(f"scaling:{name}", **parameters)

    return run
