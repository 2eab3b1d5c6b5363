"""Reading and writing jmdi's own format: time and memory, as ratios within one run.

Structuring is compared with plain cattrs on the same classes, with hooks as strict but
without keeping unknown members; reading with what the records themselves weigh; reading, with
the extra ``fast`` and without it, with pydantic and msgspec where they are installed. Each time
is the median of interleaved rounds.

Writing is compared with orjson and a hook in Python for what orjson does not know; the aim is at
most four times its time. Generated code writes the text of a record in one go, with the extra and
without it.

The aim of reading with the extra is half the time of pydantic dataclasses, each called as its user
calls it. In a program as it is, whose collector is on, 25,000 records and more are read so,
because jmdi pauses the collector while it reads; 10,000 take 1 / 1.8 of pydantic's time, fewer
than 5,000 as long: the one walk of the collector when the pause ends is a quarter of the time.
With the collector off for both it is 1.2 to 1.4 at all sizes, and the aim is missed. Of 5.5
microseconds a record, msgspec splits the line in 0.8; 3.3 make the record in Python, an immutable
object with some twenty slots, a frozen mapping of names, interned ids and values that are known by
their bytes; 1.4 read the line and hand the record on with its bounds; and 1 more keeps it. Half of
pydantic's time is what msgspec and the line alone take with the slots of an Actor, so generated
code cannot reach it. pydantic fills objects that can be changed in Rust, and takes a doubled
member without a word.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import gc
import json
import math
import random
import re
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

import cattrs
from cattrs.gen import make_dict_structure_fn, override
from files_peers import msgspec_reader, orjson_writer, pydantic_reader

import jmdi
from jmdi.files import fast
from jmdi.files.codec import Codec
from jmdi.files.native import canonical_order
from jmdi.files.scalars import DECIMAL
from jmdi.model.frozen import FrozenMap
from jmdi.model.writing import canonical_json

KINDS: dict[str, Any] = {
    cls.kind: cls for cls in (jmdi.Actor, jmdi.Tie, jmdi.Participates, jmdi.Action)
}
LIMIT_STRUCTURE = 1.5
LIMIT_MEMORY = 3.0
LIMIT_READ = 3.0
LIMIT_WRITE = 4.0
MSGSPEC, ORJSON = "msgspec structs", "orjson with a hook"


def mixed(count: int) -> Iterator[Any]:
    """Actors, ties, participations and actions, always the same."""
    rng = random.Random(7)
    for n in range(count):
        one, other = f"actor/{rng.randrange(count):024x}", f"actor/{rng.randrange(count):024x}"
        turn = n % 4
        if turn == 0:
            yield jmdi.Actor(
                id=f"actor/{n:024x}",
                names={"en": f"Municipality {n}", "fr": f"Commune {n}"},
                type=jmdi.code("actor-type", "local_authority"),
                country="SN",
                identifiers=(jmdi.Identifier("x-register", str(n)),),
                sources=(jmdi.Source("Register", date=datetime.date(2015, 1, 1), locator=str(n)),),
            )
        elif turn == 1:
            yield jmdi.Tie(
                id=f"tie/{n:024x}",
                source=one,
                target=other,
                intensity=n % 6,
                type=jmdi.code("tie-kind", "funding"),
                amounts=(jmdi.Money(f"{n}.50", "EUR"),),
            )
        elif turn == 2:
            yield jmdi.Participates(
                id=f"participates/{n:024x}",
                source=one,
                target=other,
                role=jmdi.code("organisation-role", "implementing"),
                period=jmdi.Period("2014/2016", "from 2014 to 2016"),
            )
        else:
            yield jmdi.Action(
                id=f"action/{n:024x}",
                names={"en": f"Training {n}"},
                position=n,
                table=1,
                objectives=({"en": "To train staff"},),
                timeline=jmdi.Period("2015-10", "October"),
                audience=(jmdi.Audience({"en": "mayors"}, size=jmdi.Quantity(20, "mayors")),),
                finance=(jmdi.Money(reason="in_kind", words="in kind"), jmdi.Money("500", "XOF")),
                places=(jmdi.Place(one, "Region"),),
                cells=("a", "b", "c"),
            )


def strict(cls: type) -> Callable[[Any, Any], Any]:
    """A hook that takes values of exactly this class."""

    def read(value: Any, _: Any) -> Any:
        if value.__class__ is not cls:
            raise ValueError(f"expected {cls.__name__}, got {value!r}")
        return value

    return read


def plain_cattrs() -> Callable[[dict[str, Any]], Any]:
    """Structuring by cattrs alone: the same classes, strict, unknown members dropped."""
    converter = cattrs.Converter(detailed_validation=True)
    for cls in (str, int, float, bool):
        converter.register_structure_hook(cls, strict(cls))

    def decimal(value: Any, _: Any) -> Decimal:
        if value.__class__ is not str or not DECIMAL.fullmatch(value):
            raise ValueError(f"expected a decimal number, got {value!r}")
        return Decimal(value)

    def date(value: Any, _: Any) -> datetime.date:
        if value.__class__ is not str or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError(f"expected a date, got {value!r}")
        return datetime.date.fromisoformat(value)

    def text(value: Any, _: Any) -> FrozenMap[str]:
        if value.__class__ is not dict:
            raise ValueError(f"expected a text, got {value!r}")
        for words in value.values():
            if words.__class__ is not str:
                raise ValueError(f"expected str, got {words!r}")
        return FrozenMap(value)

    converter.register_structure_hook(Decimal, decimal)
    converter.register_structure_hook(datetime.date, date)
    converter.register_structure_hook_func(lambda hint: hint == jmdi.Text, text)
    values = (
        jmdi.Code,
        jmdi.Identifier,
        jmdi.Source,
        jmdi.DatedPart,
        jmdi.Period,
        jmdi.Money,
        jmdi.Quantity,
        jmdi.Place,
        jmdi.Audience,
    )
    kept = {"extra": override(omit=True), "facets": override(omit=True)}
    for value_class in values:
        hook = make_dict_structure_fn(value_class, converter, extra=kept["extra"])
        converter.register_structure_hook(value_class, hook)
    hooks = {k: make_dict_structure_fn(c, converter, **kept) for k, c in KINDS.items()}
    return lambda raw: hooks[raw["kind"]](raw, KINDS[raw["kind"]])


def with_jmdi() -> Callable[[dict[str, Any]], Any]:
    """Structuring by jmdi."""
    codec = Codec(jmdi.Model.build([]).catalog)
    return lambda raw: codec.structure(raw, KINDS[raw["kind"]])


def medians(
    jobs: dict[str, Callable[[], Any]], rounds: int, *, collecting: bool = False
) -> dict[str, float]:
    """The median CPU seconds of each job over interleaved rounds, the collector off or on."""
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            gc.collect()
            if not collecting:
                gc.disable()
            began = time.process_time()
            job()
            taken[name].append(time.process_time() - began)
            gc.enable()
    return {name: statistics.median(times) for name, times in taken.items()}


def exponent(sizes: Sequence[int], figures: Sequence[float]) -> float:
    """How a figure grows with the size: 1 means linear."""
    return math.log(figures[-1] / figures[0]) / math.log(sizes[-1] / sizes[0])


def structuring(sizes: Sequence[int], rounds: int) -> None:
    """Compares structuring with plain cattrs."""
    print(f"structuring: jmdi against plain cattrs, at most {LIMIT_STRUCTURE}")
    ours, theirs = with_jmdi(), plain_cattrs()
    ratios, times = [], []
    for size in sizes:
        raws = [json.loads(canonical_json(record)) for record in mixed(size)]
        assert [ours(raw) for raw in raws] == [theirs(raw) for raw in raws]
        jobs = {
            "jmdi": lambda raws=raws: [ours(raw) for raw in raws],
            "cattrs": lambda raws=raws: [theirs(raw) for raw in raws],
        }
        taken = medians(jobs, rounds)
        ratios.append(taken["jmdi"] / taken["cattrs"])
        times.append(taken["jmdi"])
        each = {name: f"{name} {seconds / size * 1e6:6.1f} µs" for name, seconds in taken.items()}
        print(f"  {size:>9,} records   {'   '.join(each.values())} each   ratio {ratios[-1]:.2f}")
    print(f"  growth: n^{exponent(sizes, times):.2f}")


@contextlib.contextmanager
def files(sizes: Sequence[int]) -> Iterator[dict[int, Path]]:
    """Files with so many records."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {size: Path(folder) / f"{size}.jsonl" for size in sizes}
        for size, path in paths.items():
            with path.open("w", encoding="utf-8", newline="\n") as stream:
                stream.write('{"jmdi":"1.0"}\n')
                stream.writelines(f"{canonical_json(record)}\n" for record in mixed(size))
        yield paths


