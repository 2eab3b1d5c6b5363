"""Registries as Parquet tables: size, time and memory, beside the same work on JSON Lines.

An invented registry of initiatives, with some actors in several of them, is written as JSON Lines
and as tables, read back, asked for three columns, and projected: once in memory and once by DuckDB,
whose Results must be equal. CPU seconds of the children that do the work; the exponent is that of
time in the number of initiatives, between the smallest size and the largest.

    python benchmarks/bench_tables.py --initiatives 20000
"""

from __future__ import annotations

import argparse
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import jmdi

LARGEST = 1 / 8
"""Bytes of the tables over those of the lines, at most."""

IN_MEMORY = "import jmdi; n = jmdi.read({0!r}).project('co-participation'); print(len(n.source))"
COUNTED = (
    "import jmdi_tables; t = jmdi_tables.open({0!r}, digests=False)\n"
    "n = t.network('co-participation'); print(len(n.source))"
)
COLUMNS = (
    "import jmdi_tables; t = jmdi_tables.open({0!r}, digests=False)\n"
    "p = t.of('participates', 'source', 'target', role='role.code'); print(t.count(p))"
)


def registry(initiatives: int, seed: int = 0) -> Iterator[jmdi.Record]:
    """Records of an invented registry: most actors are in few initiatives, some in many."""
    dice = random.Random(seed)
    actors = initiatives // 3 + 10
    for n in range(actors):
        yield jmdi.Actor(id=f"actor/{n}", names={"en": f"Invented office {n}"}, country="XA")
    for n in range(initiatives):
        year = dice.randint(2005, 2020)
        yield jmdi.Initiative(
            id=f"initiative/{n}",
            names={"en": f"Invented programme {n} of wells, schools and savings"},
            description={"en": "What is said of it, at some length, so that a line is as long. "},
            period=jmdi.Period(f"{year}/{year + dice.randint(1, 4)}"),
            budget=[jmdi.Money(str(dice.randint(1, 10**6)), "EUR")],
        )
        for place in range(dice.randint(2, 5)):
            actor = int(actors * dice.random() ** 2)
            yield jmdi.Participates(
                id=f"participates/{n}/{place}",
                source=f"actor/{actor}",
                target=f"initiative/{n}",
                role=jmdi.code("organisation-role", "implementing"),
            )


def run(*command: str) -> tuple[float, str]:
    """CPU seconds of a command, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, done.stdout.strip()


def bytes_in(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def measured(initiatives: int, home: Path) -> dict[str, float]:
    """The CPU seconds of each task, and the share of bytes."""
    lines, tables = home / f"{initiatives}.jsonl", home / f"{initiatives}.parquet"
    jmdi.dataset(registry(initiatives)).write(lines)
    convert = (sys.executable, "-m", "jmdi", "-q", "convert")
    found = {
        "lines to lines": run(*convert, str(lines), "-o", str(home / "again.jsonl"), "--force")[0],
        "lines to tables": run(*convert, str(lines), "-o", f"{tables}{os.sep}")[0],
        "tables to lines": run(*convert, str(tables), "-o", str(home / "back.jsonl"), "--force")[0],
    }
    assert lines.read_bytes() == (home / "back.jsonl").read_bytes()
    found["three columns"] = run(sys.executable, "-c", COLUMNS.format(str(tables)))[0]
    found["projected in memory"], mine = run(sys.executable, "-c", IN_MEMORY.format(str(lines)))
    found["projected by DuckDB"], other = run(sys.executable, "-c", COUNTED.format(str(tables)))
    assert mine == other
    found["bytes"] = bytes_in(tables) / lines.stat().st_size
    return found


def main() -> None:
    """Prints a row for each size, and the exponents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--initiatives", type=int, default=20_000, help="of the largest registry")
    parser.add_argument("--smoke", action="store_true", help="a small one, to see that it runs")
    chosen = parser.parse_args()
    largest = 200 if chosen.smoke else chosen.initiatives
    sizes = [largest // 4, largest // 2, largest]
    with tempfile.TemporaryDirectory() as home:
        rows = [measured(size, Path(home)) for size in sizes]
    print(f"{'CPU seconds':22}" + "".join(f"{size:>10,}" for size in sizes) + "  exponent")
    for name in rows[0]:
        values = [row[name] for row in rows]
        power = math.log(values[-1] / values[0]) / math.log(sizes[-1] / sizes[0])
        print(f"{name:22}" + "".join(f"{value:10.3f}" for value in values) + f"{power:10.2f}")
    if not chosen.smoke and rows[-1]["bytes"] > LARGEST:
        sys.exit(f"the tables have more than {LARGEST:.3f} of the bytes of the lines")


if __name__ == "__main__":
    main()
