"""Makes the bundled data set "jmdi": the programme as records, with an example work plan.

The facts are published ones, in our words; they stand in the tables of tools/data/jmdi, whose
README explains the columns. The work plan is read from examples/workplan with the plugin
jmdi-workplan. Run it from the repository root:

    python tools/make_datasets.py
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import jmdi
from jmdi import (
    Actor,
    Adopts,
    Claim,
    Code,
    Coded,
    Considers,
    Derives,
    Disseminated,
    Evidence,
    Identifier,
    Indicator,
    Initiative,
    KnowledgeItem,
    KnowledgeProduct,
    Money,
    Observation,
    Participates,
    Period,
    Phase,
    Place,
    Practice,
    Programme,
    Record,
    Relates,
    Source,
    Territory,
    Tie,
    code,
    evolve,
    make_id,
)

ROOT = Path(__file__).parent.parent
TABLES = ROOT / "tools" / "data" / "jmdi"
TARGET = ROOT / "src" / "jmdi" / "datasets" / "jmdi.jsonl"

PROGRAMME = "programme/jmdi"
FROM_ONE_SIDE = ("funding", "technical_assistance")
"""Kinds of tie that go from the first actor to the second."""

Row = dict[str, str]


def table(name: str) -> list[Row]:
    """The rows of a table."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def listed(cell: str) -> list[str]:
    """What a cell lists."""
    return [part for part in cell.split("; ") if part]


SOURCES = {
    row["id"]: Source(
        title=row["title"],
        url=row["url"] or None,
        date=datetime.date.fromisoformat(row["date"]) if row["date"] else None,
        publisher=row["publisher"],
        accessed=datetime.date.fromisoformat(row["accessed"]),
    )
    for row in table("sources")
}


def said(row: Row) -> dict[str, Any]:
    """Where a row comes from, how sure it is, and its own attributes."""
    certainty = code("certainty", row["certainty"])
    first, *others = (evolve(SOURCES[key], certainty=certainty) for key in listed(row["sources"]))
    own = ("beyond", "acronym", "form", "initiative", "origin")
    extra: dict[str, Any] = {name: row[name] for name in own if row.get(name)}
    if extra.get("initiative"):
        extra["initiative"] = f"initiative/{extra['initiative']}"
    if destinations := listed(row.get("destinations", "")):
        extra["destinations"] = destinations
    return {"sources": (evolve(first, note=row["note"] or None), *others), "extra": extra}


def dated(text: str) -> Period:
    """When something was; not stated if nothing says so."""
    return Period(text) if text else Period(reason="not_stated")


def coded(scheme: str, text: str) -> Code | None:
    """A code, if there is one."""
    return code(scheme, text) if text else None


def territory_id(key: str) -> str:
    """The id of a territory; of one with an ISO code, the same as importers give."""
    return TERRITORIES[key]


def _territory_id(row: Row) -> str:
    scheme = "iso-3166-2" if "-" in row["code"] else "iso-3166-1"
    return make_id("territory", scheme, row["code"]) if row["code"] else f"territory/{row['id']}"


TERRITORIES = {row["id"]: _territory_id(row) for row in table("territories")}


def refer(id: str) -> str:
    """The id of a record that a table names, territories by their key."""
    kind, _, key = id.partition("/")
    return territory_id(key) if kind == "territory" else id


def territories() -> Iterator[Record]:
    """Countries of the programme and of destination, and the parts of them that are named."""
    for row in table("territories"):
        scheme = "iso-3166-2" if "-" in row["code"] else "iso-3166-1"
        yield Territory(
            id=territory_id(row["id"]),
            names={"en": row["name"]},
            code=Code(scheme, row["code"]) if row["code"] else None,
            country=row["country"],
            level=coded("governance-level", row["level"]),
            within=territory_id(row["within"]) if row["within"] else None,
        )


def actors() -> Iterator[Record]:
    """Organisations and public bodies, and groups that a source does not take apart."""
    for row in table("actors"):
        yield Actor(
            id=f"actor/{row['id']}",
            names={row["language"]: row["name"]},
            type=coded("actor-type", row["type"]),
            level=coded("governance-level", row["level"]),
            country=row["country"] or None,
            territory=territory_id(row["territory"]) if row["territory"] else None,
            identifiers=(Identifier("XM-DAC", row["xm_dac"]),) if row["xm_dac"] else (),
            **said(row),
        )


