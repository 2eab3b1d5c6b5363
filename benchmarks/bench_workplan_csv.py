"""CPU time to read a long work plan in .csv, against csv.reader on the same bytes.

Ours makes records of every row; theirs only cuts the lines. The plans differ in how much of their
words is new in each row: in one nearly nothing, as in a plan that was copied down, in the other
the title, the size of the audience, the day and the amount.
"""

from __future__ import annotations

import argparse
import csv
import io
import statistics
import time
from collections.abc import Callable

import jmdi

TARGET = 40.0
HEAD = "Action,Objective,Target audience,Location,Timeline,Budget,Responsible\n"
SHORT = "Action,Objective,Timeline,Budget\n"


def copied(number: int) -> str:
    """A row that says the same as those around it."""
    return (
        f"Train the teachers of district {number},Better schools for all,40 teachers,Kumasi,"
        "March 2016,USD 5000,Ministry of Education\n"
    )


def varied(number: int) -> str:
    """A row of which most is new."""
    return (
        f"Train the teachers of district {number},Better schools for all,{number % 900 + 10} "
        f"teachers,Kumasi,{number % 28 + 1} March {2010 + number % 9},USD {number * 10},"
        f"Ministry of Education\n"
    )


def typed(number: int) -> str:
    """A row as long as ministries type them."""
    return (
        f'"Train the teachers of the schools of district {number} in participatory methods, so '
        'that they can hold meetings with parents and young people",'
        "- Raise the share of schools with a council; - Involve parents in decisions of schools,"
        f"{number % 40 + 10} teachers and the parents of their pupils,"
        '"Kumasi, Tamale and Cape Coast",'
        f"from {number % 28 + 1} March to 5 April {2010 + number % 9},"
        f"USD {number * 10} from the state budget,"
        "Ministry of Education; Ghana Education Service; district assembly\n"
    )


def short(number: int) -> str:
    """A row of four words."""
    return f"Train group {number},better schools,{2010 + number % 9},USD {number % 500}\n"


PLANS: dict[str, tuple[str, Callable[[int], str]]] = {
    "short": (SHORT, short),
    "copied": (HEAD, copied),
    "varied": (HEAD, varied),
    "typed": (HEAD, typed),
}


def ours(data: bytes) -> int:
    """Rows read as actions."""
    limits = jmdi.Limits(size=50_000_000, cells=250_000)
    plan = io.BytesIO(data)
    read = jmdi.read(plan, format="workplan:csv", on_error="keep", limits=limits, country="GH")
    return len(read.of(jmdi.Action))


def theirs(data: bytes) -> int:
    """Rows cut."""
    return sum(1 for _ in csv.reader(io.TextIOWrapper(io.BytesIO(data), "utf-8", newline=""))) - 1


def cpu(work: Callable[[bytes], int], data: bytes, rows: int) -> float:
    """Seconds of CPU that some work takes."""
    start = time.process_time()
    if work(data) != rows:
        raise SystemExit("not every row was read")
    return time.process_time() - start


def main() -> int:
    """Prints a line for each plan; fails where a ratio is over the target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=24_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--smoke", action="store_true", help="small and quick: only that it runs")
    options = parser.parse_args()
    rows, repeat = (50, 1) if options.smoke else (options.rows, options.repeat)
    print(f"{'plan':8} {'rows':>7} {'jmdi':>11} {'csv.reader':>11} {'ratio':>7} {'target':>7}")
    slow = False
    for name, (head, row) in PLANS.items():
        data = (head + "".join(map(row, range(rows)))).encode()
        pairs = [(cpu(ours, data, rows), cpu(theirs, data, rows)) for _ in range(repeat)]
        mine, other = (statistics.median(times) for times in zip(*pairs, strict=True))
        ratio = statistics.median(a / b for a, b in pairs)
        each = f"{mine / rows * 1e6:>8.1f} us {other / rows * 1e6:>8.2f} us"
        print(f"{name:8} {rows:>7,} {each} {ratio:>7.1f} {f'< {TARGET:g}':>7}")
        slow = slow or ratio >= TARGET
    return 1 if slow and not options.smoke else 0


if __name__ == "__main__":
    raise SystemExit(main())
