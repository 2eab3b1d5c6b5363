"""``jmdi schema``: the kinds, their fields, and the code lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from jmdi.cli.layout import clean, columns
from jmdi.cli.names import complete
from jmdi.cli.options import json_option, new_command
from jmdi.cli.session import Session, pass_session
from jmdi.cli.streams import write_json, write_line

if TYPE_CHECKING:
    from jmdi.model.records import Record
    from jmdi.model.vocabularies import Vocabulary
    from jmdi.plugins.catalog import Catalog


@new_command(
    "schema",
    "jmdi schema",
    "jmdi schema action",
    "jmdi schema actor-type",
    "jmdi schema actor --jsonschema",
)
@click.argument("kind", required=False, metavar="[KIND]", shell_complete=complete("kinds"))
@click.option("--jsonschema", is_flag=True, help="Write JSON Schema (2020-12).")
@click.option(
    "--closed", is_flag=True, help="With --jsonschema: refuse members that are not declared."
)
@click.option(
    "--refs", is_flag=True, help="With --jsonschema KIND: refer to other kinds and values by $id."
)
@json_option
@pass_session
def command(
    session: Session,
    kind: str | None,
    jsonschema: bool,
    closed: bool,
    refs: bool,
    as_json: bool,
) -> None:
    """Browse kinds, fields and code lists.

    KIND is a kind of record, whose fields are shown, or a vocabulary, whose codes are shown.
    Without it, all kinds and vocabularies are listed.
    """
    catalog = session.catalog
    if jsonschema:
        write_json(_json_schema(catalog, kind, closed=closed, refs=refs))
        return
    if kind is not None and kind not in catalog.kinds and kind in catalog.vocabularies:
        about = _vocabulary(catalog.vocabularies[kind])
        lines = _vocabulary_lines(about)
    elif kind is not None:
        about = _kind(catalog, _class(catalog, kind))
        lines = _kind_lines(about)
    else:
        about = _all(catalog)
        lines = _all_lines(about)
    if as_json:
        write_json(about)
        return
    for line in lines:
        write_line(line)


def _class(catalog: Catalog, name: str) -> type[Record]:
    """The class of a kind.

    Raises:
        NotFound: If there is no kind or vocabulary of this name.
    """
    from jmdi.errors import NotFound

    if name not in catalog.kinds:
        raise NotFound("kind", name, [*catalog.kinds, *catalog.vocabularies])
    return catalog.kinds[name]


def _json_schema(catalog: Catalog, kind: str | None, *, closed: bool, refs: bool) -> dict[str, Any]:
    from jmdi.files.schema import bundle_schema, kind_schema

    if kind is None:
        return bundle_schema(catalog, strict=closed)
    return kind_schema(_class(catalog, kind), strict=closed, refs=refs)


def _origin(catalog: Catalog, what: str, name: str) -> str:
    origin = catalog.origin(what, name)
    return str(origin).strip() if origin is not None else ""


def _all(catalog: Catalog) -> dict[str, Any]:
    from jmdi.model.declare import spec_of, summary_of
    from jmdi.model.records import Relation

    kinds = [
        {
            "name": name,
            "sort": "relation" if issubclass(cls, Relation) else "entity",
            "from": _origin(catalog, "kind", name),
            "about": summary_of(cls).replace("``", "'"),
        }
        for name, cls in catalog.kinds.items()
        if not spec_of(cls).abstract
    ]
    kinds.sort(key=lambda kind: (kind["sort"], ":" in kind["name"], kind["name"]))
    vocabularies = [
        {"name": name, "codes": len(vocabulary.concepts), "about": vocabulary.title}
        for name, vocabulary in catalog.vocabularies.items()
    ]
    return {"kinds": kinds, "vocabularies": vocabularies}


def _all_lines(about: dict[str, Any]) -> Iterator[str]:
    rows = [(k["name"], k["sort"], k["about"]) for k in about["kinds"]]
    yield from columns(("KIND", "SORT", "ABOUT"), rows)
    yield ""
    rows = [(v["name"], f"{v['codes']:,}", v["about"]) for v in about["vocabularies"]]
    yield from columns(("VOCABULARY", "CODES", "ABOUT"), rows)


def _kind(catalog: Catalog, cls: type[Record]) -> dict[str, Any]:
    from jmdi.model.declare import fields_of, spec_of, summary_of
    from jmdi.plugins.catalog import ancestors_of

    spec = spec_of(cls)
    fields = [
        {
            "name": f.name,
            "type": str(f.type),
            "required": f.required,
            "of": f.owner,
            "about": f.doc.replace("``", "'"),
        }
        for f in fields_of(cls)
    ]
    return {
        "kind": spec.name,
        "version": spec.version,
        "about": summary_of(cls).replace("``", "'"),
        "from": _origin(catalog, "kind", spec.name),
        "is": list(ancestors_of(cls)),
        "ends": [getattr(end, "kind", str(end)) for end in spec.ends or ()],
        "label": spec.label if spec.ends else "",
        "directed": spec.directed,
        "fields": fields,
        "facets": sorted(catalog.facets_on(cls)),
    }


def _kind_lines(about: dict[str, Any]) -> Iterator[str]:
    yield f"{about['kind']} (version {about['version']}, from {about['from'] or 'jmdi'})"
    yield about["about"]
    if about["is"]:
        yield f"is a kind of: {', '.join(about['is'])}"
    if about["ends"]:
        source, target = about["ends"]
        arrow = "->" if about["directed"] else "--"
        yield f"joins: {source} {arrow} {target} ({about['label']})"
    if about["facets"]:
        yield f"facets: {', '.join(about['facets'])}"
    yield ""
    rows = [
        (f["name"] + ("!" if f["required"] else ""), f["type"], f["of"], f["about"])
        for f in about["fields"]
    ]
    yield from columns(("FIELD", "TYPE", "OF", "ABOUT"), rows)
    yield ""
    yield "'!' marks a field that a record cannot do without"


def _vocabulary(vocabulary: Vocabulary) -> dict[str, Any]:
    codes = [
        {"code": c.code, "broader": c.broader, "labels": dict(c.labels), "note": c.note}
        for c in vocabulary.concepts
    ]
    return {
        "vocabulary": vocabulary.scheme,
        "about": vocabulary.title,
        "source": vocabulary.source,
        "complete": vocabulary.complete,
        "codes": codes,
    }


def _vocabulary_lines(about: dict[str, Any]) -> Iterator[str]:
    from jmdi.model.records import pick

    yield clean(": ".join(filter(None, (about["vocabulary"], about["about"]))))
    if about["source"]:
        yield clean(about["source"])
    yield ""
    rows = [(c["code"], c["broader"] or "-", pick(c["labels"])) for c in about["codes"]]
    yield from columns(("CODE", "BROADER", "LABEL"), rows)
