"""Gives damaged files to every importer, and says which of them it does not bear.

A finding is an exception that is no `jmdi.DataError` (all that reading documents), more than
10 s of processor time, more than 1 GiB of memory, a crash, or records that are not the same after
they were written as JSON Lines and read again. The same seed gives the same files. When it is
interrupted, it says what it found until then.

    python tools/fuzz.py                                  # every importer, for a minute in all
    python tools/fuzz.py --only jsonl --inputs 1000000    # one, by hand
    python tools/fuzz.py --only jsonl --again 4711        # one file again, with its traceback
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

import attrs
from fuzz_seeds import VARIANTS, options_of, seeds_of, size

import jmdi
from jmdi.testing.mutations import mutated
from jmdi.testing.outputs import Sample, read_sample

try:
    import resource
except ModuleNotFoundError:  # Windows: time is measured after each file, memory is not bounded
    resource = None  # type: ignore[assignment]

SECONDS = 10
"""Processor time that one file may take."""
MEMORY = 2**30
"""Bytes that reading may take beside what the process has when it begins."""
FAILED = ("J101", "J108")
"""Codes under which an exception is reported that is no `jmdi.DataError`."""
ROUND = 20_000
"""Files after which a process is replaced, so that what it keeps is not taken for a fault."""


@attrs.frozen(slots=True)
class Files:
    """The damaged files of an importer; each is made by its number.

    Attributes:
        importer: Name of the importer.
        seed: Another seed gives other files.
        seeds: The files that are changed.
    """

    importer: str
    seed: int
    seeds: list[Sample]

    def make(self, number: int) -> Sample:
        """The file of a number; large seeds are taken less often, as they are read slowly."""
        dice = random.Random(f"{self.seed}/{self.importer}/{number}")
        sample = dice.choices(self.seeds, weights=[(300 + size(s)) ** -1.5 for s in self.seeds])[0]
        return Sample(sample.name, mutated(sample.files, dice))


@attrs.define(slots=True)
class Tally:
    """What came of the files of one importer.

    Attributes:
        files: How many were read.
        whole: How many of them gave records.
        findings: What went wrong, each sort with the number of the first file.
        interrupted: Whether it was told to stop.
    """

    files: int = 0
    whole: int = 0
    findings: dict[str, int] = attrs.field(factory=dict)
    interrupted: bool = False


def tried(model: jmdi.Model, importer: str, sample: Sample) -> bool:
    """Reads a file, writes what it holds and reads that; whether it holds records.

    Raises:
        AssertionError: If the records are not the same.
        Exception: Whatever else is a finding.
    """
    name, options = options_of(importer)
    try:
        dataset, problems = read_sample(model, name, sample, options, strict=False)
        if any(problem.code.endswith(FAILED) for problem in problems):
            read_sample(model, name, sample, options)  # raises what the importer failed of
    except jmdi.DataError:
        return False
    for problem in problems:
        str(problem).encode()
    stream = io.BytesIO()
    model.write(dataset, stream, format="jsonl")
    again, _ = read_sample(model, "jsonl", Sample("again.jsonl", {"": stream.getvalue()}), {})
    if again != dataset:
        members = sorted(name for name, part in dataset.diff(again).to_dict().items() if part)
        raise AssertionError(f"records differ once they were written and read: {members}")
    return bool(dataset.records)


def described(error: BaseException) -> str:
    """What went wrong, the same for all files that meet the same fault."""
    while isinstance(error, jmdi.PluginError) and error.__cause__ is not None:
        error = error.__cause__
    frames = traceback.extract_tb(error.__traceback__)
    others = ("<", sys.base_prefix, str(Path(attrs.__file__).parents[1]))  # what was installed
    ours = [frame for frame in frames if not frame.filename.startswith(others)]
    place = f"{Path(ours[-1].filename).name}, {ours[-1].name}" if ours else "?"
    said = str(error).partition("\n")[0][:100] if isinstance(error, AssertionError) else ""
    if isinstance(error, jmdi.DataError):
        said = " ".join(sorted({problem.code for problem in error.problems}))
    return f"{type(error).__name__} in {place} {said}".strip()


def work(model: jmdi.Model, files: Files, numbers: range, until: float, at: Any, pipe: Any) -> None:
    """Tries files, in a process of its own; what it finds goes into the pipe.

    Args:
        model: The model that has the importer.
        files: The files.
        numbers: Their numbers.
        until: When to stop, by `time.monotonic`.
        at: Shared memory: the number after that of the file which is tried now, and how many
            files gave records.
        pipe: Takes what was found, with the number of the file.
    """
    _bound_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asked for this one ends it
    for number in numbers:
        if time.monotonic() > until:
            break
        at[0] = number + 1
        sample = files.make(number)
        began = time.process_time()
        _bound_time(SECONDS)
        try:
            at[1] += tried(model, files.importer, sample)
        except MemoryError:
            pipe.send((f"memory over {MEMORY / 2**30:g} GiB", number))
            break  # what is left of the process may be broken
        except (Exception, SystemExit) as error:
            pipe.send((described(error), number))
        _bound_time(0)
        if time.process_time() - began > SECONDS:
            pipe.send((_slow(), number))


def _slow() -> str:
    return f"processor time over {SECONDS} s"


def _bound_memory() -> None:
    if resource is None:
        return
    statm = Path("/proc/self/statm")
    pages = int(statm.read_text(encoding="ascii").split()[0]) if statm.exists() else 0
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MEMORY, most))


def _bound_time(seconds: float) -> None:
    """Ends the process after so much processor time, whatever code it is in; 0 for never."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def fuzz(model: jmdi.Model, files: Files, numbers: range, seconds: float) -> Tally:
    """Tries files of these numbers until there are no more, or the time is over."""
    until, tally, start = time.monotonic() + seconds, Tally(), numbers.start
    ways = multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("fork" if "fork" in ways else "spawn")
    while start < numbers.stop and time.monotonic() < until:
        at, (receiver, sender) = context.Array("Q", [start, 0]), context.Pipe(duplex=False)
        some = range(start, min(start + ROUND, numbers.stop))
        process = context.Process(target=work, args=(model, files, some, until, at, sender))
        process.start()
        sender.close()
        try:
            while True:
                what, number = receiver.recv()
                tally.findings.setdefault(what, number)
        except EOFError:
            process.join()
        except KeyboardInterrupt:
            process.kill()
            process.join()
            tally.interrupted = True
        tally.files += at[0] - start
        tally.whole += at[1]
        if process.exitcode and not tally.interrupted:
            slow = process.exitcode == -getattr(signal, "SIGPROF", 0)
            ended = _slow() if slow else f"the process ended with {process.exitcode}"
            tally.findings.setdefault(ended, at[0] - 1)
        if tally.interrupted or at[0] == start:  # it ends before the first file, and would again
            break
        start = at[0]
    return tally


