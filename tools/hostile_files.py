"""Files that are wrong on purpose, each with the exit classes that it may end a command with.

A file is cut, packed, encoded or nested so that a careless reader crashes, hangs, fills the memory
or believes it. Each is made by a rule, so that the same ones are made everywhere.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import socket
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import attrs
from hostile_documents import documents

import jmdi
from jmdi.testing.outputs import write_files

__all__ = ["Hostile", "corpus"]

REFUSED = frozenset({3})
READ = frozenset({0, 1})
"""With findings or without."""
EITHER = READ | REFUSED
NEWER = frozenset({5})

Maker: TypeAlias = "bytes | Callable[[Path], None]"


@attrs.frozen(slots=True)
class Hostile:
    """A file, or what stands in place of one.

    Attributes:
        name: Its name, unlike those of others.
        make: Its content, or what puts it at a path.
        exits: The exit codes that reading it may end with.
    """

    name: bytes
    make: Maker
    exits: frozenset[int] = EITHER

    def put(self, folder: Path) -> Path:
        """Puts it into a folder."""
        path = folder / os.fsdecode(self.name)
        if callable(self.make):
            self.make(path)
        else:
            path.write_bytes(self.make)
        return path


def corpus(model: jmdi.Model) -> Iterator[Hostile]:
    """All of them."""
    groups: Mapping[str, Callable[[], Iterator[tuple[str, Maker, frozenset[int]]]]] = {
        "garbage": _garbage,
        "damaged": lambda: _damaged(model),
        "json": _json,
        "xml": _xml,
        "zip": _zips,
        "table": _tables,
        "office": lambda: ((name, data, EITHER) for name, data in documents()),
        "path": _paths,
        "folder": lambda: _folders(model),
    }
    for group, make in groups.items():
        for name, content, exits in make():
            yield Hostile(os.fsencode(f"{group}-{name}"), content, exits)
    yield Hostile(b"path-\xff\xfe.jsonl", _lines('{"kind":"actor","id":"a"}'), READ)
    yield Hostile(b"path-\xff.xml", b"<a>")


ENDINGS = (
    *(".jsonl", ".json", ".node-link.json", ".cyjs", ".csv", ".tsv", ".graphml", ".gexf", ".xml"),
    *(".xml.gz", ".zip", ".docx", ".odt", ".xlsx", ".xls", ".ods", ".html", ".md"),
)


def _garbage() -> Iterator[tuple[str, Maker, frozenset[int]]]:
    """What is no file of any format, under each ending."""
    noise = random.Random(1).randbytes(2000)
    contents = {
        "empty": b"",
        "nul": b"\0" * 1000,
        "noise": noise,
        "bom": b"\xef\xbb\xbf",
        "high": b"\xff" * 100,
        "utf16": "id,name\na,b\n".encode("utf-16"),
        "gzip": gzip.compress(noise, mtime=0),
        "zip": _zipped({"a.txt": noise}),
        "brackets": b"[" * 5000,
    }
    for ending in ENDINGS:
        for name, content in contents.items():
            yield f"{name}{ending}", content, EITHER


def _sample(model: jmdi.Model) -> jmdi.Dataset:
    plan = jmdi.WorkPlan(id="plan", names={"en": "Plan of the town"})
    action = jmdi.Action(id="act", names={"en": "Meet the elders"}, workplan="plan")
    ends = [jmdi.Actor(id=f"a{n}", names={"en": f"Bank é {n}"}, country="GH") for n in range(6)]
    ties = [jmdi.Tie(id=f"t{n}", source=f"a{n}", target=f"a{n + 1}") for n in range(5)]
    work = jmdi.Initiative(id="i", names={"en": "Wells"})
    said = jmdi.KnowledgeItem(id="said", text="We dug a well, é.")
    coding = jmdi.Coded(id="c", source="said", target="water", start=3, stop=13)
    known = [jmdi.Theme(id="water", names={"en": "Water"}), said, coding]
    return model.dataset([plan, action, *ends, *ties, work, *known])


def _whole(model: jmdi.Model) -> Iterator[tuple[str, bytes]]:
    """A file of each format that is read and written, with its ending."""
    dataset = _sample(model)
    for name, exporter in model.catalog.exporters.items():
        if exporter.folder or name.startswith("iati:") or name not in model.catalog.importers:
            continue
        data = dataset.project("full") if exporter.takes == "network" else dataset
        end = f"{name.replace(':', '-')}{exporter.extensions[0]}"
        yield end, write_files(model, name, data, {})[""]
    titles = "".join(f"<narrative>Wells é {n}</narrative>" for n in range(50))
    activity = f"<iati-identifier>XM-1</iati-identifier><title>{titles}</title>"
    text = f"<iati-activities><iati-activity>{activity}</iati-activity></iati-activities>"
    yield "iati.xml", text.encode()


def _damaged(model: jmdi.Model) -> Iterator[tuple[str, Maker, frozenset[int]]]:
    """Files of each format that were whole: cut, shifted, or in another encoding."""
    for end, whole in _whole(model):
        size = len(whole)
        for share in (1, 25, 50, 90, 99):
            yield f"cut{share}-{end}", whole[: size * share // 100], EITHER
        yield f"last-{end}", whole[:-1], EITHER
        yield f"twice-{end}", whole + whole, EITHER
        yield f"nul-{end}", whole[: size // 2] + b"\0\0" + whole[size // 2 :], EITHER
        yield f"bom-{end}", b"\xef\xbb\xbf" + whole, EITHER
        if not whole.startswith(b"PK"):
            text = whole.decode()
            for encoding in ("utf-16", "utf-16-le", "utf-32", "latin-1", "cp037"):
                yield f"{encoding}-{end}", text.encode(encoding, "replace"), EITHER
            yield f"crlf-{end}", text.replace("\n", "\r\n").encode(), EITHER


def _lines(*lines: str | bytes, version: str = '"1.0"') -> bytes:
    """A file of JSON Lines."""
    head = f'{{"jmdi":{version}}}'
    return b"".join(
        (one.encode() if isinstance(one, str) else one) + b"\n" for one in (head, *lines)
    )


def _json() -> Iterator[tuple[str, Maker, frozenset[int]]]:
    """Lines of JSON that lie."""
    actor = '{"kind":"actor","id":"%s"%s}'
    yield "version-2.jsonl", _lines(version='"2.0"'), NEWER
    yield "version-999.jsonl", _lines(version='"999.0"'), NEWER
    for name, version in {"int": "1", "minus": '"-1.0"', "list": "[]", "null": "null"}.items():
        yield f"version-{name}.jsonl", _lines(version=version), EITHER
    values = {
        "nan": ',"x":NaN',
        "infinity": ',"x":-Infinity',
        "1e400": ',"x":1e400',
        "digits": f',"x":{"9" * 5000}',
        "decimal": f',"x":0.{"0" * 5000}1',
        "surrogate": ',"x":"\\ud800"',
        "control": ',"names":{"en":"a\\u0000\\u0001\\u001b[31mred"}',
        "marks": ',"names":{"en":"\\u202e\\u200f\\ufeff txt.exe"}',
        "separators": ',"names":{"en":"a\u2028b\u2029c\u0085d"}',
        "doubled": ',"id":"b","id":"c"',
        "kind-list": ',"names":[1,2]',
        "extra": ',"extra":{"id":"z"},"facets":3',
        "proto": ',"__proto__":{"a":1},"__class__":"x"',
        "deep": f',"x":{"[" * 500}{"]" * 500}',
        "deeper": f',"x":{"[" * 200_000}{"]" * 200_000}',
        "objects": ',"x":' + '{"a":' * 20_000 + "1" + "}" * 20_000,
        "period": ',"period":{"edtf":"9999999999999-13-45/.."}',
        "formula": ',"names":{"en":"=cmd|\' /C calc\'!A0"}',
        "long": f',"names":{{"en":"{"x" * 5_000_000}"}}',
        "keys": "," + ",".join(f'"k{n}":{n}' for n in range(50_000)),
    }
    for name, more in values.items():
        yield f"{name}.jsonl", _lines(actor % ("a", more), actor % ("b", "")), EITHER
        whole = f'{{"jmdi":"1.0","records":[{actor % ("a", more)}]}}'
        yield f"{name}.json", whole.encode(), EITHER
    lines = {
        "not-objects": ["3", "null", "[]", '"a"', "true"],
        "no-kind": ['{"id":"a"}', "{}"],
        "ids": [actor % ("", ""), '{"kind":"actor","id":3}', '{"kind":"actor","id":null}'],
        "one-id": [actor % ("a", f',"country":"{c}"') for c in ("GH", "SN", "ML")],
        "kinds": ['{"kind":"\\u0000","id":"a"}', '{"kind":["actor"],"id":"a"}'],
        "unknown": ['{"kind":"acme:bank","id":"a","x":1}'],
        "dangling": ['{"kind":"tie","id":"t","source":"nobody","target":"none"}'],
        "loop": ['{"kind":"tie","id":"t","source":"t","target":"t"}'],
        "two-heads": ['{"jmdi":"1.0"}', '{"jmdi":"9.0"}', actor % ("a", "")],
        "bad-lines": ["{"] * 50_000,
        "blank-lines": [""] * 100_000,
        "speaks-iati": [actor % ("a", ',"names":{"en":"<iati-activities><graphml>"}')],
        "strength": ['{"kind":"tie","id":"t","source":"a","target":"a","strength":"1e999999999"}'],
    }
    for name, rows in lines.items():
        yield f"{name}.jsonl", _lines(*rows), EITHER
    yield "overlong.jsonl", _lines(b'{"kind":"actor","id":"\xc0\xaf"}'), EITHER
    yield "cesu.jsonl", _lines(b'{"kind":"actor","id":"\xed\xa0\xbd"}'), EITHER
    graph = {"nodes": [{"id": "a"}], "links": [{"source": "a", "target": "b"}]}
    for name, part in {
        "floats": {"nodes": [{"id": 1.5}, {"id": None}, {"id": {"a": 1}}]},
        "loop": {"links": [{"source": "a", "target": "a", "weight": "NaN"}] * 3},
        "types": {"nodes": {"id": "a"}},
        "numbers": {"nodes": [1, "a", None, []]},
        "big": {"nodes": [{"id": "a", "x": 10**400}]},
        "none": {"links": None},
    }.items():
        yield f"{name}.node-link.json", json.dumps(graph | part).encode(), EITHER
        elements = {"elements": graph | part, "data": {}}
        yield f"{name}.cyjs", json.dumps(elements).encode(), EITHER


BOMB = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))


def _xml() -> Iterator[tuple[str, Maker, frozenset[int]]]:
    """XML that expands, nests or points elsewhere."""
    roots = {
        "graphml": ("graphml", "<graph edgedefault='directed'><node id='a'/>%s</graph>"),
        "gexf": ("gexf", "<graph><nodes><node id='a'/>%s</nodes></graph>"),
        "xml": (
            "iati-activities",
            "<iati-activity><iati-identifier>X-1</iati-identifier>"
            "<title><narrative>A%s</narrative></title></iati-activity>",
        ),
    }
    types = {
        "laughs": f'<!DOCTYPE r [<!ENTITY a0 "aaaaaaaaaa">{BOMB}]>',
        "quadratic": f'<!DOCTYPE r [<!ENTITY a9 "{"a" * 100_000}">]>',
        "external": '<!DOCTYPE r [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>',
        "parameter": '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]>',
        "recursive": '<!DOCTYPE r [<!ENTITY a9 "&b;"><!ENTITY b "&a9;">]>',
    }
    inner = {
        "deep": "<a>" * 20_000 + "</a>" * 20_000,
        "open": "<a>" * 20_000,
        "attributes": "<a " + " ".join(f"x{n}='1'" for n in range(20_000)) + "/>",
        "attribute": f"<a x='{'y' * 5_000_000}'/>",
        "twice": "<a x='1' x='2'/>",
        "prefix": "<q:a/>",
        "identifiers": "<iati-identifier>" * 40_000,
        "identifiers-in-comments": "<iati-identifier><!--" * 40_000,
        "comment": "<!-- never ends",
        "cdata": "<![CDATA[never ends",
        "nul": "&#0;&#x1;",
        "surrogate": "&#xD800;&#xDC00;",
        "beyond": "&#x110000;",
        "unknown": "&nbsp;&eacute;&zzz;",
        "instruction": "<?xml version='1.0'?><?php echo 1 ?>",
        "namespaces": "<a " + " ".join(f"xmlns:n{n}='u:{n}'" for n in range(5_000)) + "/>",
    }
    for ending, (root, body) in roots.items():
        for name, head in types.items():
            text = f"<?xml version='1.0'?>{head}<{root}>{body % ('&a9;' * 200)}</{root}>"
            yield f"{name}.{ending}", text.encode(), EITHER
        for name, part in inner.items():
            yield f"{name}.{ending}", f"<{root}>{body % part}</{root}>".encode(), EITHER
        for encoding in ("utf-7", "ebcdic-cp-us", "nonsense", "utf-16", "UTF-8\n"):
            text = f"<?xml version='1.0' encoding='{encoding}'?><{root}>{body % ''}</{root}>"
            yield f"says-{encoding.strip()}-{len(encoding)}.{ending}", text.encode(), EITHER
        yield f"xml11.{ending}", f"<?xml version='1.1'?><{root}>\x85</{root}>".encode(), EITHER


def _zipped(members: Mapping[str, bytes], level: int = 9) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _zips() -> Iterator[tuple[str, Maker, frozenset[int]]]:
    """Archives that expand, overlap or lie, under the endings of those that are read."""
    zeros = b"\0" * 50_000_000
    one = _zipped({"a.xml": b"<iati-activities/>", "b.xml": b"<iati-activities/>"})
    overlapping = bytearray(one)
    second = overlapping.rfind(b"PK\x01\x02") + 42
    overlapping[second : second + 4] = bytes(4)
    huge = bytearray(one)
    at = huge.rfind(b"PK\x01\x02")
    huge[at + 24 : at + 28] = b"\xff\xff\xff\x7f"
    locked = bytearray(one)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(sign) + offset] |= 1
    wrong = bytearray(one)
    wrong[wrong.find(b"PK\x01\x02") + 16] ^= 0xFF
    inner = one
    for _ in range(20):
        inner = _zipped({"in.zip": inner})
    contents = {
        "bomb": _zipped({"a.xml": zeros, "word/document.xml": zeros, "content.xml": zeros}),
        "overlap": bytes(overlapping),
        "size": bytes(huge),
        "locked": bytes(locked),
        "crc": bytes(wrong),
        "nested": inner,
        "members": _zipped({f"{n}.xml": b"" for n in range(20_000)}, 0),
        "traversal": _zipped({"../../evil.xml": b"<a/>", "/etc/evil.xml": b"<a/>", "": b""}),
        "no-directory": one[: one.find(b"PK\x01\x02")],
        "comment": one[:-2] + b"\xff\xff" + b"PK\x05\x06" * 100,
        "empty": _zipped({}),
    }
    for ending in (".zip", ".docx", ".odt", ".xlsx", ".xls", ".ods"):
        for name, content in contents.items():
            yield f"{name}{ending}", content, EITHER
    yield "bomb.xml.gz", gzip.compress(zeros * 4, mtime=0), EITHER
    yield "cut.xml.gz", gzip.compress(b"<iati-activities/>" * 100, mtime=0)[:30], EITHER
    yield "zlib.xml.gz", zlib.compress(b"<iati-activities/>"), EITHER


def _tables() -> Iterator[tuple[str, Maker, frozenset[int]]]:
    """Delimited text, pages and Markdown."""
    contents = {
        "columns": (",".join(f"c{n}" for n in range(100_000)) + "\n") * 2,
        "commas": "id,kind\n" + ",\n" * 100_000,
        "quote": 'id,name\n"a' + "x\n" * 100_000,
        "cell": f"id,kind,label\na,actor,{'x' * 5_000_000}\n",
        "doubled": "id,id,name,name\na,b,c,d\n",
        "nul": "id,kind\na\0b,actor\n",
        "marks": "id,kind,label\na,actor,\u202eevil\u202c\ufeff\u200f\n",
        "formula": "id,kind,label\n=1+1,actor,@SUM(A1)\n",
        "mixed": "id;kind,label\ta\na;actor,b\tc\n",
        "ragged": "id,kind\na\na,actor,b,c,d\n",
        "numbers": f"id,kind,x\na,actor,{'9' * 5000}\nb,actor,1e999\nc,actor,NaN\n",
        "edges": "source,target,weight,period\na,b,1e400,2013/nan\na,b,-0,9999\n",
        "json": 'id,kind,names\na,actor,"{""en"": ' + "[" * 5000 + '"\n',
        "cr": "id,kind\ra,actor\rb,actor\r",
    }
    for name, text in contents.items():
        yield f"{name}.csv", text.encode(), EITHER
    table = "<table><tr><th>Action</th><th>Budget</th></tr>%s</table>"
    pages = {
        "nested": "<table><tr><td>" * 5_000,
        "span": table % "<tr><td colspan=999999999>a</td><td rowspan=999999999>b</td></tr>",
        "spans": table % ("<tr><td colspan=1000 rowspan=1000>a</td></tr>" * 1_000),
        "open": "<b>" * 50_000,
        "entities": table % "<tr><td>&#x110000;&#0;&zzz;&#xD800;</td></tr>",
        "charset": "<meta charset=utf-7>" + table % "<tr><td>+ADw-</td></tr>",
        "script": "<script>" + "a" * 100_000,
        "cells": table % ("<tr>" + "<td>a" * 50_000),
        "minus": table % "<tr><td colspan=-1 rowspan=0>a</td></tr>",
    }
    for name, text in pages.items():
        yield f"{name}.html", f"<html>{text}".encode(), EITHER
    pipes = {
        "pipes": "|" * 100_000,
        "wide": "|a" * 20_000 + "|\n" + "|-" * 20_000 + "|\n" + "|b" * 20_000 + "|\n",
        "quotes": ">" * 50_000 + "a",
        "ticks": "`" * 50_000,
        "brackets": "[" * 50_000,
    }
    for name, text in pipes.items():
        yield f"{name}.md", text.encode(), EITHER


def _paths() -> Iterator[tuple[str, Maker, frozenset[int]]]:
    """What is no regular file, and names that are hard to say."""

    def bind(path: Path) -> None:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(os.path.relpath(path))

    good = _lines('{"kind":"actor","id":"a"}')
    yield "folder.jsonl", Path.mkdir, REFUSED
    yield "folder.docx", Path.mkdir, REFUSED
    yield "pipe.jsonl", os.mkfifo, REFUSED
    yield "pipe.xml", os.mkfifo, REFUSED
    yield "socket.json", bind, REFUSED
    yield "loop.jsonl", lambda path: path.symlink_to(path.name), REFUSED
    yield "nothing.jsonl", lambda path: path.symlink_to("nowhere"), REFUSED
    yield "zero.jsonl", lambda path: path.symlink_to("/dev/zero"), REFUSED
    yield "null.csv", lambda path: path.symlink_to("/dev/null"), REFUSED
    yield "new\nline.jsonl", good, READ
    yield "\x1b[31mred.jsonl", good, READ
    yield "\u202elnosj.jsonl", good, READ
    yield "star-*.jsonl", good, READ
    yield "brackets-[a-z].jsonl", good, READ
    yield f"{'long' * 55}.jsonl", good, READ
    yield "no-ending", good, READ
    yield "wrong-ending.docx", good, READ
    yield "wrong-ending.csv", good, READ


def _folders(model: jmdi.Model) -> Iterator[tuple[str, Maker, frozenset[int]]]:
    """Folders of tables that are not whole."""
    files = write_files(model, "tables", _sample(model), {})

    def folder(**changed: bytes | None) -> Callable[[Path], None]:
        def make(path: Path) -> None:
            path.mkdir()
            changes = {name.replace("__", "."): content for name, content in changed.items()}
            for name, content in (files | changes).items():
                if content is None:
                    (path / name).mkdir()
                else:
                    (path / name).write_bytes(content)

        return make

    digests = dict.fromkeys(files, "0" * 64)
    half = json.dumps({"files": digests, "gone": ["gone.csv"]}).encode()
    yield "whole", folder(), READ
    yield "header", folder(jmdi__json=b"{"), EITHER
    yield "deep", folder(jmdi__json=b"[" * 100_000), EITHER
    yield "newer", folder(jmdi__json=b'{"jmdi":"9.0"}'), NEWER
    yield "inner", folder(places__csv=None), EITHER
    yield "commit", folder(jmdi__commit__json=b"{"), EITHER
    yield "half", folder(jmdi__commit__json=half, actors__csv=b"id\na\n"), EITHER
    yield "noise", folder(actors__csv=random.Random(2).randbytes(500)), EITHER
    yield "empty", Path.mkdir, REFUSED
