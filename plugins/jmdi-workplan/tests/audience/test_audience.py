"""Audiences as people type them: who, how many, per what, and what kind of actor."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jmdi
from jmdi.model.values import Audience, Code, Quantity
from jmdi_workplan.audience import read_audience
from jmdi_workplan.words.pieces import BULLETS, MAX_LENGTH

ACTOR_TYPE = jmdi.Model.build([]).catalog.vocabularies["actor-type"]

# text: value, upper, unit, per, qualifier
SIZES = [
    (
        "40 local stakeholders per region (LGUs, CSOs)",
        40,
        None,
        "local stakeholders",
        "region",
        None,
    ),
    ("25 women returnees", 25, None, "women returnees", None, None),
    ("about 30-40 participants", 30, 40, "participants", None, "approximate"),
    ("between 30 and 40 participants", 30, 40, "participants", None, None),
    ("entre 30 y 40 jóvenes", 30, 40, "jóvenes", None, None),
    ("20 à 25 femmes par commune", 20, 25, "femmes", "municipality", None),
    ("los 12 alcaldes", 12, None, "alcaldes", None, None),
    ("Unos 30 jóvenes migrantes", 30, None, "jóvenes migrantes", None, "approximate"),
    ("une centaine de jeunes", 100, None, "jeunes", None, "approximate"),
    ("Une dizaine d’associations", 10, None, "associations", None, "approximate"),
    ("una docena de alcaldes", 12, None, "alcaldes", None, "approximate"),
    ("un centenar de familias", 100, None, "familias", None, "approximate"),
    ("a dozen mayors", 12, None, "mayors", None, "approximate"),
    ("2 representatives from each of the 5 LGUs", 2, None, "representatives", "lgu", None),
    ("2 représentants de chacune des 5 communes", 2, None, "représentants", "municipality", None),
    (
        "2 representantes de cada uno de los 5 municipios",
        2,
        None,
        "representantes",
        "municipality",
        None,
    ),
    ("two representatives per LGU", 2, None, "representatives", "lgu", None),
    ("Deux représentants par commune", 2, None, "représentants", "municipality", None),
    ("dos delegados por municipio", 2, None, "delegados", "municipality", None),
    ("10 par commune", 10, None, None, "municipality", None),
    ("up to 50 people per session", 50, None, "people", "session", "at_most"),
    ("au moins 20 femmes", 20, None, "femmes", None, "at_least"),
    ("al menos 15 mujeres por taller", 15, None, "mujeres", "workshop", "at_least"),
    ("50+ participants", 50, None, "participants", None, "at_least"),
    ("environ 1 500 migrants", 1500, None, "migrants", None, "approximate"),
    ("1,500 OFWs and their families", 1500, None, "OFWs", None, None),
    ("1.500 migrantes retornados", 1500, None, "migrantes retornados", None, None),
    ("1.5 million migrants", 1500000, None, "migrants", None, None),
    ("2 mil familias", 2000, None, "familias", None, None),
    ("٤٠ participants", 40, None, "participants", None, None),
    ("a total of 120 participants", 120, None, "participants", "total", None),
    ("40 participants in total", 40, None, "participants", "total", None),
    ("5 LGUs (2 representatives each)", 5, None, "LGUs", None, None),
    ("LGUs (5)", 5, None, None, None, None),
    ("Women: 25", 25, None, None, None, None),
    ("Participants: 40 (20 women, 20 men)", 40, None, None, None, None),
    ("60 (30 hommes et 30 femmes)", 60, None, None, None, None),
    ("25 (twenty-five) mayors", 25, None, "mayors", None, None),
    ("40 youth, of whom 20 are girls", 40, None, "youth", None, None),
    ("30 jeunes de 18 à 35 ans", 30, None, "jeunes", None, None),
    ("40", 40, None, None, None, None),
]


def typed(audience: Audience) -> str:
    """What was typed of a group: its name has no number, but the words of its size have."""
    size = audience.size
    if size is not None and size.value is not None:
        assert size.words is not None
        return size.words
    (words,) = audience.who.values()
    return words


@pytest.mark.parametrize(("text", "value", "upper", "unit", "per", "qualifier"), SIZES)
def test_size(
    text: str,
    value: int,
    upper: int | None,
    unit: str | None,
    per: str | None,
    qualifier: str | None,
) -> None:
    (audience,) = read_audience(text, language="en")
    assert audience.size == Quantity(
        value=Decimal(value),
        upper=upper if upper is None else Decimal(upper),
        unit=unit,
        per=per,
        qualifier=qualifier,
        words=text,
    )
    assert typed(audience) == text


@pytest.mark.parametrize(
    "text",
    [
        "Region 3 LGUs",
        "youth 18-35 years old",
        "jeunes de 18 à 35 ans",
        "COVID-19 affected families",
        "20% of women",
        "in 2015 women",
        "LGUs of Regions 1, 2 and 3",
        "Phase 2 municipalities",
        "SDG 10.7 focal points",
        "migrants since 2012",
        "people aged 60",
        "students of 3 years",
        "2nd generation migrants",
        "LGUs",
        "the mayor",
        "1. LGUs",
        "one woman",
    ],
)
def test_numbers_that_count_nobody(text: str) -> None:
    assert [a.size for a in read_audience(text)] == [None] * len(read_audience(text))


@pytest.mark.parametrize(
    ("text", "reason", "words", "unit"),
    [
        ("TBD", "to_be_determined", "TBD", None),
        ("À définir", "to_be_determined", "À définir", None),
        ("Participants (to be confirmed)", "to_be_determined", "to be confirmed", None),
        ("several municipalities", "not_stated", "several", "municipalities"),
        ("plusieurs communes", "not_stated", "plusieurs", "communes"),
        ("varias alcaldías", "not_stated", "varias", "alcaldías"),
        ("des centaines de jeunes", "not_stated", "des centaines de", "jeunes"),
    ],
)
def test_a_size_that_is_not_said(text: str, reason: str, words: str, unit: str | None) -> None:
    (audience,) = read_audience(text)
    assert audience.size == Quantity(reason=reason, words=words, unit=unit)


TYPES = [
    ("local councillors", "local_authority"),
    ("civil servants", "government"),
    ("recruitment agencies", "private_sector"),
    ("victims of trafficking", "migrants"),
    ("village chiefs", "community_members"),
    ("chefs de village", "community_members"),
    ("conseillers municipaux", "local_authority"),
    ("groupements de femmes", "civil_society"),
    ("candidats au départ", "migrants"),
    ("funcionarios municipales", "local_authority"),
    ("MIPYMES", "private_sector"),
    ("mesas técnicas", "multi_stakeholder_body"),
    ("encarregados de educação", "individuals"),
    ("vereadores", "local_authority"),
    ("المغتربون", "migrants"),
    ("أعضاء المجلس البلدي", "local_authority"),
    ("30 عائدا", "migrants"),
    ("LGUs", "local_authority"),
    ("40 LGU staff", "local_authority"),
    ("Municipalities of A, B and C", "local_authority"),
    ("Local government units (LGUs)", "local_authority"),
    ("Staff of the municipality", "local_authority"),
    ("Élus locaux", "local_authority"),
    ("mairies", "local_authority"),
    ("Collectivités territoriales", "local_authority"),
    ("los 12 alcaldes", "local_authority"),
    ("Gobiernos locales", "local_authority"),
    ("20 funcionarios de las alcaldías", "local_authority"),
    ("2 representatives from each of the 5 LGUs", "local_authority"),
    ("Ministry of Labour", "national_government"),
    ("cadres du ministère des affaires étrangères", "national_government"),
    ("Ministerio de Relaciones Exteriores", "national_government"),
    ("migrant associations", "migrant_association"),
    ("Associations de migrants", "migrant_association"),
    ("asociaciones de migrantes", "migrant_association"),
    ("diaspora organisations", "migrant_association"),
    ("15 members of the diaspora", "migrant_association"),
    ("International NGOs", "ingo"),
    ("ONG nacionales", "national_ngo"),
    ("University of A", "academia"),
    ("Universités et centres de recherche", "academia"),
    ("rural banks", "financial_institution"),
    ("cooperativas", "cooperative"),
    ("Trade unions", "trade_union"),
    ("Syndicats", "trade_union"),
    ("churches", "faith_based"),
    ("Cámaras de comercio", "private_sector"),
    ("UN agencies", "multilateral"),
    ("Regional Development Council members", "multi_stakeholder_body"),
    ("Social Security System", "other_public"),
    ("5 provinces", "local_authority"),
    ("National agencies", "national_government"),
    ("Prefeituras", "local_authority"),
    ("15 representantes das câmaras municipais", "local_authority"),
    ("associações de migrantes", "migrant_association"),
    ("ONGs nacionais", "national_ngo"),
    ("البلديات", "local_authority"),
    ("وزارة الداخلية", "national_government"),
    ("جمعيات المهاجرين", "migrant_association"),
    ("الجامعات", "academia"),
    # left open by the words
    ("mulheres e jovens", "individuals"),
    ("NGOs", "civil_society"),
    ("CSOs", "civil_society"),
    ("ONG et associations", "civil_society"),
    ("local stakeholders per region (LGUs, CSOs)", None),
    ("Municipalities and NGOs", None),
    ("Trade unions / churches", None),
    ("Residents of the municipality", "community_members"),
    ("migrants and organisations", None),
    ("10 women per municipality", "individuals"),
    ("10 par commune", None),
    ("jóvenes de los municipios", "individuals"),
    ("students in universities", "individuals"),
    ("Office of the Mayor", None),
    ("Returning migrants and their families", "individuals"),
    ("femmes migrantes", "migrants"),
    ("ménages des quartiers", "community_members"),
    ("farmers' cooperatives", "cooperative"),
    ("university students", "individuals"),
    ("youth centres", None),
    ("women's groups", None),
    ("migrants and municipalities", None),
    ("الشباب العائدين", "migrants"),
    ("الأسر", "community_members"),
    ("everyone", None),
]


@pytest.mark.parametrize(("text", "expected"), TYPES)
def test_type(text: str, expected: str | None) -> None:
    (audience,) = read_audience(text)
    assert (audience.type.code if audience.type else None) == expected
    if audience.type is not None:
        assert audience.type.scheme == ACTOR_TYPE.scheme
        assert ACTOR_TYPE.get(audience.type.code) is not None
        assert audience.type.words
        assert audience.type.words in text


LISTS = [
    (
        "Municipalities of A, B and C; migrant associations; 25 women returnees",
        ["Municipalities of A, B and C", "migrant associations", "25 women returnees"],
    ),
    ("LGUs, CSOs, migrant associations", ["LGUs", "CSOs", "migrant associations"]),
    ("• LGUs\n• CSOs\n- Banks", ["LGUs", "CSOs", "Banks"]),
    ("1. Banks\n2. Cooperatives", ["1. Banks", "2. Cooperatives"]),
    (
        "women, children and youth from Region III, VII and XI",
        ["women", "children and youth from Region III, VII and XI"],
    ),
    ("40 LGU staff and 25 women returnees", ["40 LGU staff", "25 women returnees"]),
    (
        "10 mayors and 10 leaders of migrant associations",
        ["10 mayors", "10 leaders of migrant associations"],
    ),
    ("10 maires; et 5 élus, 3 ONG & 2 banques", ["10 maires", "5 élus", "3 ONG", "2 banques"]),
    ("10 maires; plus de 20 femmes", ["10 maires", "plus de 20 femmes"]),
    ("10 mayors plus 20 women", ["10 mayors", "20 women"]),
    ("10 alcaldes; +40 jóvenes; e instituciones", ["10 alcaldes", "+40 jóvenes", "instituciones"]),
    ("and 10 mayors", ["and 10 mayors"]),
    ("LGUs é 40", ["LGUs", "é 40"]),
    ("LGUs; and/or NGOs", ["LGUs", "and/or NGOs"]),
    ("Associations de migrants, mairies, ONG", ["Associations de migrants", "mairies", "ONG"]),
    (
        "Migrantes retornados, sus familias y 10 alcaldías",
        ["Migrantes retornados", "sus familias", "10 alcaldías"],
    ),
    (
        "40 stakeholders (LGUs, CSOs; banks), migrants",
        ["40 stakeholders (LGUs, CSOs; banks)", "migrants"],
    ),
    ("1,500 women", ["1,500 women"]),
    ("البلديات، الجامعات", ["البلديات", "الجامعات"]),
    ("youth in Manila, Cebu", ["youth in Manila, Cebu"]),
    ("youth aged 18 to 35, 12 months abroad", ["youth aged 18 to 35, 12 months abroad"]),
    ("LGUs | CSOs", ["LGUs | CSOs"]),
    ("", []),
    (" \n ", []),
    ("-", ["-"]),
    ("*", ["*"]),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_lists(text: str, expected: list[str]) -> None:
    found = read_audience(text, language="fr")
    assert [typed(audience) for audience in found] == expected
    assert all(set(audience.who) == {"fr"} for audience in found)
    assert read_audience("\n".join(expected), language="fr") == found


NAMES = [  # text, names
    ("25 women returnees", ["women returnees"]),
    ("about 30-40 participants", ["participants"]),
    ("los 12 alcaldes", ["alcaldes"]),
    ("une centaine de jeunes", ["jeunes"]),
    ("Une dizaine d’associations", ["associations"]),
    ("40 participants in total", ["participants"]),
    ("a total of 120 participants", ["participants"]),
    ("20 à 25 femmes par commune", ["femmes"]),
    ("LGUs (5)", ["LGUs"]),
    ("Women: 25", ["Women"]),
    ("youth, 40 pax", ["youth"]),
    ("staff of 12 municipalities", ["staff of 12 municipalities"]),
    ("10 par commune", ["10 par commune"]),
    ("40 local stakeholders per region (LGUs, CSOs)", ["local stakeholders (LGUs, CSOs)"]),
    (
        "-40 local stakeholders per region: RDC members, LGUs, academe",
        ["local stakeholders", "RDC members", "LGUs", "academe"],
    ),
    ("40 stakeholders: 20 women, 20 men", ["stakeholders"]),
    ("30 returnees (12 women)", ["returnees"]),
    ("30 returnees (12 women) from Kolda", ["returnees from Kolda"]),
    ("25 staff (10 F, 15 M)", ["staff"]),
    ("60 participants (H : 30, F : 30)", ["participants"]),
    ("50 people (50% women)", ["people"]),
    ("40 youth, of whom 20 girls", ["youth"]),
    ("40 jeunes dont 20 filles", ["jeunes"]),
    ("200 familias, de las cuales 50 monoparentales", ["familias"]),
    ("30 regressados, sendo 12 mulheres", ["regressados"]),
    ("30 عائدا (منهم 12 امرأة)", ["عائدا"]),
    ("40 stakeholders (including mayors)", ["stakeholders (including mayors)"]),
    ("5 LGUs (2 representatives each)", ["LGUs (2 representatives each)"]),
    ("25 youth (15-24 years)", ["youth (15-24 years)"]),
    ("20 (vingt) femmes", ["femmes"]),
    ("local authorities such as mayors, councillors", None),
    ("élus locaux, notamment maires, conseillers", None),
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_the_number_is_not_part_of_the_name(text: str, names: list[str] | None) -> None:
    found = [jmdi.pick(audience.who) for audience in read_audience(text)]
    assert found == ([text] if names is None else names)


def test_a_whole_group() -> None:
    (audience,) = read_audience("les 12 maires")
    assert audience == Audience(
        who={"und": "maires"},
        type=Code("actor-type", "local_authority", "maires"),
        size=Quantity(Decimal(12), unit="maires", words="les 12 maires"),
    )


def test_a_text_that_is_too_long_is_kept_unread() -> None:
    text = "5 LGUs " * MAX_LENGTH
    (audience,) = read_audience(text)
    assert audience.who == {"und": text.strip()}
    assert audience.size is not None
    assert audience.size.reason == "unreadable"


@given(
    st.integers(1, 10**6),
    st.sampled_from(["participants", "femmes", "alcaldes", "local stakeholders"]),
    st.sampled_from(["per region", "par région", "por región", "in each region"]),
    st.sampled_from([",", ".", " ", "\xa0", ""]),
)
def test_a_rendered_size_reads_back(number: int, unit: str, per: str, mark: str) -> None:
    (audience,) = read_audience(f"{number:,}".replace(",", mark) + f" {unit} {per}")
    assert audience.size is not None
    assert (audience.size.value, audience.size.per) == (number, "region")
    assert audience.size.unit == unit


def test_the_joining_word_is_in_no_part_of_a_group() -> None:
    _, leaders = read_audience("10 mayors and 10 leaders of migrant associations")
    words = "10 leaders of migrant associations"
    assert leaders.size is not None
    assert (dict(leaders.who), leaders.size.words) == (
        {"und": "leaders of migrant associations"},
        words,
    )
    assert (leaders.size.value, leaders.size.unit) == (10, "leaders")


JOINING = re.compile(r"\b(?:and|et|y|e|plus)\b", re.IGNORECASE)


def between(text: str, found: tuple[Audience, ...]) -> list[str]:
    """What stands before, between and after the words of groups, joining words left out."""
    gaps, position = [], 0
    for audience in found:
        words = typed(audience)
        at = text.index(words, position)
        gaps.append(JOINING.sub("", text[position:at]) if position else text[:at])
        position = at + len(words)
    return [*gaps, text[position:]]


def assert_covers(text: str, found: tuple[Audience, ...]) -> None:
    """Words stand in the text in order; between them is only punctuation: blanks, marks, "and"."""
    marks = " \t\r\n;,|-–—*·._…:/\\\x0b\x0c\xa0&+" + BULLETS
    for gap in between(text, found):
        assert not gap.strip(marks)


BITS = st.sampled_from(
    [
        "40",
        "1,500",
        "LGUs",
        "women",
        "and",
        "y",
        "et",
        ",",
        ";",
        "\n",
        "•",
        "(",
        ")",
        "-",
        "per",
        "region",
        "par",
        "commune",
        "each",
        "of the",
        "une",
        "centaine",
        "de",
        "d'",
        "about",
        "+",
        "18-35",
        "years",
        "migrant associations",
        "Ministry",
        "TBD",
        "several",
        "two",
        "5%",
        ":",
        "total",
        "é",
        "/",
        "*",
        "a",
        "million",
    ]
)


@given(st.lists(BITS, max_size=25), st.sampled_from(["", " "]))
@settings(max_examples=400)
def test_any_mix_of_the_words_of_the_grammar(bits: list[str], joint: str) -> None:
    text = joint.join(bits)
    found = read_audience(text)
    assert_covers(text, found)
    for audience in found:
        if audience.size is not None:
            assert (audience.size.value is None) == (audience.size.reason is not None)


@given(st.text(max_size=200))
@settings(max_examples=300)
def test_any_text(text: str) -> None:
    gaps = between(text, read_audience(text))
    assert not [c for gap in gaps for c in gap if c.isalnum()]


@pytest.mark.parametrize(
    "unit", [", 5 ab", " y 5", "women, ", "(", "5 people from each of the ", "une centaine ", "1 "]
)
def test_hostile_repetition_is_read(unit: str) -> None:
    text = unit * (MAX_LENGTH // 4 // len(unit))
    assert_covers(text, read_audience(text))
