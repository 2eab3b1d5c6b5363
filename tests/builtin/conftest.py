import pytest

from jmdi.plugins.catalog import Catalog
from jmdi.plugins.loader import build_catalog


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The core without any plugin."""
    return build_catalog([])
