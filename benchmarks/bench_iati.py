"""Reading IATI: time and memory, as ratios within one run.

Published files, where a folder of them is given or lies beside the repository, are read and
converted in turn with the bare parse: ``lxml.iterparse`` and ``clear``, which extracts nothing.
Each is there several times, under other identifiers, so that nothing is met twice. Beside them
stands what lines of plain dicts take, of which nothing was understood or checked. Activities are
also made as publishers write them, and read beside the other libraries of `iati_peers` that are
installed; ``jmdi convert`` to JSON Lines is measured at three sizes, so that growth shows, and of
eight files by one process and by two. Times are medians of interleaved rounds: CPU seconds of
reading, seconds of converting.

    python benchmarks/bench_iati.py --activities 20000
    python benchmarks/bench_iati.py --real FOLDER        # published files only
    python benchmarks/bench_iati.py --million            # one conversion, some 20 minutes
    python benchmarks/bench_iati.py --million 200000
    python benchmarks/bench_iati.py --million --files 100 --workers 2
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import itertools
import json
import math
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from iati_peers import Read, peers
from lxml import etree  # type: ignore[import-untyped]

import jmdi
from jmdi_iati import plugin

LIMIT_IMPORT, LIMIT_CONVERT = 2.5, 3.0
LIMIT_MEMORY = 200
LEAST_GAIN = 1.6
ROLES = ("1", "2", "3", "4")
COUNTRIES = ("CR", "EC", "SV", "MA", "NP", "PH", "SN", "TN")
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03" '
    'generated-datetime="2020-01-01T00:00:00Z">\n'
)


def organisation(rng: random.Random, tag: str, more: str = "") -> str:
    """An organisation as files name them: most with a name only, some by reference."""
    number = int(rng.paretovariate(0.6)) % 50_000
    ref = f' ref="GB-CHC-{number}"' if number % 3 else ' ref=""'
    kind = rng.choice(("10", "11", "21", "22", "40", "70"))
    return f'<{tag}{ref} type="{kind}"{more}><narrative>Organisation {number}</narrative></{tag}>'


def transaction(rng: random.Random) -> str:
    day = f"20{rng.randrange(10, 20)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
    return (
        f'<transaction><transaction-type code="{rng.choice("123")}"/>\n'
        f'<transaction-date iso-date="{day}"/><value value-date="{day}">'
        f"{rng.randrange(10**7) / 100:.2f}</value>\n"
        f"<description><narrative>Payment {rng.randrange(10**6)}</narrative></description>\n"
        f"{organisation(rng, 'provider-org')}\n{organisation(rng, 'receiver-org')}\n"
        f'<sector code="15190" vocabulary="1"/><aid-type code="C01"/></transaction>\n'
    )


def activity(number: int) -> str:
    """One activity, always the same for a number."""
    rng = random.Random(number)
    country = rng.choice(COUNTRIES)
    words = " ".join(f"word{rng.randrange(5000)}" for _ in range(80))
    parties = "\n".join(
        organisation(rng, "participating-org", f' role="{rng.choice(ROLES)}"')
        for _ in range(rng.randrange(2, 7))
    )
    return (
        '<iati-activity default-currency="USD" xml:lang="en" hierarchy="1" '
        'last-updated-datetime="2019-05-01T00:00:00Z">\n'
        f"<iati-identifier>XM-DAC-41114-{number:08}</iati-identifier>\n"
        '<reporting-org ref="XM-DAC-41114" type="40"><narrative>Agency</narrative>'
        f"</reporting-org>\n<title><narrative>Activity {number}</narrative></title>\n"
        f'<description type="1"><narrative>{words}</narrative></description>\n{parties}\n'
        '<activity-status code="2"/>\n<activity-date type="1" iso-date="2015-01-01"/>'
        '<activity-date type="2" iso-date="2015-02-01"/>'
        '<activity-date type="3" iso-date="2018-12-31"/>\n<activity-scope code="4"/>'
        f'<recipient-country code="{country}" percentage="100"/>\n'
        '<sector code="15190" vocabulary="1" percentage="60"/>'
        '<sector code="24050" vocabulary="1" percentage="40"/>\n'
        '<policy-marker vocabulary="1" code="1" significance="1"/>'
        '<default-flow-type code="10"/><default-finance-type code="110"/>\n'
        '<budget type="1"><period-start iso-date="2015-01-01"/><period-end '
        f'iso-date="2015-12-31"/><value value-date="2015-01-01">{rng.randrange(10**6)}</value>'
        f"</budget>\n{''.join(transaction(rng) for _ in range(rng.randrange(1, 7)))}"
        f'<related-activity ref="XM-DAC-41114-{number // 10:08}" type="1"/>\n</iati-activity>\n'
    )


def write(path: Path, count: int, first: int = 1) -> int:
    """Writes a file of so many activities; returns its bytes."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write(HEAD)
        for number in range(first, first + count):
            stream.write(activity(number))
        stream.write("</iati-activities>\n")
    return path.stat().st_size


