"""What the tests share: a model with the plugin."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import jmdi

sys.path.insert(0, str(Path(__file__).resolve().parent))


@pytest.fixture(scope="session")
def model():
    import jmdi_knowledge

    return jmdi.Model.build([jmdi_knowledge.plugin])