def keep(folder: Path, files: Files, number: int) -> None:
    """Writes a file, or a folder, to where it can be looked at."""
    sample = files.make(number)
    home = folder / f"{files.importer.replace(':', '-')}-{number}"
    for inner, content in sample.files.items():
        path = home / (inner or sample.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def main(arguments: list[str] | None = None) -> int:
    """Runs from the command line; 1 if there are findings."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, help="for all importers; 60 without --inputs")
    parser.add_argument("--inputs", type=int, default=0, help="files for each importer")
    parser.add_argument("--seed", type=int, default=1, help="another one gives other files")
    parser.add_argument("--start", type=int, default=0, help="number of the first file")
    parser.add_argument("--only", action="append", help="an importer; may be given several times")
    parser.add_argument("--keep", type=Path, help="folder for the files of the findings")
    parser.add_argument("--again", type=int, help="try this one file, in this process")
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if Path("/dev/shm").is_dir():  # folders that importers read are written in memory
        tempfile.tempdir = tempfile.tempdir or "/dev/shm"
    settings = tempfile.TemporaryDirectory()  # the key of pseudonyms is made there
    os.environ["XDG_CONFIG_HOME"] = settings.name
    model = jmdi.Model.build()
    names = given.only or sorted((*model.catalog.importers, *VARIANTS))
    seconds = given.seconds or (1e9 if given.inputs else 60.0)
    numbers = range(given.start, given.start + (given.inputs or 10**9))
    failed = False
    for name in names:
        began = time.monotonic()
        files = Files(name, given.seed, seeds_of(model, name))
        if not files.seeds:
            print(f"{name}: no seed; put a small file of this format into examples")
            failed = True
            continue
        if given.again is not None:
            if given.keep:
                keep(given.keep, files, given.again)
            print(name, given.again, tried(model, name, files.make(given.again)))
            continue
        tally = fuzz(model, files, numbers, seconds / len(names))
        spent = time.monotonic() - began
        print(f"{name:18} {tally.files:>9,} files, {tally.whole:>9,} with records, {spent:6.0f} s")
        for what, number in tally.findings.items():
            failed = True
            print(f"  {what}\n    --only {name} --seed {given.seed} --again {number}")
            if given.keep:
                keep(given.keep, files, number)
        sys.stdout.flush()
        if tally.interrupted:
            return 130
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
