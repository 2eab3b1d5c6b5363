"""Work plans with their actions, and knowledge: what was said, coded, made of it and sent out."""

from __future__ import annotations

import datetime
import hashlib
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
_LEARNED = {DESK: (1, 2, 6), FUND: (3, 7), CHARTER: (5, 8)}
"""The items that each practice was learned from."""

_TEXTS = {
    1: "A desk stays open where the town pays [claim: item/1]. Every town can [claim: none].",
    2: "Both councils meet [claim: practice/charter].",
}
_THREAD = (
    ("Who pays for the clerk once the project is over?", None),
    ("With us the town pays the clerk from its own budget.", "item/10"),
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
            yield _coded(number, coder, theme, text, len(text) // coder)
    yield from _second_thoughts()
    for number, (type_, title, practice, languages) in enumerate(_PRODUCTS, start=1):
        product = f"product/{number}"
        yield KnowledgeProduct(
            id=product,
            names={"en": title},
            type=code("product-type", type_),
            languages=languages,
            published=Period(f"2016-{3 * number:02}"),
            pillars=("pillar/3",),
            text=_TEXTS.get(number),
            origins_complete=True if number < 3 else None,
            recipients_complete=True if number < 3 else None,
            sources=SOURCES,
        )
        for origin in (practice, f"item/{number}", f"initiative/{number:02}"):
            yield Derives(
                id=f"derives/{number}--{origin.replace('/', '-')}",
                source=product,
                target=origin,
                sources=SOURCES,
            )
        for place, reached in enumerate(
            draw.sample(sorted(i for ids in LOCAL.values() for i in ids), 5)
        ):
            yield Disseminated(
                id=f"disseminated/{number}--{reached[6:]}",
                source=product,
                target=reached,
                channel="meeting" if draw.random() < 0.5 else "e-mail list",
                date=datetime.date(2016, 3 * number, 1 + draw.randrange(28)),
                use={"en": "Quoted in the plan of the town."} if number < 3 and not place else {},
                reach=Decimal(15 + 5 * place) if number < 3 and place < 4 else None,
                sources=SOURCES,
            )
        yield Derives(
            id=f"derives/{practice[9:]}--{number}",
            source=practice,
            target=f"initiative/{10 + number}",
            sources=SOURCES,
        )
        for said in _LEARNED[practice]:
            yield Derives(
                id=f"derives/{practice[9:]}--item-{said}",
                source=practice,
                target=f"item/{said}",
                sources=SOURCES,
            )
        yield Observation(
            id=f"observation/{product}-downloads",
            indicator="indicator/downloads",
            of=product,
            role=code("observation-role", "actual"),
            text=f"{120 * number} downloads" if number < 3 else None,
            reason=None if number < 3 else "not_stated",
            period=Period("2016"),
            sources=SOURCES,
        )
    yield Indicator(id="indicator/downloads", names={"en": "Downloads"}, sources=SOURCES)
    yield from _answers()
    yield from _measured()


def _coded(number: int, coder: int, theme: str, text: str, stop: int) -> Coded:
    """A coding of the beginning of an item; that of item 7 has kept no hash of the text."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Coded(
        id=f"coded/{number}-{coder}-{theme}",
        source=f"item/{number}",
        target=f"theme/{theme}",
        coder=f"coder {coder}",
        date=datetime.date(2015, 11, number),
        start=0,
        stop=stop,
        text_digest=None if number == 7 else digest,
        sources=SOURCES,
    )


def _second_thoughts() -> Iterator[Coded]:
    """Where the second coder sees more than the first, and a text that was changed since."""
    for number, theme in ((3, "partnerships"), (5, "institutionalisation"), (7, "data")):
        text, _ = _SAID[number - 1]
        yield _coded(number, 2, theme, text, len(text))
    yield _coded(8, 2, "data", "نحتاج إلى أرقام.", 12)


def _answers() -> Iterator[Record]:
    """A report that nobody coded, a thread, and two messages of it without a stated place."""
    yield KnowledgeItem(
        id="item/9",
        names={"en": "Report of a visit"},
        source_type=code("item-source", "report"),
        location="archive of the programme",
        date=Period("2015-09"),
        territory=TOWNS["XB"][2],
        sources=SOURCES,
    )
    thread = KnowledgeItem(
        id="item/thread",
        names={"en": "Who pays for the desk?"},
        source_type=code("item-source", "e_discussion"),
        date=Period("2015-10"),
        sources=SOURCES,
    )
    yield thread
    for number, (text, before) in enumerate(_THREAD, start=10):
        yield KnowledgeItem(
            id=f"item/{number}",
            source_type=code("item-source", "e_discussion"),
            language="en",
            text=text,
            author=f"voice {number}",
            date=Period(f"2015-10-{number:02}"),
            part_of=thread.id,
            reply_to=before,
            pillars=("pillar/1",) if before is None else (),
            sources=SOURCES,
        )
    yield Derives(
        id="derives/item-10--downloads",
        source="item/10",
        target="observation/product/1-downloads",
        sources=SOURCES,
    )
    yield _coded(10, 1, "institutionalisation", _THREAD[0][0], len(_THREAD[0][0]))


def _measured() -> Iterator[Observation]:
    """What the first action of each plan set out from, aimed at and reached."""
    for plan in ("xa", "xb"):
        for role, text in (
            ("baseline", "nobody answers"),
            ("target", "an answer within a week"),
            ("actual", "an answer within ten days"),
        ):
            yield Observation(
                id=f"observation/{plan}-1-{role}",
                indicator="indicator/answers",
                of=f"action/{plan}-1",
                role=code("observation-role", role),
                text=text,
                period=Period("2014-02"),
                sources=SOURCES,
            )
    yield Indicator(id="indicator/answers", names={"en": "Answers given"}, sources=SOURCES)
