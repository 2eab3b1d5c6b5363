"""Registries as Parquet tables: size, time and memory, beside the same work on JSON Lines.

An invented registry of initiatives, with some actors in several of them, is written as JSON Lines
and as tables, read back, asked for three columns, and projected: once in memory and once by DuckDB,
whose Results must be equal. CPU seconds and megabytes at the peak of the children that do the
work, and shares of them beside what was asked; the exponent is that in the number of initiatives,
between the smallest size and the largest.

    python benchmarks/bench_tables.py --initiatives 20000
"""

from __future__ import annotations

import argparse
import math
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import jmdi

MOST = {
    "tables: bytes / lines": 1 / 8,
    "lines to tables / lines to lines": 1.3,
    "tables to lines / lines to lines": 1.3,
    "lines to tables: MB": 300,
    "projected by DuckDB / in memory": 1 / 20,
    "projected by DuckDB: MB / in memory": 1 / 3,
}
"""What was asked of the largest registry."""

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
            budget=(jmdi.Money(str(dice.randint(1, 10**6)), "EUR"),),
        )
        for place in range(dice.randint(2, 5)):
            actor = int(actors * dice.random() ** 2)
            yield jmdi.Participates(
                id=f"participates/{n}/{place}",
                source=f"actor/{actor}",
                target=f"initiative/{n}",
                role=jmdi.code("organisation-role", "implementing"),
            )


def run(*command: str) -> tuple[float, float, str]:
    """CPU seconds of a command, megabytes at its peak, and what it printed."""
    with tempfile.TemporaryFile("w+") as output:
        child = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            sys.exit(f"{command} ended with {child.returncode}")
        output.seek(0)
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, output.read().strip()


def bytes_in(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def measured(initiatives: int, home: Path) -> dict[str, float]:
    """CPU seconds and megabytes of each task, and shares of them."""
    lines, tables = home / f"{initiatives}.jsonl", home / f"{initiatives}.parquet"
    again, back = home / "again.jsonl", home / "back.jsonl"
    jmdi.dataset(registry(initiatives)).write(lines)

    def convert(source: Path, target: Path) -> tuple[str, ...]:
        words = ("-m", "jmdi", "-q", "convert", str(source), "-o", str(target), "--force")
        return (sys.executable, *words)

    def python(text: str, path: Path) -> tuple[str, ...]:
        return (sys.executable, "-c", text.format(str(path)))

    done = {
        "lines to lines": run(*convert(lines, again)),
        "lines to tables": run(*convert(lines, tables)),
        "tables to lines": run(*convert(tables, back)),
        "three columns": run(*python(COLUMNS, tables)),
        "projected in memory": run(*python(IN_MEMORY, lines)),
        "projected by DuckDB": run(*python(COUNTED, tables)),
    }
    assert lines.read_bytes() == back.read_bytes()
    assert done["projected in memory"][2] == done["projected by DuckDB"][2]
    seconds = {name: spent for name, (spent, _, _) in done.items()}
    peak = {name: held for name, (_, held, _) in done.items()}
    return {
        **{f"{name}: s": spent for name, spent in seconds.items()},
        **{f"{name}: MB": held for name, held in peak.items()},
        "tables: bytes / lines": bytes_in(tables) / lines.stat().st_size,
        "lines to tables / lines to lines": seconds["lines to tables"] / seconds["lines to lines"],
        "tables to lines / lines to lines": seconds["tables to lines"] / seconds["lines to lines"],
        "projected by DuckDB / in memory": seconds["projected by DuckDB"]
        / seconds["projected in memory"],
        "projected by DuckDB: MB / in memory": peak["projected by DuckDB"]
        / peak["projected in memory"],
    }


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
    print(f"{'':36}" + "".join(f"{size:>10,}" for size in sizes) + "  exponent   asked")
    for name in rows[0]:
        values = [row[name] for row in rows]
        power = math.log(values[-1] / values[0]) / math.log(sizes[-1] / sizes[0])
        asked = f"{MOST[name]:8.3f}" if name in MOST else ""
        print(f"{name:36}" + "".join(f"{v:10.3f}" for v in values) + f"{power:10.2f}{asked}")
    size = "tables: bytes / lines"
    if not chosen.smoke and rows[-1][size] > MOST[size]:
        sys.exit(f"the tables have more than {MOST[size]:.3f} of the bytes of the lines")


if __name__ == "__main__":
    main()
