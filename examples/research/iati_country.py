"""Who works with local governments in a country, the money between whom, and what is unknown.

python examples/research/iati_country.py [COUNTRY FILE ...] [--rates RATES.csv --currency USD]

COUNTRY is a code of ISO 3166-1, such as SN; each file, archive, folder or pattern is read. Without
any, the invented files of examples/iati are read. The tutorial "Who works with local governments"
goes through it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import jmdi
from jmdi.words.folding import fold

INVENTED = Path(__file__).parents[1] / "iati"
LOCAL = ("local_authority",)
PAID = ("disbursement", "expenditure")


def of_country(ds: jmdi.Dataset, country: str) -> jmdi.Dataset:
    """Only the initiatives that a country receives, with their participants and their money."""

    def received(initiative: jmdi.Initiative) -> bool:
        places = (ds.find(p.territory, jmdi.Territory) for p in initiative.places if p.territory)
        return any(place is not None and place.country == country for place in places)

    here = {one.id for one in ds.of(jmdi.Initiative) if received(one)}
    return (
        ds.where(jmdi.Initiative, lambda one: one.id in here)
        .where(jmdi.Transaction, lambda one: one.initiative in here)
        .where(jmdi.Budget, lambda one: one.initiative in here)
    )


def acting(ds: jmdi.Dataset) -> list[jmdi.Actor]:
    """The actors that take part, publish, give or receive, without those that name nobody."""
    ids: set[str | None] = {part.source for part in ds.of(jmdi.Participates)}
    sources = [source for one in ds.of(jmdi.Initiative) for source in one.sources]
    ids |= {source.publisher for source in sources if "secondary" not in source.extra}
    ids |= {end for row in ds.of(jmdi.Transaction) for end in (row.provider, row.receiver)}
    return [a for a in ds.of(jmdi.Actor) if a.id in ids and "placeholder" not in a.extra]


def is_local(ds: jmdi.Dataset, id: str) -> bool | None:
    """Whether an actor is a local government; ``None`` where its type does not tell."""
    kind = ds.get(id, jmdi.Actor).type
    types = ds.model.catalog.vocabularies["actor-type"]
    return None if kind is None else types.falls_under(kind.code, LOCAL)


def partners(ds: jmdi.Dataset) -> None:
    """Who takes part with a local government, and who only publishes that it does."""
    net = ds.project("co-participation", publishers=True)
    inferred = net.edge_attributes["inferred"]
    found: dict[str, list[str]] = {}
    for edge in net.edges:
        for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if is_local(ds, one):
                how = " (publishes it)" if inferred[edge.index] else ""
                found.setdefault(one, []).append(ds.get(other).label("en") + how)
    print(f"{len(found)} local governments with partners")
    for id in sorted(found, key=lambda id: (-len(found[id]), ds.get(id).label("en"), id)):
        print(f"  {ds.get(id).label('en')}: {'; '.join(sorted(found[id]))}")
    open_ = sorted(actor.label("en") for actor in acting(ds) if is_local(ds, actor.id) is None)
    print(f"  {len(open_)} may be local or not: {'; '.join(open_[:5])}")


def money(ds: jmdi.Dataset, country: str, currency: str | None, rates: str | None) -> None:
    """What was paid in the country, and from whom to which local government."""
    total = ds.metric(
        "money-total", by=["country", "year"], types=PAID, currency=currency, rates=rates
    )
    print("paid, by year")
    for row in (total.values or {}).values():
        if row["country"] == country:
            print(f"  {row['year']}: {row['amount']:,.0f} {row['currency']} ({row['n']})")
    flow = ds.project("flow", currency=currency, rates=rates)
    print("to local governments")
    columns = flow.edge_attributes
    for edge in flow.edges:
        if is_local(ds, edge.target):
            amount, unit = columns["amount"][edge.index], columns["currency"][edge.index]
            ends = [ds.get(id).label("en") for id in (edge.source, edge.target)]
            how = ", provider inferred" if columns["inferred"][edge.index] else ""
            shown = "an unknown amount" if amount is None else f"{amount:,.0f} {unit}"
            print(f"  {' -> '.join(ends)}: {shown} ({columns['n'][edge.index]}{how})")
    print(f"  without a known provider or receiver: {flow.notes.get('side_unknown', 0)}")


def unknown(ds: jmdi.Dataset) -> None:
    """What the files leave open."""
    rows = ds.of(jmdi.Transaction)
    for side in ("provider", "receiver"):
        why = Counter(getattr(row, f"{side}_reason") for row in rows if not getattr(row, side))
        print(f"transactions without a {side}: {dict(sorted(why.items(), key=str))}")
    placed = [place for one in ds.of(jmdi.Initiative) for place in one.places]
    print(f"recipients without a share: {sum(place.share is None for place in placed)}")
    parts = [ds.get(part.source, jmdi.Actor) for part in ds.of(jmdi.Participates)]
    print(f"participations of nobody in particular: {sum('placeholder' in a.extra for a in parts)}")
    print(f"participations of an unknown type: {sum(a.type is None for a in parts)}")
    print(repr(ds.metric("undisbursed")))


def doubles(ds: jmdi.Dataset) -> dict[str, str]:
    """Actors whose names differ by case, accents and punctuation at most: to be looked at.

    Returns:
        For each double the actor that it may be: one with an identifier, if there is one.
    """
    alike: dict[str, dict[str, jmdi.Actor]] = {}
    for actor in acting(ds):
        for name in actor.names.values():
            alike.setdefault(fold(name).replace(" ", ""), {})[actor.id] = actor
    same: dict[str, str] = {}
    for group in alike.values():
        first, *others = sorted(group.values(), key=lambda a: (not a.identifiers, a.id))
        if others and not any(other.identifiers for other in others):
            same |= {other.id: first.id for other in others if other.id not in same.values()}
            print(f"  {first.label('en')}: {', '.join(other.label('en') for other in others)}")
    return {other: first for other, first in same.items() if first not in same}


parser = argparse.ArgumentParser()
parser.add_argument("country", nargs="?", default="SN")
parser.add_argument("files", nargs="*", default=[str(INVENTED / "*.xml")])
parser.add_argument("--rates")
parser.add_argument("--currency")


def main() -> None:
    """Reads the files and says it."""
    given = parser.parse_args()
    files = given.files or [str(INVENTED / "*.xml")]
    ds = jmdi.read(files, on_error="keep")
    for code, count in sorted(Counter(problem.code for problem in ds.problems).items()):
        print(f"{code}: {count}")
    ds = of_country(ds, given.country)
    print(f"{len(ds.of(jmdi.Initiative))} initiatives, {len(ds.of(jmdi.Transaction))} transactions")
    print("actors that may be one")
    whole = ds.merge(same=doubles(ds))
    print(f"  {len(acting(ds))} actors, or {len(acting(whole))} if they are")
    partners(whole)
    money(whole, given.country, given.currency, given.rates)
    unknown(whole)


if __name__ == "__main__":
    main()
