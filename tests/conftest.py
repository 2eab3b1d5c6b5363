"""What all tests share: models built without installed plugins, and the example plugins."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

SUPPORT = Path(__file__).parent / "support"
sys.path.insert(0, str(SUPPORT))


@pytest.fixture(scope="session")
def core():
    """The model of the core alone."""
    import jmdi

    return jmdi.Model.build([])


@pytest.fixture(scope="session")
def chain():
    """Models with each subset of the plugins alpha and beta, where beta extends alpha."""
    import alpha
    import beta

    import jmdi

    subsets = {"none": [], "alpha": [alpha], "both": [alpha, beta]}
    return {name: jmdi.Model.build(plugins) for name, plugins in subsets.items()}