def bare(path: Path) -> None:
    """The floor: every activity is parsed and thrown away."""
    events = etree.iterparse(
        str(path),
        tag="iati-activity",
        recover=True,
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
    )
    for _, element in events:
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


RECORDS = {
    "transaction",
    "budget",
    "planned-disbursement",
    "participating-org",
    "recipient-country",
    "location",
}
"""Elements of which records are made, and then some."""


def as_dicts(path: Path) -> list[str]:
    """A crude pass: the same elements as plain dicts and lines, not understood or checked.

    Each element below an activity is met once; those that become records are plain dicts of the
    texts and attributes in them, with an identifier, and each is a line of JSON.
    """
    lines = []
    for _, one in etree.iterparse(str(path), tag="iati-activity", recover=True, huge_tree=True):
        told: dict[str, object] = {}
        for element in one:
            held = {each.tag: (each.text, dict(each.attrib)) for each in element.iter("*")}
            if element.tag not in RECORDS:
                told.update(held)
                continue
            mark = hashlib.blake2b(repr(held).encode(), digest_size=8).hexdigest()
            lines.append(json.dumps({"id": mark, **held}, ensure_ascii=False))
        lines.append(json.dumps(told, ensure_ascii=False))
        one.clear()
    return lines


MODEL = jmdi.Model.build([plugin])


def read(path: Path) -> None:
    for _ in MODEL.stream(path, format="iati:xml"):
        pass


def timed(run: Read, path: Path) -> float:
    gc.collect()
    gc.disable()
    begin = time.process_time()
    try:
        run(path)
    finally:
        gc.enable()
    return time.process_time() - begin


def compare(path: Path, rounds: int) -> dict[str, float]:
    """Median CPU seconds of each reader, rounds interleaved."""
    runs: dict[str, Read] = {"lxml.iterparse + clear": bare, "jmdi-iati": read, **peers()}
    times: dict[str, list[float]] = {name: [] for name in runs}
    for run in runs.values():  # what is loaded and compiled on first use is not reading
        run(path)
    for _ in range(rounds):
        for name, run in runs.items():
            times[name].append(timed(run, path))
    return {name: statistics.median(taken) for name, taken in times.items()}


@dataclass
class Run:
    """What one ``jmdi convert`` took.

    Attributes:
        wall: Seconds.
        cpu: CPU seconds.
        memory: Peak memory in MB.
        bytes: Of what it wrote.
    """

    wall: float
    cpu: float
    memory: int
    bytes: int


def convert(paths: Sequence[Path], workers: int = 1) -> Run:
    """Converts files to JSON Lines by the command line; of several processes the largest peak."""
    out = paths[0].with_suffix(".jsonl")
    command = [
        sys.executable,
        "-m",
        "jmdi",
        "-q",
        "convert",
        *map(str, paths),
        "-o",
        str(out),
        "--workers",
        str(workers),
    ]
    begin = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, "JMDI_PLUGINS": "iati"})
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    if status:
        raise SystemExit(f"{' '.join(command[:6])} … failed")
    size = out.stat().st_size
    out.unlink()
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, size)


