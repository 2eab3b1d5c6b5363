"""Runs the code blocks of Markdown pages, and can write what they print now.

    python tools/run_docs.py                               # says where pages are wrong
    python tools/run_docs.py docs/tutorial/*.md            # only these
    python tools/run_docs.py --update docs/tutorial/*.md   # puts it right

Blocks of one page share a folder, in which examples/ lies, and one Python namespace:

- ``python`` with ``>>>`` is a doctest, without it is run as it is;
- ``console`` has commands after ``$`` and what they print, errors included;
- a block after ``<!-- file: NAME -->`` is written as that file; one of examples/ shows that file;
- a block after ``<!-- needs: MODULE -->`` is run where that module is installed;
- ``json`` and ``toml`` are parsed; ``text`` is not code; ``sh`` may only install.
"""

from __future__ import annotations

import contextlib
import doctest
import importlib
import importlib.util
import io
import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FENCE = re.compile(
    r"(?:^<!-- (?:file: (?P<file>\S+)|needs: (?P<needs>\w+)) -->\n)?"
    r"^```(?P<language>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
FRAMES = re.compile(r"(?<=^Traceback \(most recent call last\):\n)(?: .*\n)+", re.MULTILINE)
PROGRESS = re.compile(
    r"^(?:reading|merging|converting|looking|measuring) .*(?: …|: done)\n", re.MULTILINE
)
"""What commands say when they take long, which depends on how busy the machine is."""
INSTALLS = ("pip install", "python3 -m venv", "source .venv", ".venv/bin/")
BUILT = "<!-- built from "
"""How pages begin that are built with the site; their blocks are run by tests/test_docs.py."""

SHELL = set("|;&<>*$`\"'\\")
ENVIRONMENT = {
    "JMDI_PLUGINS": "iati,knowledge,network,networkfiles,report,scaling,surveys,tables,"
    "workbook,workplan",
    "COLUMNS": "80",
    "NO_COLOR": "1",
    "TERM": "dumb",
}


def pages_by_hand() -> list[Path]:
    """The README and the pages of docs, without those that building the site leaves there."""
    found = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    return sorted(path for path in found if not path.read_text("utf-8").startswith(BUILT))


@dataclass
class Block:
    """One block of code.

    Attributes:
        language: What stands after the fence.
        text: Its lines.
        file: The file that it is.
        needs: The module without which it is not run.
        start: Where its text begins in the page.
    """

    language: str
    text: str
    file: str | None
    needs: str | None
    start: int


def blocks_of(page: str) -> list[Block]:
    """The blocks of a page."""
    return [
        Block(m["language"], m["text"], m["file"], m["needs"], m.start("text"))
        for m in FENCE.finditer(page)
    ]


@dataclass
class Session:
    """Runs the blocks of one page.

    Attributes:
        folder: Where files are read and written.
        shell: Whether blocks of ``sh`` are run elsewhere, as those of the README are.
        namespace: The names that Python blocks define.
        failures: What did not come out as the page says.
    """

    folder: Path
    shell: bool = False
    namespace: dict[str, Any] = field(default_factory=lambda: {"__name__": "page"})
    failures: list[str] = field(default_factory=list)

    def run(self, block: Block) -> str:
        """Runs a block and gives it as it should read."""
        if block.needs is not None and importlib.util.find_spec(block.needs) is None:
            return block.text
        if block.file is not None:
            target = self.folder / block.file
            target.parent.mkdir(parents=True, exist_ok=True)
            example = ROOT / block.file if block.file.startswith("examples/") else target
            text = example.read_text(encoding="utf-8") if example.is_file() else block.text
            target.write_text(text, encoding="utf-8")
            return text
        if block.language == "python":
            return self._python(block.text)
        if block.language == "console":
            return "".join(self._commands(block.text))
        if block.language == "json":
            json.loads(block.text)
        elif block.language == "toml":
            tomllib.loads(block.text)
        elif block.language == "sh" and not self.shell:
            wrong = [x for x in block.text.splitlines() if not x.startswith(INSTALLS)]
            self.failures += [f"{line}: not run by a test" for line in wrong]
        elif block.language not in ("text", "sh"):
            self.failures.append(f"a block of {block.language} is not run by a test")
        return block.text

    def _python(self, text: str) -> str:
        if ">>>" not in text:
            exec(compile(text, "page", "exec"), self.namespace)
            return text
        test = doctest.DocTestParser().get_doctest(text, self.namespace, "page", None, 0)
        runner = _Runner(text)
        runner.run(test, out=lambda _: None, clear_globs=False)
        self.namespace.update(test.globs)
        self.failures += runner.wrong
        return "".join(runner.lines)

    def _commands(self, text: str) -> Iterator[str]:
        for part in re.split(r"^(?=\$ )", text, flags=re.MULTILINE):
            if not part.startswith("$ "):
                yield part
                continue
            command, _, expected = part[2:].partition("\n")
            got = PROGRESS.sub("", self._output(command))
            if got.rstrip() != expected.rstrip():
                self.failures.append(f"$ {command}\nexpected:\n{expected}got:\n{got}")
            tail = "\n" if expected.endswith("\n\n") else ""
            yield f"$ {command}\n{got.rstrip()}\n{tail}" if got.strip() else f"$ {command}\n{tail}"

    def _output(self, command: str) -> str:
        if command.startswith("jmdi ") and not SHELL & set(command):
            from click.testing import CliRunner

            from jmdi.cli.root import cli

            return CliRunner().invoke(cli, shlex.split(command)[1:]).output
        tools = self.folder / ".tools"
        tools.mkdir(exist_ok=True)
        for name, call in (("jmdi", "-m jmdi "), ("python", "")):
            script = tools / name
            script.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {call}"$@"\n')
            script.chmod(script.stat().st_mode | stat.S_IXUSR)
        path = f"{tools}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            command,
            shell=True,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            env={**os.environ, "PATH": path},
        )
        return done.stdout


