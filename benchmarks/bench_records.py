"""How long it takes to make records: actors with a source, ties and actions.

Prints microseconds per record. Run it on two versions to compare them;
``--smoke`` runs each once.
"""

from __future__ import annotations

import argparse
import datetime
import time
import timeit
from collections.abc import Callable
from decimal import Decimal

import jmdi

DAY = datetime.date(2015, 1, 1)


def actor() -> jmdi.Actor:
    """An actor with a source."""
    source = jmdi.Source(title="Report", url="https://example.org", date=DAY)
    kind = jmdi.Code("actor-type", "local_authority")
    return jmdi.Actor(id="a", names={"en": "Town"}, type=kind, country="PH", sources=(source,))


def tie() -> jmdi.Tie:
    """A tie with a kind and a strength."""
    kind = jmdi.Code("tie-kind", "funding")
    return jmdi.Tie(id="t", source="a", target="b", type=kind, strength=Decimal(2), intensity=3)


def action() -> jmdi.Action:
    """An action of a work plan."""
    return jmdi.Action(
        id="action/1",
        names={"en": "Train officials"},
        workplan="w",
        position=3,
        objectives=({"en": "Inform"},),
        places=(jmdi.Place(words="Rome"),),
        timeline=jmdi.Period("2015/2016", "2015-16"),
        finance=(jmdi.Money(Decimal("100.5"), "EUR"),),
        pillars=("pillar/1",),
        cells=("a", "b", "c"),
    )


def main() -> None:
    """Times each kind of record, and all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="run each once")
    number = 1 if parser.parse_args().smoke else 20_000
    makers: tuple[Callable[[], jmdi.Record], ...] = (actor, tie, action)
    total = 0.0
    for make in makers:
        repeat = 1 if number == 1 else 7
        best = min(timeit.repeat(make, timer=time.process_time, number=number, repeat=repeat))
        total += best / number
        print(f"{make.__name__:<8} {best / number * 1e6:8.2f} µs")
    print(f"{'mix':<8} {total / len(makers) * 1e6:8.2f} µs")


if __name__ == "__main__":
    main()
