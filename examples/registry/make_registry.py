"""Writes an invented registry of projects as JSON Lines, as large as you like.

Most organisations take part in few projects, some in many; every tenth project says neither when
it began nor when it ended. The same seed gives the same bytes.

    python examples/registry/make_registry.py --projects 200000 -o registry.jsonl
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import jmdi

COUNTRIES = ("MA", "TN", "SN", "PH", "LK", "EC")
TYPES = ("local_authority", "national_ngo", "migrant_association", "academia", "private_sector")
WORK = ("Wells", "Schools", "Savings groups", "Return desks", "Training", "Remittance advice")


def records(projects: int, seed: int) -> Iterator[jmdi.Record]:
    """The records of a registry: organisations, projects, and who takes part in what."""
    dice = random.Random(seed)
    organisations = projects + 20
    for number in range(organisations):
        yield jmdi.Actor(
            id=f"actor/{number:07}",
            names={"en": f"Invented organisation {number}"},
            type=jmdi.code("actor-type", dice.choice(TYPES)),
            country=dice.choice(COUNTRIES),
        )
    for number in range(projects):
        began = dice.randint(2008, 2020)
        ended = began + dice.randint(1, 4)
        period = jmdi.Period(f"{began}/{ended}") if dice.random() < 0.9 else None
        yield jmdi.Initiative(
            id=f"initiative/{number:07}",
            names={"en": f"{dice.choice(WORK)} {number}"},
            period=period,
            budget=[jmdi.Money(dice.randint(5, 900) * 1000, "EUR")],
        )
        taking_part = {int(organisations * dice.random() ** 3) for _ in range(dice.randint(2, 5))}
        for actor in sorted(taking_part):
            yield jmdi.Participates(
                id=f"participates/{number:07}/{actor:07}",
                source=f"actor/{actor:07}",
                target=f"initiative/{number:07}",
                period=period,
            )


def main() -> None:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("-o", "--output", type=Path, default=Path("registry.jsonl"))
    given = parser.parse_args()
    header = {"title": "an invented registry"}
    jmdi.Dataset(records(given.projects, given.seed), header=header).write(given.output)
    print(f"wrote {given.projects:,} invented projects to {given.output}")


if __name__ == "__main__":
    main()
