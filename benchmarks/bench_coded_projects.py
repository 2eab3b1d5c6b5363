"""Reading coded projects: time and memory, as ratios within one run.

A REFI-QDA project is made as NVivo for Windows writes it: positions in UTF-16 units, line ends
of CR LF, emoji and Arabic in the texts, so that how positions are counted has to be found out for
every source; or, with ``--plain``, with short texts and codings that say nothing but their code,
of which the XML is read fastest. Reading it to records, texts and all, is compared with
``lxml.iterparse`` and ``clear`` on its XML, which extracts nothing. CPU seconds, medians of
interleaved rounds.

    python benchmarks/bench_coded_projects.py --codings 50000
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]

import jmdi

LIMIT_TIME = 6.0
WORDS = (
    *("migrants", "return", "desk", "training", "municipality", "families", "asked", "jobs"),
    *("office", "partners", "🙂", "مكتب", "العائدين", "café"),
)
SPACES = " " * 8


def guid(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-000000000000"


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def talk(dice: random.Random, words: int) -> tuple[str, list[tuple[int, int]]]:
    """A text, and where each of its words begins and ends."""
    parts, places, at = [], [], 0
    for _ in range(words):
        word, rest = dice.choice(WORDS), dice.choice((" ", " ", " ", ", ", "\r\n"))
        places.append((at, at + units(word)))
        at += units(word) + len(rest)
        parts += (word, rest)
    return "".join(parts), places


def selection(dice: random.Random, number: int, start: int, stop: int) -> str:
    """A selection with its coding, as NVivo writes it."""
    who, when = guid(dice.randrange(1, 6)), "2025-06-18T02:08:15Z"
    return (
        f'      <PlainTextSelection guid="{guid(number)}" name="" startPosition="{start}" '
        f'endPosition="{stop}" creatingUser="{who}" creationDateTime="{when}" '
        f'modifyingUser="{who}" modifiedDateTime="{when}">\n{SPACES}<Description />\n'
        f'{SPACES}<Coding guid="{guid(number + 1)}" creatingUser="{who}" '
        f'creationDateTime="{when}">\n{SPACES}  <CodeRef '
        f'targetGUID="{guid(1000 + dice.randrange(300))}" />\n{SPACES}</Coding>\n'
        "      </PlainTextSelection>\n"
    )


def project(path: Path, codings: int, sources: int) -> bytes:
    """Writes a project; returns its XML."""
    dice = random.Random(1)
    users = "".join(f'<User guid="{guid(n)}" name="coder{n}" />' for n in range(1, 6))
    codes = "".join(
        f'<Code guid="{guid(1000 + n)}" name="code {n}" isCodable="true" />\n' for n in range(300)
    )
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" '
        f'name="Large" origin="made"><Users>{users}</Users><CodeBook><Codes>{codes}</Codes>'
        "</CodeBook><Sources>\n"
    ]
    number = 1 << 20
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for source in range(sources):
            text, places = talk(dice, 3000)
            name = f"{guid(5000 + source)}.txt"
            archive.writestr(f"Sources/{name}", b"\xef\xbb\xbf" + text.encode())
            parts.append(
                f'    <TextSource guid="{guid(5000 + source)}" name="Talk {source}" '
                f'plainTextPath="internal://{name}">\n'
            )
            for _ in range(codings // sources):
                first = dice.randrange(2980)
                last = first + dice.randrange(15)
                number += 2
                parts.append(selection(dice, number, places[first][0], places[last][1]))
            parts.append("    </TextSource>\n")
        parts.append("</Sources></Project>\n")
        xml = "".join(parts).encode()
        archive.writestr("project.qde", xml)
    return xml


def plain(path: Path, codings: int, sources: int) -> bytes:
    """Writes a project of short texts and codings that say the least; returns its XML."""
    dice = random.Random(1)
    users = "".join(f'<User guid="{guid(n)}" name="coder{n}"/>' for n in range(1, 6))
    codes = "".join(f'<Code guid="{guid(1000 + n)}" name="code {n}"/>' for n in range(300))
    parts = [
        '<Project xmlns="urn:QDA-XML:project:1.0" name="Plain" origin="made">'
        f"<Users>{users}</Users><CodeBook><Codes>{codes}</Codes></CodeBook><Sources>"
    ]
    number = 1 << 20
    for source in range(sources):
        text = " ".join(dice.choice(WORDS[:10]) for _ in range(300))
        parts.append(f'<TextSource guid="{guid(5000 + source)}" name="Talk {source}">')
        parts.append(f"<PlainTextContent>{text}</PlainTextContent>")
        for _ in range(codings // sources):
            start = dice.randrange(len(text) - 40)
            number += 2
            parts.append(
                f'<PlainTextSelection guid="{guid(number)}" startPosition="{start}" '
                f'endPosition="{start + dice.randrange(40)}"><Coding guid="{guid(number + 1)}" '
                f'creatingUser="{guid(dice.randrange(1, 6))}"><CodeRef '
                f'targetGUID="{guid(1000 + dice.randrange(300))}"/></Coding></PlainTextSelection>'
            )
        parts.append("</TextSource>")
    xml = "".join([*parts, "</Sources></Project>"]).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", xml)
    return xml


def bare(xml: bytes) -> None:
    """The floor: every element is parsed and thrown away."""
    for _, element in etree.iterparse(io.BytesIO(xml)):
        element.clear()


def cpu(task: object, *given: object) -> float:
    gc.collect()
    began = time.process_time()
    task(*given)  # type: ignore[operator]
    return time.process_time() - began


PEAK = """
import pathlib, sys, jmdi
if len(sys.argv) > 2:
    for record in jmdi.Model.build().stream(sys.argv[1]):
        pass
else:
    jmdi.Model.build()
status = pathlib.Path("/proc/self/status").read_text()
print(int(status.partition("VmHWM:")[2].split()[0]) // 1024)
"""


def peak(path: Path, *more: str) -> int:
    """The most MB that a process takes to go over the records."""
    command = [sys.executable, "-c", PEAK, str(path), *more]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout)


def main() -> int:
    """Runs from the command line; 1 if a limit is exceeded."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--codings", type=int, default=50_000)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--plain", action="store_true", help="codings that say the least")
    parser.add_argument("--smoke", action="store_true", help="small: only to see that it runs")
    given = parser.parse_args()
    if given.smoke:
        given.codings, given.sources, given.rounds = 200, 4, 1
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder  # no key is made in the user's settings
        path = Path(folder) / "large.qdpx"
        make = plain if given.plain else project
        xml = make(path, given.codings, given.sources)
        model = jmdi.Model.build()
        coded = model.read(path)
        made = len(coded.of(jmdi.Coded))
        wrong = [problem for problem in coded.problems if problem.code != "knowledge:P103"]
        del coded
        floor, ours = [], []
        for _ in range(given.rounds):
            floor.append(cpu(bare, xml))
            ours.append(cpu(model.read, path))
        ratio = statistics.median(ours) / statistics.median(floor)
        idle, busy = peak(path), peak(path, "read")
    print(f"{made:,} codings in {given.sources:,} sources, {len(xml) / 1e6:.1f} MB of XML")
    print(f"iterparse + clear {statistics.median(floor):6.2f} s")
    print(
        f"records           {statistics.median(ours):6.2f} s: {ratio:.1f} times, "
        f"at most {LIMIT_TIME:g}"
    )
    print(f"memory            {busy - idle:6} MB above {idle} MB")
    return int((ratio > LIMIT_TIME and not given.smoke) or bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
