"""Groups that an Arabic "and" joins, which is written together with the number behind it."""

from __future__ import annotations

import pytest

from jmdi_workplan.audience import read_audience


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("350 عائدا و40 أسرة", [("عائدا", 350), ("أسرة", 40)]),
        ("٢٠ موظفا و ١٥ متطوعا", [("موظفا", 20), ("متطوعا", 15)]),
        ("500 شاب وشابة", [("شاب وشابة", 500)]),
    ],
)
def test_a_number_joined_to_and_begins_a_group(text, groups):
    found = read_audience(text, language="ar")
    assert [(one.who["ar"], one.size and one.size.value) for one in found] == groups
