"""Makes the bundled data set "jmdi": the programme as records, with an example work plan.

The facts are the programme's own, from its public pages and those of its partners, in our
words. The work plan is read from examples/workplan with the plugin jmdi-workplan. Run it
from the repository root:

    python tools/make_datasets.py
"""

from __future__ import annotations

import datetime
from pathlib import Path

import jmdi
from jmdi import (
    Actor,
    Claim,
    Code,
    Derives,
    Disseminated,
    Evidence,
    Identifier,
    KnowledgeItem,
    KnowledgeProduct,
    Participates,
    Period,
    Phase,
    Place,
    Programme,
    Record,
    Source,
    Territory,
    Tie,
    code,
    make_id,
)

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src" / "jmdi" / "datasets" / "jmdi.jsonl"

ABOUT = Source(title="About the JMDI, programme page", publisher="JMDI")
LEGACY = Source(title="Legacy of the JMDI", publisher="JMDI", date=datetime.date(2017, 12, 1))
COURSE = Source(title="My JMDI e-Toolbox, course page", publisher="ITC-ILO")
GRANTS = Source(title="News on the call for proposals", publisher="fundsforNGOs")
PROFILES = Source(title="Project profiles, programme page", publisher="JMDI")
SECOND = Source(
    title="EU and the UN continue work on migration and development",
    publisher="UNDP",
    date=datetime.date(2012, 12, 7),
)

COUNTRIES = {
    "CR": ("Costa Rica", "Costa Rica", "Costa Rica"),
    "EC": ("Ecuador", "Équateur", "Ecuador"),
    "SV": ("El Salvador", "Salvador", "El Salvador"),
    "MA": ("Morocco", "Maroc", "Marruecos"),
    "NP": ("Nepal", "Népal", "Nepal"),
    "PH": ("Philippines", "Philippines", "Filipinas"),
    "SN": ("Senegal", "Sénégal", "Senegal"),
    "TN": ("Tunisia", "Tunisie", "Túnez"),
}
AGENCIES = {
    "undp": ("United Nations Development Programme", "UNDP", "XM-DAC", "41114"),
    "iom": ("International Organization for Migration", "IOM", "XM-DAC", "47066"),
    "unfpa": ("United Nations Population Fund", "UNFPA", "XM-DAC", "41119"),
    "ilo": ("International Labour Organization", "ILO", "XM-DAC", "41302"),
    "itcilo": ("International Training Centre of the ILO", "ITC-ILO", "", ""),
    "unhcr": (
        "Office of the United Nations High Commissioner for Refugees",
        "UNHCR",
        "XM-DAC",
        "41121",
    ),
    "unwomen": (
        "United Nations Entity for Gender Equality and the Empowerment of Women",
        "UN Women",
        "XM-DAC",
        "41146",
    ),
    "unitar": ("United Nations Institute for Training and Research", "UNITAR", "XM-DAC", "41125"),
}
FUNDERS = {
    "eu": ("European Commission", "EC", "", ""),
    "sdc": ("Swiss Agency for Development and Cooperation", "SDC", "", ""),
}
PHASE_1 = ("undp", "iom", "unfpa", "ilo", "unhcr", "unwomen")
PHASE_2 = ("undp", "iom", "unfpa", "itcilo", "unhcr", "unwomen", "unitar")

PROGRAMME = make_id("programme", "jmdi")
FIRST, SECOND_PHASE = make_id("phase", "jmdi", 1), make_id("phase", "jmdi", 2)


def actor_id(key: str) -> str:
    """The id of an agency or funder."""
    return make_id("actor", "jmdi", key)


def territory_id(country: str) -> str:
    """The id of a country, the same as the work-plan importer gives."""
    return make_id("territory", "iso-3166-1", country)


def territories() -> list[Record]:
    """The eight countries of the second phase."""
    return [
        Territory(
            id=territory_id(country),
            names=dict(zip(("en", "fr", "es"), names, strict=True)),
            code=Code("iso-3166-1", country),
            country=country,
            level=code("governance-level", "national"),
        )
        for country, names in COUNTRIES.items()
    ]


