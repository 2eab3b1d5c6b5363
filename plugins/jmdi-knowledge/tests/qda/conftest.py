"""Coded projects made in memory and on disk."""

from __future__ import annotations

import io
import sys
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import jmdi

sys.path.insert(0, str(Path(__file__).parent))

DATA = Path(__file__).parents[4].parent / "shared" / "data"
FILES = Path(__file__).parents[4] / "examples" / "knowledge"
HEAD = '<Project xmlns="urn:QDA-XML:project:1.0" name="Made" origin="made">'
CODES = (
    '<CodeBook><Codes><Code guid="{0}1" name="One" isCodable="true"/>'
    '<Code guid="{0}2" name="Two" isCodable="true"/></Codes></CodeBook>'
).format("c0000000-0000-4000-8000-00000000000")


class Projects:
    """Makes and reads coded projects."""

    def __init__(self, model: jmdi.Model) -> None:
        self.model = model
        self.files = FILES

    @staticmethod
    def zipped(members: Mapping[str, bytes | str]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    @staticmethod
    def xml(body: str, *, codes: str = CODES) -> str:
        return f"{HEAD}{codes}{body}</Project>"

    @staticmethod
    def selection(start: object, stop: object, *, code: str = "1", more: str = "") -> str:
        number = zlib.crc32(f"{start} {stop} {code}".encode())
        guid = f"{number:08x}-0000-4000-8000-000000000000"
        return (
            f'<PlainTextSelection guid="{guid}" startPosition="{start}" endPosition="{stop}">{more}'
            f'<Coding guid="{guid}"><CodeRef targetGUID="c0000000-0000-4000-8000-00000000000{code}"'
            "/></Coding></PlainTextSelection>"
        )

    def one(self, text: bytes, *selections: str, path: str = "internal://1.txt") -> bytes:
        """A project with one source."""
        source = (
            '<Sources><TextSource guid="e0000000-0000-4000-8000-000000000001" name="Text" '
            f'plainTextPath="{path}">{"".join(selections)}</TextSource></Sources>'
        )
        return self.zipped({"project.qde": self.xml(source), "sources/1.txt": text})

    def read(self, data: bytes | Path, format: str | None = None, **options: Any) -> Any:
        """The Dataset of a project, with the codes of its problems as ``codes``."""
        given = io.BytesIO(data) if isinstance(data, bytes) else data
        format = format or ("knowledge:qdpx" if isinstance(data, bytes) else None)
        dataset = self.model.read(given, format=format, on_error="keep", **options)
        assert all(p.code in self.model.catalog.codes for p in dataset.problems)
        return dataset

    @staticmethod
    def unzipped(data: bytes) -> bytes:
        """The XML of a project."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read("project.qde")

    @staticmethod
    def codes(dataset: jmdi.Dataset) -> list[str]:
        """The codes of its problems, without those of people."""
        found = [p.code.removeprefix("knowledge:") for p in dataset.problems]
        return [code for code in found if not code.startswith("P")]

    @staticmethod
    def quotes(dataset: jmdi.Dataset) -> list[str | None]:
        """The words of each coding."""
        found = []
        for coded in dataset.of(jmdi.Coded):
            text = dataset.get(coded.source, jmdi.KnowledgeItem).text
            known = text is not None and coded.start is not None
            found.append(text[coded.start : coded.stop] if known else None)
        return found


@pytest.fixture(scope="session")
def projects(model: jmdi.Model) -> Projects:
    return Projects(model)


@pytest.fixture(scope="session")
def real():
    """The path of a file that a tool wrote; skips where there are none."""

    def path(name: str) -> Path:
        found = DATA / name
        if not found.exists():
            pytest.skip(f"no {name} beside the repository")
        return found

    return path


@pytest.fixture(scope="session")
def valid(real: Any) -> Any:
    """Says whether a written project fits the schema; nothing where there is no schema."""
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(file=str(real("schemas/refi-qda/Project.xsd")))

    def check(data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            schema.assertValid(etree.fromstring(archive.read("project.qde")))

    return check