class _Runner(doctest.DocTestRunner):
    """A doctest runner that keeps what examples print."""

    def __init__(self, text: str) -> None:
        super().__init__(verbose=False)
        self.lines = text.splitlines(keepends=True)
        self.wrong: list[str] = []

    def _differs(self, example: doctest.Example, got: str) -> None:
        self.wrong.append(f">>> {example.source}expected:\n{example.want}got:\n{got}")
        first = example.lineno + example.source.count("\n")
        count = example.want.count("\n")
        if count:
            self.lines[first : first + count] = [got, *[""] * (count - 1)]
        else:
            self.lines[first - 1] += got

    def report_start(self, *_: Any) -> None:
        """Says nothing."""

    def report_failure(self, out: Any, test: Any, example: doctest.Example, got: str) -> None:
        """An example printed something else; where an error was raised depends on the machine."""
        got = FRAMES.sub("    ...\n", got)
        self._differs(example, got.replace("\n\n", "\n<BLANKLINE>\n"))

    def report_unexpected_exception(
        self, out: Any, test: Any, example: doctest.Example, exc_info: Any
    ) -> None:
        """An example raised."""
        name = type(exc_info[1])
        home = "" if name.__module__ == "builtins" else f"{name.__module__}."
        self._differs(
            example,
            "Traceback (most recent call last):\n"
            f"    ...\n{home}{name.__qualname__}: {exc_info[1]}\n",
        )


def run_page(page: str, folder: Path, *, readme: bool = False) -> tuple[str, list[str]]:
    """Runs the blocks of a page in a folder, which is made the current one.

    Args:
        page: The page.
        folder: Where examples/ is copied to.
        readme: Whether it is the README, whose shell commands .ci/run runs.

    Returns:
        The page as it should read, and what was wrong.
    """
    shutil.copytree(ROOT / "examples", folder / "examples", dirs_exist_ok=True)
    session = Session(folder, shell=readme)
    parts, done = [], 0
    with contextlib.chdir(folder), _importable(folder):
        for block in blocks_of(page):
            parts += [page[done : block.start], session.run(block)]
            done = block.start + len(block.text)
    return "".join([*parts, page[done:]]), session.failures


@contextlib.contextmanager
def _importable(folder: Path) -> Iterator[None]:
    """Modules in a folder can be imported, as by Python started there; afterwards they are gone."""
    before, path = set(sys.modules), list(sys.path)
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path[:] = path
        for name in set(sys.modules) - before:
            if str(getattr(sys.modules[name], "__file__", "")).startswith(str(folder)):
                del sys.modules[name]


def main(arguments: list[str]) -> int:
    """Runs pages, or all; with ``--update`` they are written as they should read."""
    update = "--update" in arguments
    os.environ.update(ENVIRONMENT)
    status = 0
    for path in [Path(a) for a in arguments if a != "--update"] or pages_by_hand():
        with tempfile.TemporaryDirectory() as folder:
            text, failures = run_page(
                path.read_text(encoding="utf-8"), Path(folder), readme=path.name == "README.md"
            )
        if failures:
            status = 1
            print(f"{path}: {len(failures)} wrong", *failures, sep="\n")
        if update:
            path.write_text(text, encoding="utf-8", newline="\n")
    return status


if __name__ == "__main__":
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
