"""Gives files that are wrong on purpose to `info`, `validate` and `convert`, each in a process.

A finding is a crash, a process that does not end, more memory than the bound, a file that is left
beside the output or in the folder for temporary ones, an output after an error, a traceback, or an
exit code of another class than the file allows.

    python tools/hostile.py                    # every file
    python tools/hostile.py --only json-deep   # those whose name holds this
    python tools/hostile.py --keep FOLDER      # and keep the files
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

import attrs
from hostile_files import Hostile, corpus

import jmdi

__all__ = ["COMMANDS", "Ended", "findings", "tried"]

COMMANDS = ("info", "validate", "convert")
SECONDS = 20
"""Processor time that a command may take."""
PATIENCE = 120
"""Seconds after which a command is taken to hang."""
MEMORY = 700
"""Megabytes that a command may hold at a time."""
SPACE = 2**32
"""Bytes of memory that a command may reserve."""
FAULTS = (b"Traceback", b"fault of jmdi", b"Error:", b"MemoryError", b"RecursionError")


@attrs.frozen(slots=True)
class Ended:
    """How a command ended.

    Attributes:
        code: Its exit code; the negative number of the signal that ended it.
        said: What it wrote to stderr.
        seconds: Its processor time.
        megabytes: The most memory it held, beside what the process has that it is forked from.
        left: Names of what it left behind that nobody asked for.
        output: Whether there is an output.
    """

    code: int
    said: bytes
    seconds: float
    megabytes: float
    left: tuple[str, ...]
    output: bool


def tried(command: str, one: Hostile, keep: Path | None = None) -> Ended:
    """Runs a command on a file, in a folder and a process of their own."""
    home = Path(tempfile.mkdtemp(prefix="jmdi-hostile-"))
    try:
        temporary, out = home / "tmp", home / "out.jsonl"
        (home / "in").mkdir()
        temporary.mkdir()
        before = os.getcwd()  # noqa: PTH109
        os.chdir(home / "in")
        try:
            path = one.put(home / "in")
        finally:
            os.chdir(before)
        known = {*_names(home), "said", "wrote"}
        words = [command, f"{path}", *(("-o", f"{out}") if command == "convert" else ())]
        reserved, held = _memory()
        child = os.fork()
        if child == 0:
            _run(words, home, reserved + SPACE)
        code, used = _waited(child)
        left = sorted({*_names(home)} - known - {out.name})
        if keep is not None and path.is_file() and not path.is_symlink():
            shutil.copy(path, keep / os.fsdecode(one.name))
        return Ended(
            os.waitstatus_to_exitcode(code),
            (home / "said").read_bytes(),
            used.ru_utime + used.ru_stime,
            used.ru_maxrss / 1024 - held / 2**20,
            tuple(left),
            out.exists(),
        )
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _names(home: Path) -> Iterator[str]:
    """The names of all files below a folder."""
    for folder, folders, files in os.walk(home):
        for name in (*folders, *files):
            yield os.path.relpath(os.path.join(folder, name), home)  # noqa: PTH118


def _memory() -> tuple[int, int]:
    """The bytes of memory that this process has reserved, and those that it holds."""
    statm = Path("/proc/self/statm")
    pages = statm.read_text(encoding="ascii").split() if statm.exists() else ["0", "0"]
    return int(pages[0]) * resource.getpagesize(), int(pages[1]) * resource.getpagesize()


def _run(words: list[str], home: Path, space: int) -> NoReturn:
    """The command, in the process that was made for it."""
    for number, name in ((1, "wrote"), (2, "said")):
        os.dup2(os.open(home / name, os.O_WRONLY | os.O_CREAT, 0o600), number)
    os.environ["TMPDIR"] = tempfile.tempdir = str(home / "tmp")
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    from jmdi.cli import main

    code = 1
    try:
        main(words)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        code = 70
        import traceback

        traceback.print_exc()
    finally:
        os._exit(code)


def _waited(child: int) -> tuple[int, resource.struct_rusage]:
    """Waits until a process ends; one that does not is killed."""
    until = time.monotonic() + PATIENCE
    while True:
        done, code, used = os.wait4(child, os.WNOHANG)
        if done:
            return code, used
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            until += PATIENCE
        time.sleep(0.005)


def findings(command: str, one: Hostile, ended: Ended) -> Iterator[str]:
    """What is wrong with how a command ended."""
    if ended.code < 0:
        yield f"ended by {signal.Signals(-ended.code).name} after {ended.seconds:.0f} s"
    elif ended.code not in one.exits:
        yield f"exit {ended.code}, not {' or '.join(map(str, sorted(one.exits)))}"
    if fault := next((fault for fault in FAULTS if fault in ended.said), None):
        yield f"says {fault.decode()!r}"
    if ended.megabytes > MEMORY:
        yield f"holds {ended.megabytes:.0f} MB"
    if ended.left:
        yield f"leaves {', '.join(ended.left)}"
    if command == "convert" and ended.output and ended.code not in (0, 1):
        yield "writes an output after an error"
    if command == "convert" and not ended.output and ended.code == 0:
        yield "writes nothing"


def _disagreement(codes: dict[str, int]) -> str | None:
    """Commands that do not agree on whether a file can be read."""
    refused = {command for command, code in codes.items() if code not in (0, 1)}
    if refused and refused != {*COMMANDS}:
        return f"{', '.join(f'{command} {code}' for command, code in codes.items())}"
    return None


def main(arguments: list[str] | None = None) -> int:
    """Runs from the command line; 1 if there are findings."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", action="append", help="a part of the names of files")
    parser.add_argument("--keep", type=Path, help="folder for the files")
    parser.add_argument("--every", type=int, default=1, help="only every so-many-th file")
    given = parser.parse_args(arguments)
    model = jmdi.Model.build()
    chosen = [*_chosen(corpus(model), given.only)][:: given.every]
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
    classes: Counter[int] = Counter()
    found = slowest = most = 0.0
    for one in chosen:
        codes = {}
        wrong: list[str] = []
        for command in COMMANDS:
            ended = tried(command, one, given.keep)
            codes[command] = ended.code
            classes[ended.code] += 1
            slowest, most = max(slowest, ended.seconds), max(most, ended.megabytes)
            for what in findings(command, one, ended):
                last = ended.said.decode("utf-8", "replace").strip().rpartition("\n")[2]
                wrong.append(f"{command}: {what} ({last[:160]})")
        if more := _disagreement(codes):
            wrong.append(more)
        found += bool(wrong)
        for what in wrong:
            print(f"{os.fsdecode(one.name)!a:.60}: {what}", flush=True)
    runs = ", ".join(f"{count} with {code}" for code, count in sorted(classes.items()))
    print(f"{len(chosen)} files, {found:.0f} with findings; runs: {runs}")
    print(f"the slowest took {slowest:.1f} s of processor, the largest {most:.0f} MB")
    return int(bool(found))


def _chosen(files: Iterable[Hostile], parts: list[str] | None) -> Iterator[Hostile]:
    for one in files:
        if not parts or any(part in os.fsdecode(one.name) for part in parts):
            yield one


if __name__ == "__main__":
    sys.exit(main())