def actors() -> list[Record]:
    """The agencies that ran the programme and those that paid for it."""
    records: list[Record] = []
    for key, (name, short, scheme, value) in {**AGENCIES, **FUNDERS}.items():
        identifiers = (Identifier(scheme, value),) if scheme else ()
        kind = "multilateral" if key != "sdc" else "national_government"
        records.append(
            Actor(
                id=actor_id(key),
                names={"en": name},
                description={"en": f"Known as {short}."},
                type=code("actor-type", kind),
                level=code("governance-level", "global" if key in AGENCIES else "multinational"),
                country="CH" if key == "sdc" else None,
                identifiers=identifiers,
            )
        )
    return records


def programme() -> list[Record]:
    """The programme and its two phases, with what sources disagree on as claims."""
    return [
        Programme(
            id=PROGRAMME,
            names={"en": "Joint Migration and Development Initiative"},
            description={
                "en": "A programme of several agencies of the United Nations on what migration "
                "can do for local development, and local actors for migrants."
            },
            objective={
                "en": "Let local authorities and civil society use what migration offers for the "
                "development of their territories, and learn from how they do it."
            },
            outputs=(
                {"en": "Selected local initiatives reinforced so that they scale up"},
                {"en": "Constituencies of local authorities and others that shape policy"},
                {"en": "Local actors connected across countries, and their knowledge shared"},
            ),
            period=Period("2008/2017-11-30"),
            sources=(ABOUT, LEGACY),
        ),
        Phase(
            id=FIRST,
            names={"en": "Phase 1"},
            programme=PROGRAMME,
            objective={
                "en": "Support small initiatives of civil society and local authorities, and draw "
                "lessons for policy from them: 51 projects in 16 countries."
            },
            period=Period("2008/2012-11-30"),
            sources=(ABOUT, PROFILES),
        ),
        Phase(
            id=SECOND_PHASE,
            names={"en": "Phase 2"},
            programme=PROGRAMME,
            objective={
                "en": "Scale up locally led initiatives in eight countries, with local authorities "
                "as the main partners: 16 projects."
            },
            period=Period("2012-12-01/2016"),
            places=tuple(Place(territory_id(country)) for country in COUNTRIES),
            sources=(SECOND,),
        ),
        claim(SECOND_PHASE, "/period/edtf", '"2012-12-01/2017-11-30"', LEGACY),
        claim(SECOND_PHASE, "/objective/en", '"… eight countries …: 15 projects."', COURSE),
        claim(FIRST, "/objective/en", '"… 55 projects awarded."', GRANTS),
    ]


def claim(about: str, field: str, value: str, source: Source) -> Claim:
    """What another source says of a field."""
    parts = (about, field, value)
    return Claim(
        id=make_id("claim", *parts), about=about, field=field, value=value, sources=(source,)
    )


def participations() -> list[Record]:
    """Who took part in which phase, in which role."""
    records: list[Record] = []

    def add(key: str, phase: str, role: str, period: str, source: Source) -> None:
        records.append(
            Participates(
                id=make_id("participates", actor_id(key), phase, role),
                source=actor_id(key),
                target=PROGRAMME,
                role=code("organisation-role", role),
                period=Period(period),
                sources=(source,),
            )
        )

    for phase, members, period, source in (
        (FIRST, PHASE_1, "2008/2012-11-30", ABOUT),
        (SECOND_PHASE, PHASE_2, "2012-12-01/2017-11-30", LEGACY),
    ):
        for key in members:
            add(key, phase, "accountable" if key == "undp" else "implementing", period, source)
        add("eu", phase, "funding", period, SECOND)
    add("sdc", SECOND_PHASE, "funding", "2012-12-01/2017-11-30", SECOND)
    return records


