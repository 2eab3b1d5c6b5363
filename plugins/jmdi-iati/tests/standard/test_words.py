"""Dates, numbers, references and names: examples and properties."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi_iati.meaning.identity import CATEGORIES, is_placeholder, reference
from jmdi_iati.standard.codelists import SCHEMES, codelist, vocabularies
from jmdi_iati.standard.dates import day
from jmdi_iati.standard.numbers import amount
from jmdi_iati.standard.words import clean, language


@given(st.text(max_size=30))
def test_anything_can_be_read(text):
    read = day(text)
    assert read.edtf is None or jmdi.Period(read.edtf).parsed() is not None
    figure, _ = amount(text)
    assert figure is None or figure.is_finite()
    assert reference(text).identifies in (True, False)
    assert is_placeholder(text) in (True, False)
    assert language(text, "und")
    assert clean(text) == clean(clean(text)) or "&" in text or "<" in text


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_days(date):
    for text in (date.isoformat(), f"{date}Z", f"{date}+08:00", f"{date}T12:00:00Z"):
        assert day(text).date == date


@given(st.decimals(-(10**9), 10**9, places=2))
def test_numbers(number):
    assert amount(format(number, "f"))[0] == number
    assert amount(f"{number:,}")[0] == number


@pytest.mark.parametrize(
    ("text", "kind", "scheme", "value"),
    [
        ("GB-COH-123", "registered", "GB-COH", "123"),
        ("be-bce_kbo-0421", "registered", "BE-BCE_KBO", "0421"),
        ("XM-DAC-41114", "registered", "XM-DAC", "41114"),
        ("41114", "legacy", "XM-DAC", "41114"),
        ("GB-2", "legacy", "iati-organisation-identifier", "GB-2"),
        ("XM-DAC-44000", "registered", "XM-DAC", "44000"),
        ("44000", "legacy", "XM-DAC", "44000"),
        ("22000", "category", "", "22000"),
        ("XM-DAC-63000", "category", "", "XM-DAC-63000"),
        ("99999", "placeholder", "", "99999"),
        ("nan", "placeholder", "", "nan"),
        ("no especificado", "placeholder", "", "no especificado"),
        ("SO", "malformed", "", "SO"),
        ("dapp mw", "malformed", "", "dapp mw"),
        ("GBCHC328206", "malformed", "", "GBCHC328206"),
        ("GB-COH-", "malformed", "", "GB-COH-"),
        ("XM-DAC-nan", "malformed", "", "XM-DAC-nan"),
        ("", "none", "", ""),
    ],
)
def test_references(text, kind, scheme, value):
    found = reference(text)
    assert (found.kind, found.scheme, found.value) == (kind, scheme, value)


def test_registered_publishers_identify():
    found = reference("US-GOV-11")
    assert (found.kind, found.scheme, found.country) == ("registered", "iati-publisher", "US")


@pytest.mark.parametrize(
    "name",
    [
        "Enterprise - Non United States Other",
        "Enterprise – Non United States Other",
        "Various",
        "NGO - United States Redacted",
        "University/Research Institute - Nepal Unknown",
        "Unspecified Vendors - Ghana",
        "Not specified",
        "nan",
        "[]",
        "N/A",
        "Other.",
        "NATIONAL NGOs",
        "Personal Services Contractors - USAID",
        "USAID redacted this field in accordance",
        "-",
        "ECU-VARIOS DONANTES",
        "Various donors",
        "Autres bailleurs",
    ],
)
def test_placeholders(name):
    assert is_placeholder(name)


@pytest.mark.parametrize(
    "name", ["Otherland Trust", "Government of Nepal", "Various Artists Foundation", "UN Women"]
)
def test_names(name):
    assert not is_placeholder(name)


def test_code_lists():
    assert codelist("Sector")["15190"].names.keys() >= {"en", "fr"}
    assert codelist("Country")["SN"].names["en"] == "Senegal"
    assert CATEGORIES - {"10000"} - codelist("CRSChannelCode").keys() == {"24000"}
    assert {v.scheme for v in vocabularies()} == set(SCHEMES)
    assert Decimal(len(codelist("UNSDG-Targets"))) == 169


def test_lists_extend_those_of_the_core(files):
    assert not files.model.catalog.problems
    assert files.model.catalog.vocabularies["iati-sector"].get("11110")