def measured(job: Callable[[], Any]) -> tuple[int, int]:
    """Bytes at the peak of a job, and those that its result keeps."""
    gc.collect()
    tracemalloc.start()
    result = job()
    gc.collect()
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del result
    return peak, kept


def memory(paths: dict[int, Path]) -> None:
    """Compares the peak of reading with what the records weigh."""
    print(f"memory: peak against the records themselves, at most {LIMIT_MEMORY:g}")
    model = jmdi.Model.build([])
    measured(lambda: model.read(next(iter(paths.values()))))
    peaks = []
    for size, path in paths.items():
        _, weight = measured(lambda path=path: list(model.stream(path)))
        read, _ = measured(lambda path=path: model.read(path))
        stream, _ = measured(lambda path=path: sum(1 for _ in model.stream(path)))
        peaks.append(read)
        print(
            f"  {size:>9,} records   weigh {weight / 1e6:8.1f} MB   read {read / weight:.2f}   "
            f"stream {stream / weight:.4f} ({stream / 1e6:.2f} MB)"
        )
    print(f"  growth of read: n^{exponent(list(paths), peaks):.2f}")


def throughput(paths: dict[int, Path], rounds: int) -> None:
    """Times reading and writing whole files, beside others where they are installed."""
    print(f"reading and writing whole files: ratios to json alone, reading at most {LIMIT_READ:g}")
    model = jmdi.Model.build([])
    peers = dict(installed())
    if MSGSPEC not in peers:
        print("  msgspec is not installed: both ways of reading are the same")
    reads = []
    for size, path in paths.items():
        dataset = model.read(path)
        assert without_msgspec(model.read, path) == dataset
        target = path.with_suffix(".out.jsonl")
        jobs: dict[str, Callable[[], Any]] = {
            "json.loads": lambda path=path: [json.loads(x) for x in path.open(encoding="utf-8")],
            "read": lambda path=path: without_msgspec(model.read, path),
            "stream": lambda path=path: without_msgspec(lambda: sum(1 for _ in model.stream(path))),
            "write": lambda dataset=dataset, target=target: model.write(dataset, target),
            "read, fast": lambda path=path: model.read(path),
            "stream, fast": lambda path=path: sum(1 for _ in model.stream(path)),
            **{name: lambda path=path, read=read: read(path) for name, read in peers.items()},
        }
        with contextlib.suppress(ImportError):
            orjson = orjson_writer()
            jobs[ORJSON] = lambda dataset=dataset, target=target, orjson=orjson: orjson(
                canonical_order(dataset), target
            )
        taken = medians(jobs, rounds)
        reads.append(taken["read"])
        print(f"  {size:,} records")
        for name, seconds in taken.items():
            print(f"    {name:<20} {seconds:8.3f} s   {seconds / taken['json.loads']:6.2f}")
        if ORJSON in taken:
            ratio = taken["write"] / taken[ORJSON]
            print(f"    write / {ORJSON}: {ratio:.2f}, at most {LIMIT_WRITE:g}")
        for name in sorted(set(peers) & set(taken)):
            ratio = taken[name] / taken["read, fast"]
            both = {"read, fast": jobs["read, fast"], name: jobs[name]}
            usual = medians(both, rounds, collecting=True)
            on = usual[name] / usual["read, fast"]
            print(f"    {name} / read, fast: {ratio:.2f}; with the collector on {on:.2f}")
    print(f"  growth of read: n^{exponent(list(paths), reads):.2f}")


