"""The pages on what a record is: kinds, relations, values and vocabularies."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType
from typing import Any

import attrs

from jmdi.model import kinds, money, records, relations, values
from jmdi.model.declare import fields_of, spec_of
from jmdi.model.fields import FieldInfo, FieldType
from jmdi.model.vocabularies import Concept, Vocabulary
from jmdi.plugins.catalog import Catalog
from reference.text import body, coded, codes, page, table

LANGUAGES = ("en", "fr", "es")
CLOSED = (
    ("`str`", "a string, for codes and identifiers"),
    ("`int`, `float`, `bool`", "a number, `true` or `false`; never in quotes"),
    ("`Decimal`", 'a string that holds a decimal number: `"1500.00"`'),
    ("`date`, `datetime`", "a string in ISO 8601; a `datetime` has an offset"),
    ("an `Enum`, a `Literal` of strings", "one of these strings"),
    ("`Id`", "a string, unique in a dataset"),
    ("`Ref[Kind]`", "the id of a record of that kind"),
    ("`Text`", 'an object from language to words: `{"en": "…"}`; `und` where it is not known'),
    ("a value class", "an object with the members of that class"),
    (
        '`Annotated[Code, "actor-type"]`',
        "a `Code` of that vocabulary; with `str` for `Code`, the code alone",
    ),
    ("`T | None`", "left out when it is `None`"),
    ("`tuple[T, ...]`", "an array, left out when it is empty"),
    ("`Mapping[str, T]`", "an object, left out when it is empty"),
    ("`Mapping[str, Any]`", "any JSON object"),
)


def entities_page(catalog: Catalog) -> str:
    """kinds.md: the bases and the kinds of entity."""
    return page(
        "Kinds",
        "A **kind** is a class of records; a **record** is one thing or one fact. Kinds of "
        "entity are on this page, kinds of [relation](relations.md) on a page of their own. `Ref`, "
        "`Text` and the other types are explained under [values](values.md); codes come from "
        "[vocabularies](vocabularies.md). `jmdi schema KIND` shows the same at the command line.",
        "## Record",
        "All records have these fields.",
        _fields(own(records.Record)),
        "## Entity",
        "All entities have these fields too.",
        _fields(own(records.Entity)),
        *_sections(kinds, catalog, ""),
        *_sections(money, catalog, ""),
        *_sections(kinds, catalog, ":"),
    )


def relations_page(catalog: Catalog) -> str:
    """relations.md: the kinds of relation."""
    return page(
        "Relations",
        "A **relation** is a record that joins two others, its `source` and its `target`. "
        "Both ends must be of the kinds that are named here, or of kinds derived from them.",
        "## Relation",
        "All relations have these fields too.",
        _fields(own(records.Relation)),
        *_sections(relations, catalog, ""),
    )


def values_page() -> str:
    """values.md: the value classes and the closed set of field types."""
    parts = []
    for name in values.__all__:
        cls = getattr(values, name)
        if isinstance(cls, type):
            parts += [f"## {name}", body(cls), _fields(fields_of(cls))]
    return page(
        "Values",
        "A **value** is a part of a record that has no id. Every value class also has `extra`, "
        "which keeps members that it does not declare.",
        "## Types of fields",
        "Fields have one of these types and no other, so that files, JSON Schema, tables and "
        "tests follow from the declaration of a kind.",
        table(("In Python", "In files"), CLOSED),
        *parts,
    )


def vocabularies_pages(catalog: Catalog) -> dict[str, str]:
    """vocabularies.md and a page for each scheme with its codes, by path."""
    schemes = catalog.vocabularies.items()
    rows = [
        (f"[`{scheme}`](vocabularies/{_file(scheme)})", found.title, str(len(found.concepts)))
        for scheme, found in schemes
    ]
    index = page(
        "Vocabularies",
        "Vocabularies are open: a code that a list does not have is kept, and the check "
        "[J309](problem-codes.md#j309) reports it. A plugin may add codes and lists. A match "
        "that begins with `~` is broader than the code.",
        table(("Name", "What it lists", "Codes"), rows),
    )
    return {
        "vocabularies.md": index,
        **{
            f"vocabularies/{_file(scheme)}": page(scheme, _about(found, catalog), _concepts(found))
            for scheme, found in schemes
        },
    }


def _file(scheme: str) -> str:
    return f"{scheme.replace(':', '-')}.md"


def _about(vocabulary: Vocabulary, catalog: Catalog) -> str:
    fields = [f"`{field.owner}.{field.name}`" for field in _taking(vocabulary.scheme, catalog)]
    lines = [f"{vocabulary.title}."]
    if vocabulary.source:
        lines.append(f"Source: {vocabulary.source}.")
    if fields:
        lines.append(f"Fields: {', '.join(fields)}.")
    if vocabulary.complete:
        lines.append("The list is complete: for a code outside it, J309 is a warning.")
    return " ".join(lines)


def own(cls: type) -> tuple[FieldInfo, ...]:
    """The fields that a kind itself declares."""
    return spec_of(cls).fields


def _sections(module: ModuleType, catalog: Catalog, mark: str) -> Iterable[str]:
    """A section for each kind of a module, or (with a colon for mark) of the plugins."""
    core = [getattr(module, name) for name in module.__all__]
    if mark:
        plugins = [c for name, c in catalog.kinds.items() if mark in name]
        core = [c for c in plugins if not issubclass(c, records.Relation)]
    for cls in core:
        spec = spec_of(cls)
        facts = [f"Kind `{spec.name}`, version {spec.version}."]
        if spec.ends:
            source, target = map(_ends, spec.ends)
            arrow = "to" if spec.directed else "and, without direction,"
            facts.append(f"From {source} {arrow} {target}: “{spec.label}”.")
        elif cls.__mro__[1] not in (records.Entity, records.Relation):
            facts.append(f"A kind of `{cls.__mro__[1].__name__}`.")
        yield f"## {cls.__name__}"
        yield body(cls)
        yield " ".join(facts)
        yield _fields(spec.fields)


def _ends(end: Any) -> str:
    ends = end if isinstance(end, tuple) else (end,)
    return " or ".join(coded(getattr(e, "__name__", e)) for e in ends)


def _fields(fields: Iterable[FieldInfo]) -> str:
    rows = [(coded(f.name), _type(f), _meaning(f)) for f in fields]
    return table(("Field", "Type", "Meaning"), rows) or "It has no fields of its own."


def _type(field: FieldInfo) -> str:
    name = coded(_named(field.type))
    return f"{name}, required" if field.required else name


def _named(kind: FieldType) -> str:
    """A type with classes by their names in Python."""
    if kind.item is not None:
        return str(kind).replace(str(kind.item), _named(kind.item))
    if kind.ref is None:
        return str(attrs.evolve(kind, scheme=None))
    target = kind.ref.target
    named = f"Ref[{getattr(target, '__name__', target)}]"
    return f"{named} | None" if kind.optional else named


def _meaning(field: FieldInfo) -> str:
    meaning = " ".join(field.doc.replace("``", "`").split())
    if scheme := _scheme(field):
        return f"{meaning} Codes: [`{scheme}`](vocabularies/{_file(scheme)})."
    return meaning


def _scheme(field: FieldInfo) -> str | None:
    """The vocabulary that a field's codes are taken from."""
    return (field.type.item or field.type).scheme


