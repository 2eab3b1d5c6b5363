"""The rules for recipients and locations: shares, countries, gazetteers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from iati_helpers import only, transaction

import jmdi
from jmdi_iati.facets import Location


def country(code, share=None):
    said = "" if share is None else f' percentage="{share}"'
    return f'<recipient-country code="{code}"{said}/>'


def region(code, share=None, vocabulary=None):
    said = "" if share is None else f' percentage="{share}"'
    said += "" if vocabulary is None else f' vocabulary="{vocabulary}"'
    return f'<recipient-region code="{code}"{said}/>'


def shares(files, *children):
    """Shares as percentages, and the codes of problems."""
    dataset, codes = files.of(*children)
    found = [place.share for place in only(dataset, jmdi.Initiative).places]
    return [None if share is None else int(share * 100) for share in found], codes


@pytest.mark.parametrize(
    ("children", "right"),
    [
        ([country("SN", 60), country("TN", 40)], [60, 40]),
        ([country("SN", 60), region(298, 40)], [60, 40]),
        ([country("SN", 60), region(298, 40, "1 ")], [60, 40]),
        # Regions of another vocabulary divide the whole once more: alone or with the countries.
        ([country("SV", 60), country("HN", 40), region("013", 100, "2")], [60, 40, 100]),
        ([country("SV", 60), region(489, 40), region("013", 100, "2")], [60, 40, 100]),
        ([country("SV", 60), region(489, 40), region("013", 40, "2")], [60, 40, 40]),
        # The only recipient has all, whatever it is.
        ([country("SN")], [100]),
        ([country("SN", "")], [100]),
        ([region(298)], [100]),
        ([region("A", None, "99")], [100]),
        ([country("XYZ")], [100]),
    ],
)
def test_shares_that_are_settled(files, children, right):
    found, codes = shares(files, *children)
    assert found == right
    assert not {"I310", "I314"} & set(codes)


@pytest.mark.parametrize(
    ("children", "right"),
    [
        ([country("SN", 60), country("TN", 60)], [None, None]),
        ([country("SN", 60), country("TN")], [None, None]),
        ([country("SN", 150), country("TN", -50)], [None, None]),
        ([country("SN", 50)], [None]),
        ([country("SV", 60), country("HN", 40), region("013", 70, "2")], [60, 40, None]),
        ([country("SV"), region("013", 100, "2")], [None, 100]),
    ],
)
def test_shares_that_do_not_add_up_are_reported(files, children, right):
    found, codes = shares(files, *children)
    assert found == right
    assert "I310" in codes


def test_shares_that_nobody_states_are_unknown_and_no_mistake(files):
    found, codes = shares(files, country("SN"), country("TN"))
    assert found == [None, None]
    assert "I310" not in codes


def test_the_default_holds_only_if_no_transaction_names_another_recipient(files):
    def paid(*recipients):
        return transaction("3").replace("</transaction>", "".join(recipients) + "</transaction>")

    found, codes = shares(files, country("SN"), paid(country("TN")))
    assert found == [None]
    assert "I314" in codes
    assert shares(files, country("XK"), paid(country("ks")))[0] == [100]
    assert shares(files, region(298), paid(region(298, None, "1")))[0] == [100]
    assert shares(files, region(298), paid(region(298, None, "2")))[0] == [None]


@given(st.permutations([("SN", 50), ("TN", 30), ("MA", 20)]), st.data())
def test_shares_do_not_depend_on_order(files, countries, data):
    other = [region("013", 100, "2"), *(country(code, share) for code, share in countries)]
    found, _ = shares(files, *data.draw(st.permutations(other)))
    assert sorted(found) == [20, 30, 50, 100]


def test_locations(files):
    dataset, _ = files.of(
        '<location><location-id vocabulary="G1" code="2253354"/><name><narrative>Dakar</narrative>'
        '</name><administrative vocabulary="A4" level="0" code="SN"/>'
        "<point><pos>14.69 -17.44</pos></point></location>"
        "<location><point><pos>40.70917 43.82833N</pos></point></location>"
    )
    first, second = dataset.of(jmdi.Territory)
    assert first.code == jmdi.code("geonames", "2253354")
    assert first.country == "SN"
    assert first.facet(Location).longitude == Decimal("-17.44")
    assert second.facet(Location).latitude is None
    assert second.facet(Location).point == "40.70917 43.82833N"


@pytest.mark.parametrize("code", ["SV", "sv ", "SLV"])
def test_a_location_with_the_code_of_a_country_is_not_the_country(files, code):
    office = (
        f'<location><location-id vocabulary="A4" code="{code}"/>'
        "<name><narrative>Office {}</narrative></name></location>"
    )
    first = files.activity(country("HN"), office.format("A"), office.format("B"), id="A-1")
    second = files.activity(country("SV"), id="A-2")
    dataset, _ = files.read(files.document(first, second))
    found = {t.label(): t for t in dataset.of(jmdi.Territory)}
    assert found.keys() == {"Honduras", "Office A", "Office B", "El Salvador"}
    assert found["El Salvador"].code == jmdi.code("iso-3166-1", "SV")
    assert found["Office A"].code is None
    assert found["Office A"].country == (None if code == "SLV" else "SV")


def test_other_names_of_a_place_are_claims(files):
    place = (
        '<location><location-id vocabulary="G1" code="1"/><name><narrative>{}</narrative></name>'
        "</location>"
    )
    dataset, codes = files.of(*(place.format(name) for name in ("Town", "Town", "The Town")))
    (territory,) = dataset.of(jmdi.Territory)
    (claim,) = dataset.of(jmdi.Claim)
    assert (claim.about, claim.value) == (territory.id, '"The Town"')
    assert "I315" in codes