def ties() -> list[Record]:
    """The joint work that sources name: the toolbox by IOM and ITC-ILO, and the lead agency's."""
    pairs = [("iom", "itcilo", "joint_implementation", COURSE)]
    pairs += [("undp", key, "joint_implementation", LEGACY) for key in PHASE_2 if key != "undp"]
    pairs += [(key, "undp", "funding", SECOND) for key in FUNDERS]
    return [
        Tie(
            id=make_id("tie", kind, actor_id(first), actor_id(second)),
            source=actor_id(first),
            target=actor_id(second),
            type=code("tie-kind", kind),
            formality=code("tie-formality", "contract"),
            period=Period("2012-12-01/2017-11-30"),
            sources=(source,),
        )
        for first, second, kind, source in pairs
    ]


def knowledge() -> list[Record]:
    """What was collected, and the products made of it."""
    items = [
        KnowledgeItem(
            id=make_id("item", "jmdi", kind),
            names={"en": name},
            source_type=code("item-source", kind),
            pillars=("pillar/2",),
            sources=(LEGACY,),
        )
        for kind, name in (
            ("e_discussion", "E-discussions on the M4D Net"),
            ("live_chat", "Live chats with practitioners"),
            ("report", "Reports of the supported projects"),
            ("interview", "Interviews with local actors"),
        )
    ]
    products = [
        product("synthesis_report", "Synthesis report of the e-discussions", "pillar/3", None),
        product(
            "toolbox",
            "My JMDI Toolbox: a core module and five more on migration and local development",
            "pillar/3",
            "2015",
        ),
        product(
            "white_paper",
            "White paper on mainstreaming migration into local development planning and beyond",
            "pillar/3",
            "2015",
        ),
        product(
            "story",
            "Success stories: a collection of good practices from the field",
            "pillar/3",
            None,
        ),
        product("other", "Legacy of the JMDI", "pillar/4", "2017-12-01"),
    ]
    used = {
        "synthesis_report": ("e_discussion", "live_chat"),
        "toolbox": ("report", "interview"),
        "story": ("report", "interview"),
        "white_paper": ("e_discussion", "report"),
    }
    derives = [
        Derives(
            id=make_id("derives", kind, source),
            source=make_id("product", "jmdi", kind),
            target=make_id("item", "jmdi", source),
        )
        for kind, sources in used.items()
        for source in sources
    ]
    reached = [
        Disseminated(
            id=make_id("disseminated", kind, country),
            source=make_id("product", "jmdi", kind),
            target=territory_id(country),
            channel="training of trainers",
        )
        for kind in ("toolbox",)
        for country in COUNTRIES
    ]
    return [*items, *products, *derives, *reached]


def product(kind: str, name: str, pillar: str, published: str | None) -> KnowledgeProduct:
    """One knowledge product."""
    return KnowledgeProduct(
        id=make_id("product", "jmdi", kind),
        names={"en": name},
        type=code("product-type", kind),
        pillars=(pillar,),
        published=Period(published) if published else Period(reason="not_stated"),
        sources=(LEGACY,),
    )


def evidence() -> list[Record]:
    """What shows that the work stays: not stated by the sources read, and so unknown."""
    return [
        Evidence(
            id=make_id("evidence", country, "plan"),
            of=territory_id(country),
            criterion=code("institutionalisation", "plan"),
            state=code("presence", "unknown"),
        )
        for country in COUNTRIES
    ]


def main() -> None:
    """Writes the data set."""
    model = jmdi.Model.build()
    plan = model.read(ROOT / "examples" / "workplan" / "workplan.docx", language="en")
    records = [
        *territories(),
        *actors(),
        *programme(),
        *participations(),
        *ties(),
        *knowledge(),
        *evidence(),
    ]
    dataset = model.dataset(records).merge(plan, on_conflict="keep")
    model.check(dataset).raise_for_errors()
    model.write(dataset, TARGET)
    print(f"{TARGET.relative_to(ROOT)}: {len(dataset):,} records")


if __name__ == "__main__":
    main()
