"""Reading what people wrote: time and memory, as ratios within one run.

Mail is made as lists have it: some thousand people, threads, quotes and signatures. One conversion
by the command line to JSON Lines is measured with its peak of memory, beside the messages of the
same file by `mailbox` and `email` of the standard library, which find no thread, no person and no
quote.

    python benchmarks/bench_knowledge.py                      # 100,000 messages
    python benchmarks/bench_knowledge.py --messages 20000
"""

from __future__ import annotations

import argparse
import datetime
import mailbox
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT_MEMORY = 200
"""Peak of memory of a conversion in MB."""

PEOPLE = 3_000
FIRST = datetime.datetime(2005, 1, 1, tzinfo=datetime.UTC)


def person(number: int) -> tuple[str, str]:
    """Name and address of an invented person."""
    return f"Given{number % 61} Family{number}", f"person{number}@example.org"


def message(number: int) -> str:
    """One message of an mbox file, always the same for a number."""
    rng = random.Random(number)
    moment = FIRST + datetime.timedelta(minutes=37 * number)
    name, address = person(int(rng.paretovariate(0.8)) % PEOPLE)
    thread = number - number % 7
    words = "\n".join(
        " ".join(f"word{rng.randrange(5000)}" for _ in range(11))
        for _ in range(rng.randrange(3, 12))
    )
    lines = [
        f"From {address} {moment:%a %b %d %H:%M:%S %Y}",
        f"From: {name} <{address}>",
        f"Date: {moment:%a, %d %b %Y %H:%M:%S} +0000",
        f"Subject: {'Re: ' if thread != number else ''}Subject {thread}",
        f"Message-ID: <{number}.{rng.getrandbits(64):x}@lists.example.org>",
        'Content-Type: text/plain; charset="utf-8"',
        "Content-Transfer-Encoding: 8bit",
    ]
    if thread != number:
        other, _ = person(rng.randrange(PEOPLE))
        lines += ["", f"On {moment:%d %B %Y}, {other} wrote:", "> what was said before"]
    return "\n".join([*lines, "", words, "", f"-- \n{name}\n+39 06 555 {number % 10000:04}\n\n"])


def make(path: Path, count: int) -> int:
    """Writes an mbox file of so many messages; returns its bytes."""
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            stream.write(message(number))
    return path.stat().st_size


def bare(path: Path) -> float:
    """CPU seconds of the standard library for the same messages."""
    begin = time.process_time()
    box = mailbox.mbox(path)
    for one in box:
        one.get_payload(decode=True)
    box.close()
    return time.process_time() - begin


def convert(path: Path) -> tuple[float, int]:
    """CPU seconds and peak of memory in MB of one ``jmdi convert``."""
    command = [sys.executable, "-m", "jmdi", "-q", "convert", str(path)]
    command += ["-o", str(path.with_suffix(".jsonl")), "--option", f"key={path}.key"]
    process = subprocess.Popen(command, env={**os.environ, "JMDI_PLUGINS": "knowledge"})
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def mail(folder: Path, count: int) -> bool:
    """One conversion of many messages; whether its memory stayed within the limit."""
    path = folder / "list.mbox"
    size = make(path, count)
    floor = bare(path)
    seconds, memory = convert(path)
    print(
        f"{count:,} messages, {size / 1e6:,.0f} MB: {seconds:,.0f} s of CPU "
        f"({seconds / floor:.1f} x mailbox and email), {memory} MB; wanted: {LIMIT_MEMORY} MB"
    )
    return memory <= LIMIT_MEMORY


def main() -> None:
    """Runs from the command line; exits with 1 beyond a limit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--smoke", action="store_true", help="small: only to see that it runs")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        within = mail(Path(folder), 200 if given.smoke else given.messages)
    sys.exit(not (within or given.smoke))


if __name__ == "__main__":
    main()
