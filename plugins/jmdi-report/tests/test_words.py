"""Every text is there in every language, with the same gaps; numbers and dates are localised."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jmdi import Money, Period
from jmdi_report import words
from jmdi_report.localised import Localised
from jmdi_report.payload import script_texts
from jmdi_report.scripts import joined_script
from jmdi_report.words import languages, texts_of

GAP = re.compile(r"\{\w+\}")


def test_the_five_languages_have_every_text_with_the_same_gaps():
    english = texts_of("en")
    assert list(languages()) == ["en", "fr", "es", "pt", "ar"]
    for code in languages():
        texts = texts_of(code)
        assert texts.keys() == english.keys()
        for key, text in texts.items():
            assert text.strip(), (code, key)
            assert sorted(GAP.findall(text)) == sorted(GAP.findall(english[key])), (code, key)


MADE = ("column.", "kind.", "layer.", "metric.", "one.", "section.", "table.")
"""Beginnings of keys that end with a name from the data, a metric or a section."""


def test_no_text_is_there_that_nothing_shows():
    folder = Path(words.__file__).parents[1]
    files = [file for end in ("py", "js", "html") for file in folder.rglob(f"*.{end}")]
    source = "\n".join(file.read_text("utf-8") for file in files)
    alone = [key for key in texts_of("en") if not key.startswith(MADE) and key != "language.name"]
    assert [key for key in alone if f'"{key}"' not in source and f"'{key}'" not in source] == []


def test_no_key_is_there_twice():
    keys = [row["key"] for row in words._rows("texts.csv")]
    assert len(keys) == len(set(keys))


def test_every_text_that_the_script_quotes_is_there():
    quoted = re.findall(r'words\.text\(\s*"([^"]+)"', joined_script())
    assert len(quoted) > 30 and set(quoted) <= script_texts("en", joined_script()).keys()
    assert "`" not in "".join(re.findall(r"words\.text\(\s*.", joined_script()))


@pytest.mark.parametrize(
    ("language", "edtf", "said"),
    [
        ("en", "2015-11?/2015-12?", "Nov 2015? – Dec 2015?"),
        ("en", "2016-33", "Q1 2016"),
        ("en", "2016-40", "Jan 2016 – Jun 2016"),
        ("fr", "2014-05-03/..", "3 mai 2014 – …"),
        ("en", "{2015-10-19,2015-10-21}", "19 Oct 2015, 21 Oct 2015"),
        ("es", "2013/2017", "2013 – 2017"),
        ("en", "2015-02-31", "2015-02-31"),
        ("en", "2015-06-10T10:00:00+02:00", "10 Jun 2015, 10:00"),
    ],
)
def test_dates(language, edtf, said):
    assert Localised(language).dates(edtf) == said


def test_a_period_without_a_date_says_what_was_typed():
    assert Localised("en").period(Period(words="after the election", reason="not_stated")) == (
        "after the election"
    )


def test_digits_of_arabic_are_chosen():
    assert Localised("ar").number(12345) == "12,345"
    assert Localised("ar", "arab").number(12345) == "١٢٬٣٤٥"
    assert Localised("fr", "arab").number(12345) == "12\u202f345"


@pytest.mark.parametrize(
    ("money", "said"),
    [
        (Money("1500", "EUR"), "1,500 EUR"),
        (Money("12000", "USD", upper="15000"), "12,000 – 15,000 USD"),
        (Money("18000", "EUR", qualifier="at_most"), "≤ 18,000 EUR"),
        (Money(reason="in_kind"), ""),
    ],
)
def test_money(money, said):
    assert Localised("en").money(money) == said
