"""Work plans with their actions, and knowledge: what was said, coded, made of it and sent out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from jmdi import (
    Action,
    Coded,
    Derives,
    Disseminated,
    Indicator,
    KnowledgeItem,
    KnowledgeProduct,
    Money,
    Observation,
    Period,
    Place,
    Record,
    WorkPlan,
    code,
)
from jmdi.model.values import Audience, Quantity
from sample.actors import LOCAL
from sample.common import SOURCES, stream
from sample.places import TOWNS, name_of
from sample.practices import CHARTER, DESK, FUND
from sample.work import PROGRAMME

__all__ = ["knowledge", "plans"]

_TITLES = (
    ("A desk that answers in one week", "مكتب يجيب خلال أسبوع"),
    ("Courses for those who return", "دورات للعائدين"),
    ("A map of who does what", "خريطة من يفعل ماذا"),
    ("A meeting of both towns", "لقاء المدينتين"),
    ("A count of what has changed", "قياس ما تغير"),
    ("A fund for small trades", "صندوق للحرف الصغيرة"),
)
_AUDIENCES = ("migrant_association", "local_authority", "cooperative")
_CLUSTERS = ("institutionalisation", "economic-inclusion", "data", "partnerships")


def plans() -> Iterator[Record]:
    """A plan in Latin script and one in Arabic, each with six actions, some left open."""
    yield Indicator(id="indicator/done", names={"en": "Whether it is done"}, sources=SOURCES)
    for country, language in (("XA", "en"), ("XB", "ar")):
        plan = f"workplan/{country.lower()}"
        towns = TOWNS[country]
        here = name_of(towns[0])[language]
        yield WorkPlan(
            id=plan,
            names={language: f"Work plan of {here}" if language == "en" else f"خطة عمل {here}"},
            authors=(LOCAL[country][0], LOCAL[country][2]),
            country=country,
            territories=tuple(towns[:2]),
            programme=PROGRAMME,
            initiatives=("initiative/01",) if country == "XA" else ("initiative/02",),
            participants_complete=True,
            period=Period("2014/2016"),
            sources=SOURCES,
        )
        for position in range(1, 7):
            yield from _action(plan, position, language, towns)


def _action(plan: str, position: int, language: str, towns: list[str]) -> Iterator[Record]:
    title = _TITLES[position - 1][language == "ar"]
    id = f"action/{plan[9:]}-{position}"
    due = f"2014-{2 * position:02}" if position < 6 else None
    money = Money(Decimal(1500 * position), "EUR", per="total", words=f"EUR {1500 * position}")
    if position == 4:
        money = Money(reason="in_kind", words="rooms of the town")
    if position == 6:
        money = Money(reason="to_be_determined", words="to be decided")
    yield Action(
        id=id,
        names={language: title},
        workplan=plan,
        position=position,
        table=1,
        level=code("governance-level", "local" if position % 2 else "first_admin"),
        objectives=({language: title},) if position != 5 else (),
        audience=(
            Audience(
                {"en": "people who came back"},
                type=code("actor-type", _AUDIENCES[position % 3]),
                size=Quantity(Decimal(20 * position), unit="people", per="total"),
            ),
        ),
        activity={language: title},
        places=(Place(towns[position % 4]),),
        timeline=Period(due) if due else Period(reason="to_be_determined"),
        finance=(money,),
        pillars=(f"pillar/{1 + position % 5}",),
        clusters=(f"theme/{_CLUSTERS[position % 4]}",) if position != 3 else (),
        participants_complete=True,
        sources=SOURCES,
    )
    if position < 5:
        month = 2 * position + (2 if position == 2 else 0)
        yield Observation(
            id=f"observation/{id[7:]}-done",
            indicator="indicator/done",
            of=id,
            role=code("observation-role", "actual"),
            text="done",
            period=Period(f"2014-{month:02}"),
            sources=SOURCES,
        )


_SAID = (
    ("Without the mayor the desk closes when the project ends.", "institutionalisation"),
    ("We pay the clerk ourselves now, so the desk stays.", "institutionalisation"),
    ("Those abroad save together, and we match what they save.", "economic-inclusion"),
    ("Nobody had counted who had left, until we asked the schools.", "data"),
    ("Both councils meet twice a year, and each brings its associations.", "partnerships"),
    ("من دون ميزانية البلدية لا يبقى المكتب مفتوحا.", "institutionalisation"),
    ("العائدون يعلمون الحرف التي تعلموها في الخارج.", "economic-inclusion"),
    ("نحتاج إلى أرقام عن المغادرين والعائدين.", "data"),
)
_PRODUCTS = (
    ("guide", "How to open a migration desk", DESK, ("en", "ar")),
    ("story", "The charter of two towns", CHARTER, ("en",)),
    ("synthesis_report", "What matched savings built", FUND, ("en", "fr")),
)


def knowledge() -> Iterator[Record]:
    """What people said, coded by two coders, the products made of it and whom they reached."""
    draw = stream("knowledge")
    for number, (text, theme) in enumerate(_SAID, start=1):
        id = f"item/{number}"
        yield KnowledgeItem(
            id=id,
            source_type=code("item-source", "interview" if number % 2 else "e_discussion"),
            language="en" if text.isascii() else "ar",
            text=text,
            author=f"voice {number}",
            date=Period(f"2015-{number:02}"),
            territory=TOWNS["XA" if text.isascii() else "XB"][number % 4],
            pillars=("pillar/2",),
            sources=SOURCES,
        )
        for coder in (1, 2)[: 1 + number % 2]:
            yield Coded(
                id=f"coded/{number}-{coder}",
                source=id,
                target=f"theme/{theme}",
                coder=f"coder {coder}",
                date=datetime.date(2015, 11, number),
                start=0,
                stop=len(text) // coder,
                sources=SOURCES,
            )
    for number, (type_, title, practice, languages) in enumerate(_PRODUCTS, start=1):
        product = f"product/{number}"
        yield KnowledgeProduct(
            id=product,
            names={"en": title},
            type=code("product-type", type_),
            languages=languages,
            published=Period(f"2016-{3 * number:02}"),
            pillars=("pillar/3",),
            sources=SOURCES,
        )
        for origin in (practice, f"item/{number}", f"initiative/{number:02}"):
            yield Derives(
                id=f"derives/{number}--{origin.replace('/', '-')}",
                source=product,
                target=origin,
                sources=SOURCES,
            )
        for reached in draw.sample(sorted(i for ids in LOCAL.values() for i in ids), 5):
            yield Disseminated(
                id=f"disseminated/{number}--{reached[6:]}",
                source=product,
                target=reached,
                channel="meeting" if draw.random() < 0.5 else "e-mail list",
                date=datetime.date(2016, 3 * number, 1 + draw.randrange(28)),
                sources=SOURCES,
            )
        yield Derives(
            id=f"derives/{practice[9:]}--{number}",
            source=practice,
            target=f"initiative/{10 + number}",
            sources=SOURCES,
        )