def programmes() -> Iterator[Record]:
    """The programme with its phases, and the other programmes that sources set beside it."""
    about = tuple(SOURCES[key] for key in ("programme-page", "legacy"))
    yield Programme(
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
        sources=about,
    )
    for row in table("phases"):
        yield Phase(
            id=f"phase/jmdi-{row['id']}",
            names={"en": row["name"]},
            programme=PROGRAMME,
            objective={"en": row["objective"]},
            period=dated(row["period"]),
            places=tuple(Place(territory_id(key)) for key in listed(row["places"])),
            sources=said(row)["sources"],
            extra={name: row[name] for name in ("call", "months_of_projects") if row[name]},
        )
    for row in table("other_programmes"):
        yield Programme(
            id=f"programme/{row['id']}",
            names={"en": row["name"]},
            period=dated(row["period"]),
            **said(row),
        )


def initiatives() -> Iterator[Record]:
    """The supported projects of which something is published; no list of partners is complete."""
    for row in table("initiatives"):
        names = {"en": row["title_en"]}
        if row["title"]:
            names = {**names, row["language"]: row["title"]}
        untitled = "The published title is not in any source read: this name describes it."
        period = "/".join((row["start"], row["end"])) if row["start"] or row["end"] else ""
        yield Initiative(
            id=f"initiative/{row['id']}",
            names=names,
            description={} if row["title"] else {"en": untitled},
            identifiers=(Identifier("JMDI", row["code"]),) if row["code"] else (),
            programme=PROGRAMME,
            phase=f"phase/jmdi-{row['phase']}",
            places=tuple(
                Place(territory_id(key))
                for key in listed(row["places"]) or [row["country"].lower()]
            ),
            period=dated(period),
            budget=(budget(row),),
            themes=tuple(f"theme/{key}" for key in listed(row["themes"])),
            participants_complete=False,
            **said(row),
        )


def budget(row: Row) -> Money:
    """What a project cost, or why that is not known."""
    if row["amount_words"]:
        return Money(words=row["amount_words"], reason="embedded")
    if not row["amount"]:
        return Money(reason="not_stated")
    unsaid = None if row["currency"] else "not_stated"
    return Money(Decimal(row["amount"]), row["currency"] or None, reason=unsaid)


def participations() -> Iterator[Record]:
    """Who took part in which initiative on which side, and which agency in which phase."""
    for row in table("participations"):
        actor, initiative, role = row["actor"], row["initiative"], row["role"]
        known = said(row)
        yield Participates(
            id=f"participates/{actor}--{initiative}--{role}",
            source=f"actor/{actor}",
            target=f"initiative/{initiative}",
            role=code("organisation-role", role),
            side=code("side", row["side"]),
            sources=known["sources"],
        )
    for row in table("programme_participations"):
        actor, role = row["actor"], row["role"]
        yield Participates(
            id=f"participates/{actor}--jmdi--{role}-{row['phase']}",
            source=f"actor/{actor}",
            target=PROGRAMME,
            role=code("organisation-role", role),
            period=dated(row["period"]),
            **said(row),
        )


def ties() -> Iterator[Record]:
    """Ties of two actors that a source names."""
    for row in table("ties"):
        first, second, kind = row["actor_a"], row["actor_b"], row["kind"]
        yield Tie(
            id="tie/" + "--".join(filter(None, (first, second, kind, row["initiative"]))),
            source=f"actor/{first}",
            target=f"actor/{second}",
            type=code("tie-kind", kind),
            directed=kind in FROM_ONE_SIDE,
            formality=coded("tie-formality", row["formality"]),
            period=dated(row["date"]),
            **said(row),
        )


def relations() -> Iterator[Record]:
    """What grew from what, within the programme and beyond it."""
    for row in table("relations"):
        ends = [row[end].partition("/")[2] for end in ("source", "target")]
        yield Relates(
            id=f"relates/{ends[0]}--{ends[1]}",
            source=row["source"],
            target=row["target"],
            type=code("initiative-relation", row["type"]),
            **said(row),
        )


def practices() -> Iterator[Record]:
    """Practices with the initiatives they come from."""
    for row in table("practices"):
        id = f"practice/{row['id']}"
        yield Practice(id=id, names={"en": row["name"]}, **said(row))
        for initiative in listed(row["initiatives"]):
            yield from derived(id, f"initiative/{initiative}", row)


def derived(id: str, origin: str, row: Row) -> Iterator[Record]:
    """What a practice or product was made from."""
    ends = [end.partition("/")[2] for end in (id, origin)]
    sources = said(row)["sources"]
    yield Derives(id=f"derives/{ends[0]}--{ends[1]}", source=id, target=origin, sources=sources)