def _taking(scheme: str, catalog: Catalog) -> list[FieldInfo]:
    """The fields of all kinds, facets and value classes that take codes of a vocabulary."""
    parts = [getattr(values, name) for name in values.__all__]
    classes = [*catalog.kinds.values(), *catalog.facets.values()]
    classes += [part for part in parts if isinstance(part, type)]
    fields = {(f.owner, f.name): f for cls in classes for f in fields_of(cls)}
    return [fields[key] for key in sorted(fields) if _scheme(fields[key]) == scheme]


def _concepts(vocabulary: Vocabulary) -> str:
    languages = [x for x in LANGUAGES if any(x in c.labels for c in vocabulary.concepts)]
    schemes = list(dict.fromkeys(s for c in vocabulary.concepts for s in c.matches))
    broader = any(c.broader for c in vocabulary.concepts)
    noted = any(c.note for c in vocabulary.concepts)

    def row(concept: Concept) -> list[str]:
        cells = [coded(concept.code), *(concept.labels.get(x, "") for x in languages)]
        if broader:
            cells.append(codes([concept.broader] if concept.broader else ()))
        cells += [concept.matches.get(scheme, "") for scheme in schemes]
        return [*cells, concept.note] if noted else cells

    names = {"en": "English", "fr": "French", "es": "Spanish"}
    head = ["Code", *(names[x] for x in languages)]
    head += ["Broader"] if broader else []
    head += [coded(scheme) for scheme in schemes]
    head += ["Note"] if noted else []
    return table(head, map(row, vocabulary.concepts))