def without_msgspec(job: Callable[..., Any], *arguments: Any) -> Any:
    """What a job does where msgspec is not installed."""
    with mock.patch.object(fast, "fast_lines", lambda codec: None):
        return job(*arguments)


def installed() -> Iterator[tuple[str, Callable[[Path], Any]]]:
    """What else reads such files, where it is installed."""
    for name, peer in (("pydantic dataclasses", pydantic_reader), (MSGSPEC, msgspec_reader)):
        with contextlib.suppress(ImportError):
            yield name, peer(KINDS.values())


def main() -> None:
    """Runs all of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument(
        "--smoke", action="store_true", help="small sizes, only to see that it runs"
    )
    parser.add_argument("--records", type=int, default=100_000, help="records in the largest file")
    parser.add_argument("--part", choices=("structuring", "memory", "throughput"), help="only this")
    parser.add_argument("--rounds", type=int, default=7, help="rounds of each measurement")
    options = parser.parse_args()
    largest = 2_000 if options.smoke else options.records
    rounds = 1 if options.smoke else options.rounds
    sizes = [largest // 20, largest // 4, largest]
    if options.part in (None, "structuring"):
        structuring([largest // 100, largest // 20, largest // 5], rounds)
    with files(sizes) as paths:
        if options.part in (None, "memory"):
            memory(paths)
        if options.part in (None, "throughput"):
            throughput(paths, min(rounds, 3))


if __name__ == "__main__":
    main()