def written(folder: Path, count: int, files: int) -> list[Path]:
    """So many activities in so many files of about the same size."""
    paths = []
    for number in range(files):
        first, last = (count * n // files + 1 for n in (number, number + 1))
        paths.append(folder / f"part-{number:03}.xml")
        write(paths[-1], last - first, first)
    return paths


def large(folder: Path, count: int, files: int, workers: int) -> None:
    """One conversion of many activities: how long it takes and how much memory."""
    begin = time.perf_counter()
    paths = written(folder, count, files)
    size = sum(path.stat().st_size for path in paths)
    print(
        f"made {count:,} activities, {size / 1e9:.2f} GB in {files} files, in "
        f"{time.perf_counter() - begin:,.0f} s",
        flush=True,
    )
    floor = sum(timed(bare, path) for path in paths)
    print(f"bare parse: {floor:,.0f} s", flush=True)
    run = convert(paths, workers)
    print(
        f"jmdi convert --workers {workers}: {run.wall:,.0f} s ({run.cpu:,.0f} s of CPU, "
        f"{run.cpu / floor:.1f} x the bare parse), {count / run.wall:,.0f} activities a second, "
        f"{run.memory} MB at most in one process, {run.bytes / 1e9:.2f} GB written"
    )
    print(f"wanted: at most {LIMIT_MEMORY} MB")


def side_by_side(folder: Path, count: int, rounds: int) -> None:
    """Converts eight files by one process and by two, in turn."""
    paths = written(folder, count, 8)
    walls: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(rounds):
        for workers, taken in walls.items():
            taken.append(convert(paths, workers).wall)
    one, two = (statistics.median(taken) for taken in walls.values())
    print(
        f"{count:,} activities in 8 files: {one:.2f} s by one process, {two:.2f} s by two, "
        f"{one / two:.2f} times as fast; wanted: at least {LEAST_GAIN}"
    )


REAL = Path(__file__).parents[1].parent / "shared" / "data" / "iati"
REAL_SIZE = 37_000_000


def several(source: Path, folder: Path, size: int) -> list[Path]:
    """Copies of published files of so many bytes or more, each with identifiers of its own."""
    files = [path for path in sorted(source.glob("*.xml")) if path.stat().st_size]
    copies: list[Path] = []
    made = 0
    for number, path in ((n, path) for n in itertools.count() for path in files):
        data = re.sub(rb"(<iati-identifier[^>]*>\s*)", rb"\g<1>R%d-" % number, path.read_bytes())
        copies.append(folder / f"{path.stem}-{number}.xml")
        made += copies[-1].write_bytes(data)
        if made >= size:
            break
    return copies


def published(source: Path, folder: Path, size: int, rounds: int) -> None:
    """Reads and converts published files, one process and two, beside the bare parse."""
    copies = several(source, folder, size)
    total = sum(path.stat().st_size for path in copies)
    records = sum(1 for path in copies for _ in MODEL.stream(path))
    print(f"{len(copies)} published files, {total / 1e6:,.1f} MB, {records:,} records")
    taken: dict[str, list[float]] = {"bare": [], "dicts": [], "import": [], "convert": []}
    walls: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(rounds):
        taken["bare"].append(sum(timed(bare, path) for path in copies))
        taken["dicts"].append(sum(timed(as_dicts, path) for path in copies))
        taken["import"].append(sum(timed(read, path) for path in copies))
        run = convert(copies)
        taken["convert"].append(run.cpu)
        walls[1].append(run.wall)
        walls[2].append(convert(copies, 2).wall)
    floor = statistics.median(taken["bare"])
    least = statistics.median(taken["dicts"]) / floor
    print(f"  lines of plain dicts, not understood: {least:.2f} x the bare parse")
    for name, wanted in (("import", LIMIT_IMPORT), ("convert", LIMIT_CONVERT)):
        spent = statistics.median(taken[name])
        print(
            f"  {name:8} {spent:7.2f} s   {spent / floor:6.2f} x the bare parse, wanted: at most "
            f"{wanted}   {spent / records * 1e6:5.1f} µs a record"
        )
    one, two = (statistics.median(wall) for wall in walls.values())
    print(f"  by two processes {one / two:.2f} times as fast, wanted: at least {LEAST_GAIN}")


def exponent(sizes: Sequence[int], values: Sequence[float]) -> float:
    """How a value grows with size: 1 is linear."""
    return math.log(values[-1] / values[0]) / math.log(sizes[-1] / sizes[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--activities", type=int, default=5000, help="of the largest file")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--file", type=Path, help="compare on this file instead")
    parser.add_argument(
        "--million",
        type=int,
        nargs="?",
        const=1_000_000,
        metavar="N",
        help="convert one file of a million activities, or of N",
    )
    parser.add_argument("--files", type=int, default=1, help="of the million")
    parser.add_argument("--workers", type=int, default=1, help="processes that convert the million")
    parser.add_argument(
        "--real", type=Path, nargs="?", const=REAL, metavar="FOLDER", help="published files only"
    )
    parser.add_argument("--smoke", action="store_true", help="few, only to see that it runs")
    given = parser.parse_args()
    if given.smoke:
        given.activities, given.rounds = 40, 1
    with tempfile.TemporaryDirectory() as folder:
        if given.million:
            large(Path(folder), given.million, given.files, given.workers)
            return
        if given.real or REAL.is_dir():
            size = 1_000_000 if given.smoke else REAL_SIZE
            published(given.real or REAL, Path(folder), size, given.rounds)
        if given.real:
            return
        sizes = [max(1, given.activities // 4), max(1, given.activities // 2), given.activities]
        paths = [Path(folder) / f"{size}.xml" for size in sizes]
        made = [write(path, size) for path, size in zip(paths, sizes, strict=True)]
        # first, since a process begins with the memory of the one that starts it
        peaks = [convert([path]).memory for path in paths]
        side_by_side(Path(folder), 3 * given.activities, min(given.rounds, 3))
        chosen = given.file or paths[-1]
        print(f"{chosen.name}: {chosen.stat().st_size / 1e6:,.1f} MB")
        times = compare(chosen, given.rounds)
        floor, own = times["lxml.iterparse + clear"], times["jmdi-iati"]
        for name, taken in times.items():
            print(
                f"  {name:26} {taken:8.3f} s   {taken / floor:6.2f} x the bare parse   "
                f"{taken / own:5.2f} x jmdi-iati"
            )
        print(f"  wanted: at most {LIMIT_IMPORT} x")
        spent = [timed(read, path) for path in paths]
        for size, length, taken, memory in zip(sizes, made, spent, peaks, strict=True):
            print(f"{size:>9,} activities {length / 1e6:8.1f} MB {taken:8.2f} s {memory:6} MB")
        print(f"exponents: time {exponent(sizes, spent):.2f}, memory {exponent(sizes, peaks):.2f}")
        print(f"wanted: 1 and 0, and at most {LIMIT_MEMORY} MB")


if __name__ == "__main__":
    main()
