"""The pages on what plugins add: hooks, specifications, and what is registered."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from jmdi.errors import Severity
from jmdi.metrics.result import REASONS
from jmdi.model.fields import attribute_docs
from jmdi.plugins import specs
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.hookspecs import API, HOOKS, JmdiSpec
from jmdi.plugins.lazy import LazyRef
from jmdi.plugins.specs import Metric, Parameter
from reference.text import block, body, coded, codes, page, prose, sentence, summary, table


def hooks_page() -> str:
    """hooks.md: what hooks are, and where each is described."""
    rows = [
        (f"[`{n}`](hooks/{n}.md)", summary(getattr(JmdiSpec, n)), _returned(n, "")) for n in HOOKS
    ]
    return page(
        "Hooks",
        "A plugin is a module with functions marked with `@jmdi.hookimpl`. Each hook is called "
        "once when a model is built, takes no arguments, and returns what the plugin adds. If a "
        "hook raises, or returns something wrong, all that it returned is left out, the plugin "
        "is marked as failed, and `jmdi plugins` says so; nothing else breaks.",
        f"`JMDI_API = {API}` in the module says for which version of this interface it was "
        "written; see [versions](versioning.md). All names that a plugin registers begin with "
        "its own name and a colon: `acme:bank`. The plugin is announced in its `pyproject.toml`:",
        block('[project.entry-points."jmdi.plugins"]\nacme = "jmdi_acme.plugin"', "toml"),
        "[Write, test and publish a plugin](../tutorial/write-test-publish-a-plugin.md) goes "
        "through it step by step; [worked plugins](../how-to/worked-plugins.md) shows whole ones.",
        "Each hook has a page with its example and the fields of what it returns:",
        table(("Hook", "What it adds", "Returns"), rows),
    )


SEE_ALSO: Mapping[str, tuple[str, ...]] = {
    "jmdi_kinds": ("how-to/write-a-kind.md", "how-to/worked-plugins.md#a-kind-and-a-relation"),
    "jmdi_facets": ("how-to/write-a-kind.md", "how-to/worked-plugins.md#a-facet"),
    "jmdi_vocabularies": ("reference/vocabularies.md",),
    "jmdi_migrations": ("reference/migrations.md#how-plugins-migrate",),
    "jmdi_importers": ("how-to/write-an-importer.md", "how-to/worked-plugins.md#an-importer"),
    "jmdi_exporters": ("how-to/worked-plugins.md#an-exporter",),
    "jmdi_checks": ("reference/checks.md", "how-to/worked-plugins.md#a-kind-and-a-relation"),
    "jmdi_projections": ("reference/projections.md", "explanation/ties-and-networks.md"),
    "jmdi_metrics": ("how-to/write-a-metric.md", "how-to/worked-plugins.md#a-metric"),
    "jmdi_problem_codes": ("reference/problem-codes.md",),
    "jmdi_kernels": ("explanation/architecture.md",),
    "jmdi_accessors": ("explanation/architecture.md",),
    "jmdi_engines": ("explanation/architecture.md",),
    "jmdi_commands": ("reference/cli.md",),
    "jmdi_panels": ("how-to/write-a-panel.md",),
    "jmdi_strategies": ("tutorial/write-test-publish-a-plugin.md#test-it",),
}
"""The pages that say more about a hook."""


RETURNED: Mapping[str, str] = {
    "jmdi_kinds": "Classes declared with `@jmdi.define`. The fields of a kind are its own; see "
    "[kinds](../kinds.md) for those of the core, and [values](../values.md) for what they hold.",
    "jmdi_facets": "Classes declared with `@jmdi.facet`, whose fields stand in a block of the "
    "facet's name in the records of the kind that it is on.",
    "jmdi_vocabularies": "`Vocabulary` objects; see [vocabularies](../vocabularies.md) for those "
    "of the core, and [the interface](../api.md) for its members.",
    "jmdi_strategies": "A mapping of a class to the strategy that draws its instances.",
}
"""What is returned by the hooks that return no specification."""


def hook_pages() -> dict[str, str]:
    """hooks/<hook>.md: one page for each hook, by path."""
    return {f"hooks/{name}.md": page(name, *_hook(name)) for name in HOOKS}


def _hook(name: str) -> Iterator[str]:
    hook = getattr(JmdiSpec, name)
    words, _, example = (inspect.getdoc(hook) or "").partition(">>>")
    yield prose(words)
    signature = inspect.signature(hook)
    documented = attribute_docs(words)
    arguments = [a for a in signature.parameters if a != "self"]
    rows = [(coded(a), prose(documented.get(a, ""))) for a in arguments]
    yield "## Arguments"
    yield table(("Argument", "Meaning"), rows) or "It takes none."
    yield "## Example"
    yield block(f">>>{example}", "python")
    yield (
        f"In a file `acme.py`, below `JMDI_API = {API}`, this is a plugin: "
        "`jmdi plugins --check --plugin ./acme.py` says whether it is right."
    )
    yield "## What it returns"
    yield f"`{signature.return_annotation}`"
    yield _spec_fields(name)
    yield "## In the core and in whole plugins"
    yield _core_use(name)
    links = [f"[{_title(link)}](../../{link})" for link in SEE_ALSO[name]]
    yield f"See also: {', '.join(links)}, and [all hooks](../hooks.md)."


def _spec_fields(name: str) -> str:
    """The fields of the specification that a hook returns, or what it returns instead."""
    cls = _returned_spec(name)
    if cls is None:
        return RETURNED[name]
    return (
        f"{body(cls)}\n\n{_fields_of(cls)}\n\nIt is one of the "
        f"[specifications](../specs.md#{cls.__name__.lower()})."
    )


def _core_use(name: str) -> str:
    """How the core, which is a plugin itself, uses a hook."""
    import jmdi.builtin.plugin as core

    hook = getattr(core, name, None)
    if hook is None:
        return "The core does not use this hook: it has nothing to add by it."
    said = summary(hook)
    head = said[0] if said.startswith("jmdi") else said[0].lower()
    where = "[jmdi.builtin.plugin](../../../src/jmdi/builtin/plugin.py)"
    return f"The core registers its own by this hook, in {where}: {head}{said[1:]}"


def _returned_spec(name: str) -> type | None:
    returns = str(inspect.signature(getattr(JmdiSpec, name)).return_annotation)
    inner = returns.partition("[")[2].removesuffix("]")
    return getattr(specs, inner) if inner in specs.__all__ else None


def _returned(name: str, home: str) -> str:
    """What a hook returns, with a link to its fields where they are described."""
    if (cls := _returned_spec(name)) is not None:
        return f"[`{cls.__name__}`]({home}specs.md#{cls.__name__.lower()})"
    returns = str(inspect.signature(getattr(JmdiSpec, name)).return_annotation)
    inner = returns.partition("[")[2].removesuffix("]")
    return coded(returns if "," in inner else inner)


def _title(link: str) -> str:
    path, _, part = link.partition("#")
    return (part or path.rpartition("/")[2].removesuffix(".md")).replace("-", " ")


def specs_page() -> str:
    """specs.md: the objects that hooks return."""
    parts: list[str] = []
    for name in sorted(specs.__all__):
        if not isinstance(cls := getattr(specs, name), type):
            continue
        parts += [f"## {name}", body(cls), _fields_of(cls)]
    return page(
        "Specifications",
        "What [hooks](hooks.md) return. All are importable from `jmdi`. Where a function is "
        "wanted, a string `package.module:name` may be given instead; it is imported when it is "
        "first called, so that registering is cheap.",
        *parts,
    )


def _fields_of(cls: type) -> str:
    """A table of the fields of a specification."""
    documented = attribute_docs(inspect.getdoc(cls) or "")
    rows = [
        (
            coded(a.alias),
            coded(_plain(a.type)),
            _default(a.default),
            prose(documented.get(a.alias, "")),
        )
        for a in attrs.fields(cls)
    ]
    return table(("Field", "Type", "Default", "Meaning"), rows)


def _plain(kind: Any) -> str:
    return kind if isinstance(kind, str) else getattr(kind, "__name__", str(kind))


def _default(default: Any) -> str:
    if default is attrs.NOTHING:
        return "required"
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        return coded("[]" if default.factory is list else "{}")
    if attrs.has(type(default)):
        return coded(f"{type(default).__name__}()")
    return coded(str(default) if isinstance(default, Severity) else repr(default))


def formats_page(catalog: Catalog) -> str:
    """formats.md: importers and exporters."""
    readers = [
        (coded(i.name), _endings(i), sentence(i.doc), codes(p.name for p in i.options))
        for i in catalog.importers.values()
    ]
    writers = [
        (
            coded(e.name),
            _endings(e),
            f"a {e.takes.title()}",
            "yes" if e.lossless else "no",
            sentence(e.doc),
            codes(p.name for p in e.options),
        )
        for e in catalog.exporters.values()
    ]
    return page(
        "Formats",
        "`jmdi.read` and `jmdi convert` find the importer by the content of a file among those "
        "of its ending; `format=` and `--from` name it. Names with a colon come from plugins: "
        "`workplan:` from `jmdi-workplan`.",
        "## Importers",
        table(("Name", "Endings", "Reads", "Options"), readers),
        "## Options of importers",
        _options(catalog.importers.values()),
        "## Exporters",
        "A lossless format gives the same records when it is read again.",
        table(("Name", "Endings", "Takes", "Lossless", "Writes", "Options"), writers),
        "A format of networks takes a Dataset too, with `projection=` (`--projection`).",
        "## Options of exporters",
        _options(catalog.exporters.values()),
    )


def _endings(spec: Any) -> str:
    return "a folder" if spec.folder else codes(spec.extensions)


def _options(items: Iterable[Any]) -> str:
    """Each option once, with the formats that take it in the same sense."""
    found: dict[Parameter, list[str]] = {}
    for spec in items:
        for option in spec.options:
            found.setdefault(option, []).append(spec.name)
    rows = [
        (coded(p.name), sentence(p.doc), p.wanted.words, _value(p), codes(names))
        for p, names in sorted(found.items(), key=lambda pair: (pair[0].name, pair[1]))
    ]
    return table(("Option", "Meaning", "Takes", "Default", "Formats"), rows)


def _value(parameter: Parameter) -> str:
    if parameter.required:
        return "required"
    return "" if parameter.default is None else coded(parameter.default)


def projections_page(catalog: Catalog) -> str:
    """projections.md: the ways to see a Dataset as a Network."""
    parts: list[str] = []
    for name, spec in catalog.projections.items():
        parts += [f"## {name}", body(_loaded(spec.build)), _parameters(spec.parameters)]
    rows = [(f"[`{n}`](#{anchor(n)})", sentence(s.doc)) for n, s in catalog.projections.items()]
    return page(
        "Projections",
        'A **projection** makes a Network of a Dataset: `ds.project("actors")`. What it '
        "left out or assumed is counted in `Network.notes`. See "
        "[ties and networks](../explanation/ties-and-networks.md) for what the edges mean.",
        table(("Name", "What it shows"), rows),
        *parts,
    )


def _loaded(run: Any) -> Any:
    return run.load() if isinstance(run, LazyRef) else run


def _parameters(parameters: Sequence[Parameter]) -> str:
    rows = [(coded(p.name), sentence(p.doc), p.wanted.words, _value(p)) for p in parameters]
    return table(("Parameter", "Meaning", "Takes", "Default"), rows)


def metrics_pages(catalog: Catalog) -> dict[str, str]:
    """metrics.md and a page for the metrics of each plugin, with their definitions, by path."""
    owners: dict[str, dict[str, Metric]] = {}
    for name, spec in catalog.metrics.items():
        owners.setdefault(_owner(name), {})[name] = spec
    tables = [
        (f"## [{_title_of(owner)}](metrics/{owner}.md)", _metrics_table(owner, specs_of))
        for owner, specs_of in owners.items()
    ]
    index = page(
        "Metrics",
        "A **metric** gives a Result: a value, or an interval, or values for each element, or "
        'the reason why there is none. `net.metric("density")` and `ds.metric(…)` compute '
        "one; `jmdi metrics FILE` computes all that apply. Names with a colon come from plugins.",
        *(part for parts in tables for part in parts),
        "## Why a result can be undefined",
        table(("Reason", "Meaning"), [(coded(k), sentence(v)) for k, v in REASONS.items()]),
    )
    return {
        "metrics.md": index,
        **{
            f"metrics/{owner}.md": page(
                f"Metrics {_title_of(owner)[0].lower()}{_title_of(owner)[1:]}",
                *(part for name, spec in specs_of.items() for part in _metric(name, spec)),
            )
            for owner, specs_of in owners.items()
        },
    }


def _owner(name: str) -> str:
    return name.partition(":")[0] if ":" in name else "core"


def _title_of(owner: str) -> str:
    return "Of the core" if owner == "core" else f"Of jmdi-{owner}"


def _metrics_table(owner: str, metrics: Mapping[str, Metric]) -> str:
    rows = [
        (f"[`{n}`](metrics/{owner}.md#{anchor(n)})", s.title, _on(s)) for n, s in metrics.items()
    ]
    return table(("Name", "Title", "Computed on"), rows)


def _metric(name: str, spec: Metric) -> Iterator[str]:
    """A metric: what it measures, how, and what it takes."""
    yield f"## {name}"
    yield f"**{spec.title}.** {sentence(spec.doc)}"
    longer = body(_loaded(spec.run))
    if longer and prose(longer) != prose(spec.doc):
        yield longer
    yield _facts(spec)
    yield _parameters(spec.parameters)


def _on(spec: Metric) -> str:
    return {"dataset": "a Dataset", "network": "a Network"}.get(
        spec.on, f"the projection `{spec.on}`"
    )


def _facts(spec: Metric) -> str:
    low, high = ("no bound" if x is None else str(x) for x in spec.range)
    bounds = "" if spec.range == (None, None) else f"{low} to {high}"
    better = {"higher": "higher is better", "lower": "lower is better"}
    rows = [
        ("Computed on", _on(spec)),
        ("Value", spec.words(spec.value_is)),
        ("Unit", spec.unit),
        ("Range", bounds),
        ("Polarity", better.get(spec.polarity, "")),
        ("Convention", _convention(spec)),
        ("Source", sentence(spec.citation)),
    ]
    return "\n".join(f"- {name}: {text}" for name, text in rows if text)


def _convention(spec: Metric) -> str:
    """The sentence for the defaults, and the parameters that it depends on."""
    text = sentence(spec.words(spec.convention))
    if isinstance(spec.convention, str):
        return text
    names = inspect.signature(spec.convention).parameters
    return f"{text} This is for the defaults of {codes(names)}."


def checks_page(catalog: Catalog) -> str:
    """checks.md: every rule."""
    rows = [
        (
            f"[{c.code}](problem-codes.md#{anchor(c.code)})",
            sentence(c.doc),
            c.severity.value,
            coded(c.applies_to.__name__) if c.applies_to else "the dataset",
        )
        for c in catalog.checks
    ]
    return page(
        "Checks",
        "A **check** is a rule that data should obey. Checks report and never repair. "
        "`jmdi validate FILE` runs them all, `ds.check()` too.",
        table(("Code", "Rule", "Severity", "Given"), rows),
    )


def codes_page(catalog: Catalog) -> str:
    """problem-codes.md: every problem code, as ``jmdi explain`` says it."""
    parts: list[str] = []
    for code, about in catalog.codes.items():
        parts += [
            f"## {code}",
            f"**{sentence(about.title)}**",
            f"Why: {prose(about.why)}",
            f"Cure: {prose(about.cure)}",
        ]
    return page(
        "Problem codes",
        "Every problem has a code that stays the same over versions. `jmdi explain CODE` "
        "shows the same text offline. J1 is about files, J2 about members of records, J3 about "
        "[checks](checks.md), J4 about plugins, J5 about formats; codes with a colon are "
        "those of plugins.",
        *parts,
    )


def anchor(heading: str) -> str:
    """The anchor of a heading, as GitHub makes it."""
    return "".join(c for c in heading.lower() if c.isalnum() or c in "-_ ").replace(" ", "-")


def summaries(things: Iterable[tuple[str, Any]]) -> str:
    """Names and the first sentence of each."""
    return table(("Name", "What it is"), [(coded(n), summary(t)) for n, t in things])
