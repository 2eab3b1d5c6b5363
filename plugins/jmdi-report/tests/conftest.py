"""What the tests share."""

from __future__ import annotations

import pytest

import jmdi


@pytest.fixture(scope="session")
def model():
    import jmdi_report

    return jmdi.Model.build([jmdi_report.plugin])
