"""Who takes part: public bodies, associations and others, one of them under two names."""

from __future__ import annotations

from collections.abc import Iterator

from jmdi import Actor, Identifier, code
from sample.common import SOURCES
from sample.places import ARABIC, COUNTRIES, REGIONS, TOWNS, name_of

__all__ = ["ACTORS", "IN_COUNTRY", "LOCAL", "TWICE", "actors"]

_OTHERS = (
    ("national_ngo", "Open Doors {}", "أبواب مفتوحة {}"),
    ("national_ngo", "Rural Women of {}", "نساء الريف في {}"),
    ("migrant_association", "People of {} Abroad", "أبناء {} في الخارج"),
    ("migrant_association", "Return and Start Anew {}", "العودة والبداية {}"),
    ("academia", "University of {}", "جامعة {}"),
    ("cooperative", "Savings Cooperative of {}", "تعاونية الادخار في {}"),
    ("private_sector", "Crafts and Trade {}", "حرف وتجارة {}"),
    ("multilateral", "Joint Office for {}", "المكتب المشترك في {}"),
)
"""Type and names of the other actors of each country."""

TWICE = ("actor/xe-other-3", "actor/xe-other-3-bis")
"""One organisation that two sources name differently; its register number is the same."""


def actors() -> Iterator[Actor]:
    """Fifteen actors of each country; of two the type is not known, of one the territory."""
    yield from ACTORS.values()


def _of(country: str) -> Iterator[Actor]:
    low, words = country.lower(), COUNTRIES[country]
    arabic = country in ARABIC
    yield _actor(
        f"actor/{low}-ministry",
        {
            "en": f"Ministry of Migration of {words['en']}",
            **({"ar": f"وزارة الهجرة في {words['ar']}"} if arabic else {}),
        },
        "national_government",
        "national",
        country,
        f"territory/{low}",
    )
    for k, region in enumerate(REGIONS[country], start=1):
        name = _named(name_of(region), "Region of {}", "إقليم {}")
        yield _actor(
            f"actor/{low}-region-{k}", name, "local_authority", "first_admin", country, region
        )
    for k, town in enumerate(TOWNS[country], start=1):
        name = _named(name_of(town), "Town of {}", "بلدية {}")
        yield _actor(f"actor/{low}-town-{k}", name, "local_authority", "local", country, town)
    for k, (type_, english, in_arabic) in enumerate(_OTHERS, start=1):
        name = {"ar": in_arabic.format(words["ar"])} if arabic else {}
        if k % 2 or not arabic:
            name["en"] = english.format(words["en"])
        level = "national" if k % 2 else "local"
        yield _actor(f"actor/{low}-other-{k}", name, type_, level, country, TOWNS[country][k % 4])


def _named(names: dict[str, str], latin: str, arabic: str) -> dict[str, str]:
    return {
        language: (arabic if language == "ar" else latin).format(name)
        for language, name in names.items()
    }


def _actor(
    id: str, names: dict[str, str], type_: str, level: str, country: str, territory: str
) -> Actor:
    known = id not in ("actor/xg-other-7", "actor/xd-other-8")
    return Actor(
        id=id,
        names=names,
        type=code("actor-type", type_) if known else None,
        level=code("governance-level", level),
        country=country,
        territory=territory if id != "actor/xh-other-6" else None,
        identifiers=(Identifier("XE-REG", "2013-0417"),) if id == TWICE[0] else (),
        sources=SOURCES,
    )


ACTORS: dict[str, Actor] = {a.id: a for c in COUNTRIES for a in _of(c)}
ACTORS[TWICE[1]] = Actor(
    id=TWICE[1],
    names={"pt": "Estrelenses no Mundo", "en": "Estrelans in the World"},
    type=code("actor-type", "migrant_association"),
    country="XE",
    territory=TOWNS["XE"][3],
    identifiers=(Identifier("XE-REG", "2013-0417"),),
    sources=SOURCES,
)

IN_COUNTRY = {c: [a.id for a in ACTORS.values() if a.country == c] for c in COUNTRIES}
"""The ids of the actors of each country."""

LOCAL = {c: [i for i in ids if "-town-" in i or "-region-" in i] for c, ids in IN_COUNTRY.items()}
"""The local governments among them."""
