"""Eight invented countries, with codes that ISO 3166 leaves to users, their regions and towns."""

from __future__ import annotations

from collections.abc import Iterator

from jmdi import Code, Record, Territory, code
from sample.common import SOURCES

__all__ = ["COUNTRIES", "REGIONS", "TOWNS", "name_of", "territories"]

COUNTRIES: dict[str, dict[str, str]] = {
    "XA": {"en": "Amaria", "fr": "Amarie"},
    "XB": {"ar": "بحرية", "en": "Bahria"},
    "XC": {"en": "Corvalia", "es": "Corvalia"},
    "XD": {"ar": "دارة", "en": "Dara"},
    "XE": {"en": "Estrela", "pt": "Estrela"},
    "XF": {"en": "Felden"},
    "XG": {"en": "Grandal", "fr": "Grandal"},
    "XH": {"en": "Harmonia"},
}
"""Names by code: XA to XD are countries of origin, XE to XH of destination."""

_REGIONS = {
    "XA": "Upper Amaria|Lower Amaria",
    "XB": "الساحل|الواحات",
    "XC": "Corva Alta|Corva Baja",
    "XD": "النهر|الجبل",
    "XE": "Northern Estrela|Southern Estrela",
    "XF": "Feldmark|Seefelden",
    "XG": "Grand Nord|Grand Sud",
    "XH": "East Harmonia|West Harmonia",
}
_TOWNS = {
    "XA": "Loma-sur-Ama|Tessou|Kandara|Old Mill",
    "XB": "عين الورد|مرسى النور|واحة السلام|بئر الزيتون",
    "XC": "Villa Corva|Santa Lira|Puerto Manso|Las Tres Cruces",
    "XD": "تل القمر|جسر الرمان|باب الريح|نبع الصخر",
    "XE": "Vila Nova da Estrela|Pedra Alta|São Lino|Ribeira Clara",
    "XF": "Altfelden|Brückhaven|Linden am See|Kornmark",
    "XG": "Beauval|Port-Grandal|Montclair|Les Tilleuls",
    "XH": "Harmony Bay|Westbrook|Fairmead|Stonebridge",
}
ARABIC = ("XB", "XD")

REGIONS = {c: [f"territory/{c.lower()}-{r}" for r in (1, 2)] for c in COUNTRIES}
"""The regions of each country, by id."""

TOWNS = {c: [f"{region}-{t}" for region in REGIONS[c] for t in (1, 2)] for c in COUNTRIES}
"""The towns of each country, by id, two in each region."""


def name_of(territory: str) -> dict[str, str]:
    """The names of a region or town."""
    country = territory.partition("/")[2][:2].upper()
    for ids, names in ((REGIONS[country], _REGIONS), (TOWNS[country], _TOWNS)):
        if territory in ids:
            language = "ar" if country in ARABIC else "en"
            return {language: names[country].split("|")[ids.index(territory)]}
    return COUNTRIES[country]


def territories() -> Iterator[Record]:
    """The countries, two regions in each, and two towns in each region."""
    for country, names in COUNTRIES.items():
        home = f"territory/{country.lower()}"
        yield Territory(
            id=home,
            names=names,
            code=Code("iso-3166-1", country),
            country=country,
            level=code("governance-level", "national"),
            sources=SOURCES,
        )
        for region in REGIONS[country]:
            yield _part(region, country, home, "first_admin")
        for town in TOWNS[country]:
            yield _part(town, country, town.rpartition("-")[0], "local")


def _part(id: str, country: str, within: str, level: str) -> Territory:
    return Territory(
        id=id,
        names=name_of(id),
        country=country,
        level=code("governance-level", level),
        within=within,
        sources=SOURCES,
    )