def adoptions() -> Iterator[Record]:
    """Who took a practice up; what was only started, planned or asked for is no adoption."""
    for row in table("adoptions"):
        ends = f"{row['adopter']}--{row['practice']}"
        known: dict[str, Any] = {
            "source": f"actor/{row['adopter']}",
            "target": f"practice/{row['practice']}",
            "route": coded("adoption-route", row["route"]),
            "period": dated(row["date"]),
            **said(row),
        }
        if row["status"] == "adopted":
            yield Adopts(id=f"adopts/{ends}", **known)
        else:
            stage = code("consideration-stage", row["status"])
            yield Considers(id=f"considers/{ends}", stage=stage, **known)


def evidence() -> Iterator[Record]:
    """Signs that the work stays: published ones are present or not known, none is absent."""
    for row in table("evidence"):
        yield Evidence(
            id=f"evidence/{row['of'].partition('/')[2]}--{row['criterion']}",
            of=refer(row["of"]),
            criterion=code("institutionalisation", row["criterion"]),
            state=code("presence", row["state"]),
            period=dated(row["date"]),
            **said(row),
        )


def observations() -> Iterator[Record]:
    """Figures, each with its indicator."""
    made = set()
    for row in table("observations"):
        measured = (row["measure"], row["unit"])
        indicator = make_id("indicator", *measured)
        if measured not in made:
            made.add(measured)
            yield Indicator(id=indicator, names={"en": row["measure"]}, unit=row["unit"])
        yield Observation(
            id=f"observation/{row['id']}",
            indicator=indicator,
            of=refer(row["of"]),
            role=code("observation-role", row["role"]),
            value=Decimal(row["value"]),
            qualifier=row["qualifier"] or None,
            group={"en": row["group"]} if row["group"] else {},
            period=dated(row["date"]),
            **said(row),
        )


def knowledge() -> Iterator[Record]:
    """What was collected, the products made of it, their themes, and whom they reached."""
    for row in table("knowledge"):
        id = f"{row['kind']}/{row['id']}"
        languages = listed(row["languages"])
        names = {languages[0] if languages else "en": row["title"]}
        known = said(row)
        if row["kind"] == "item":
            yield KnowledgeItem(
                id=id,
                names=names,
                source_type=code("item-source", row["type"]),
                language=languages[0] if languages else None,
                location="; ".join(listed(row["reached"])) or None,
                date=dated(row["date"]),
                pillars=("pillar/2",),
                **known,
            )
        else:
            yield KnowledgeProduct(
                id=id,
                names=names,
                type=code("product-type", row["type"]),
                languages=tuple(languages),
                published=dated(row["date"]),
                pillars=() if row["type"] == "event" else ("pillar/3",),
                **known,
            )
            yield from reached(row, known["sources"])
        for theme in listed(row["themes"]):
            yield Coded(
                id=f"coded/{row['id']}--{theme}",
                source=id,
                target=f"theme/{theme}",
                coder="jmdi data set",
                sources=known["sources"],
            )
        for origin in listed(row["derives_from"]):
            yield from derived(id, origin, row)


def reached(row: Row, sources: tuple[Source, ...]) -> Iterator[Record]:
    """Whom a product reached."""
    for audience in listed(row["reached"]):
        yield Disseminated(
            id=f"disseminated/{row['id']}--{audience}",
            source=f"product/{row['id']}",
            target=f"actor/{audience}",
            sources=sources,
        )


def claims() -> Iterator[Record]:
    """What another source says of a field."""
    for number, row in enumerate(table("claims"), start=1):
        yield Claim(
            id=f"claim/jmdi-{number:02}",
            about=row["about"],
            field=row["field"],
            value=row["value"],
            **said(row),
        )


def example_plan(model: jmdi.Model) -> jmdi.Dataset:
    """The work plan, with its own records marked as an example."""
    plan = model.read(ROOT / "examples" / "workplan" / "workplan.docx", language="en")
    marked = [
        record
        if isinstance(record, Territory)
        else evolve(record, extra={**record.extra, "beyond": "made-up example"})
        for record in plan
    ]
    return model.dataset(marked)


def write(target: Path) -> jmdi.Dataset:
    """Writes the data set to a file."""
    model = jmdi.Model.build()
    makers = (
        territories,
        actors,
        programmes,
        initiatives,
        participations,
        ties,
        relations,
        practices,
        adoptions,
        evidence,
        observations,
        knowledge,
        claims,
    )
    programme = model.dataset([record for make in makers for record in make()])
    dataset = programme.merge(example_plan(model), on_conflict="keep")
    model.check(dataset).raise_for_errors()
    model.write(dataset, target)
    return dataset


def main() -> None:
    """Writes the data set to where it is bundled."""
    print(f"{TARGET.relative_to(ROOT)}: {len(write(TARGET)):,} records")


if __name__ == "__main__":
    main()
