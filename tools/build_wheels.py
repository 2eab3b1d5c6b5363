"""Builds the wheels of all distributions, checks them, and installs them one after the other.

    python tools/build_wheels.py dist                   # build and check
    python tools/build_wheels.py dist --install .venv   # and install into an environment

A distribution comes after those of ours that it needs. Each wheel is built from its source
distribution, so that this one is known to be complete. After each installation the package is
imported, so that a dependency that is not declared is found.
"""

from __future__ import annotations

import argparse
import email
import graphlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

ROOT = Path(__file__).parent.parent
NAME = re.compile(r"[A-Za-z0-9-]+")
NEEDED = ("Version", "Summary", "Requires-Python", "License-Expression", "Description-Content-Type")


@dataclass(frozen=True)
class Distribution:
    """One distribution of this repository.

    Attributes:
        folder: Where its pyproject.toml lies.
        name: Its name.
        package: The package that it installs.
        needs: Names of all that it depends on.
    """

    folder: Path
    name: str
    package: str
    needs: tuple[str, ...]

    @classmethod
    def of(cls, folder: Path) -> Distribution:
        """The distribution of a folder."""
        project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
        needs = [NAME.match(line) for line in project["dependencies"]]
        names = tuple(found[0] for found in needs if found)
        return cls(folder, project["name"], project["name"].replace("-", "_"), names)


def distributions() -> list[Distribution]:
    """All distributions, each after those of ours that it needs."""
    folders = [ROOT, *sorted(path.parent for path in ROOT.glob("plugins/jmdi-*/pyproject.toml"))]
    ours = {one.name: one for one in map(Distribution.of, folders)}
    order = graphlib.TopologicalSorter({one.name: one.needs for one in ours.values()})
    return [ours[name] for name in order.static_order() if name in ours]


def build(one: Distribution, target: Path) -> Path:
    """Builds a source distribution, and the wheel from it."""
    with tempfile.TemporaryDirectory() as work:
        _hatch("sdist", one.folder, Path(work))
        (archive,) = Path(work).glob("*.tar.gz")
        with tarfile.open(archive) as sources:
            # Python 3.11.2 has no filters, and does not look at this.
            sources.extraction_filter = getattr(tarfile, "data_filter", None)
            sources.extractall(work)
        (unpacked,) = (path for path in Path(work).iterdir() if path.is_dir())
        _hatch("wheel", unpacked, target.resolve())
    (wheel,) = target.glob(f"{one.package}-*.whl")
    return wheel


def _hatch(form: str, folder: Path, target: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", form, "-d", str(target)]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def faults(one: Distribution, wheel: Path) -> list[str]:
    """What is wrong with the metadata or the files of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (info,) = {name.split("/")[0] for name in names if ".dist-info/" in name}
        metadata = email.message_from_bytes(archive.read(f"{info}/METADATA"))
    found = [f"its metadata has no {field}" for field in NEEDED if not metadata[field]]
    if not str(metadata.get_payload()).strip():
        found.append("its metadata has no description")
    found += _loose(metadata)
    source = one.folder / "src"
    wanted = {
        path.relative_to(source).as_posix()
        for path in (source / one.package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    have = {name for name in names if not name.startswith(info)}
    found += [f"it lacks {name}" for name in sorted(wanted - have)]
    found += [f"it has {name}, which is not in src" for name in sorted(have - wanted)]
    if f"{one.package}/py.typed" not in have:
        found.append("it has no py.typed")
    if not any("/licenses/" in name for name in names):
        found.append("it has no licence")
    return found


def _loose(metadata: Message) -> list[str]:
    """Dependencies on distributions of ours that have no upper bound."""
    needs = [line for line in metadata.get_all("Requires-Dist", []) if line.startswith("jmdi")]
    ours = [line for line in needs if not line.startswith("jmdi[") and "<" not in line]
    return [f"{line!r} has no upper bound" for line in ours]


def install(one: Distribution, wheel: Path, environment: Path) -> None:
    """Installs a wheel into an environment, which is made if there is none, and imports it."""
    if not environment.exists():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    folder = "Scripts" if sys.platform == "win32" else "bin"
    python = str(environment.resolve() / folder / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(wheel)], check=True)
    subprocess.run([python, "-c", f"import {one.package}"], check=True, cwd=environment)


def main() -> int:
    """Builds, checks and, if wanted, installs; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", type=Path, help="the folder for the wheels")
    parser.add_argument("--install", type=Path, metavar="ENVIRONMENT")
    given = parser.parse_args()
    given.target.mkdir(parents=True, exist_ok=True)
    wrong = 0
    for one in distributions():
        for old in given.target.glob(f"{one.package}-*.whl"):
            old.unlink()
        wheel = build(one, given.target)
        for fault in faults(one, wheel):
            print(f"{wheel.name}: {fault}")
            wrong += 1
        if given.install and not wrong:
            install(one, wheel, given.install)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
