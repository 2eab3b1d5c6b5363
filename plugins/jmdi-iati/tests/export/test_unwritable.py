"""What XML cannot hold is refused: it would be lost in silence."""

from __future__ import annotations

import io

import pytest

import jmdi


@pytest.mark.parametrize("character", ["\x00", "\x02", "\ud800", "\uffff"])
def test_a_text_that_xml_cannot_hold_is_refused_with_its_place(character):
    dataset = jmdi.dataset([jmdi.Initiative(id="i", names={"en": f"Wells{character}"})])
    with pytest.raises(jmdi.DataError) as caught:
        dataset.model.write(dataset, io.BytesIO(), format="iati:activities")
    (problem,) = caught.value.problems
    assert (problem.code, problem.where.record, problem.path) == ("J208", "i", "/names/en")
    assert problem.cure
