"""``jmdi plugins``: what the core and the plugins offer, and what is broken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs
import click

from jmdi.cli.layout import clean, columns
from jmdi.cli.options import json_option, new_command
from jmdi.cli.session import Session, pass_session
from jmdi.cli.streams import write_json, write_line

if TYPE_CHECKING:
    from jmdi.plugins.catalog import Catalog, PluginStatus

SHOWN = ("importer", "exporter", "projection", "metric")
OTHERS = ("kind", "facet", "vocabulary", "check", "accessor", "command", "panel", "engine")
PLURALS = {"vocabulary": "vocabularies"}


@attrs.frozen(slots=True)
class Row:
    """One line of the list.

    Attributes:
        kind: What it is: ``importer``, ``metric``, …, or ``plugin`` for one that is broken.
        name: Its name.
        plugin: The plugin that registers it.
        dist: The distribution of that plugin.
        version: Its version.
        formats: The endings that it reads or writes.
        status: ``ok``, or what is wrong.
        cure: What to do about it.
        doc: What it is for.
        module: The module that holds it.
        targets: What is imported when it is used.
    """

    kind: str
    name: str
    plugin: str
    dist: str
    version: str
    formats: tuple[str, ...] = ()
    status: str = "ok"
    cure: str | None = None
    doc: str = ""
    module: str = ""
    targets: tuple[Any, ...] = attrs.field(default=(), repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The row as JSON values."""
        members = {a.name: getattr(self, a.name) for a in attrs.fields(Row) if a.name != "targets"}
        return {**members, "formats": list(self.formats)}


@new_command(
    "plugins",
    "jmdi plugins",
    "jmdi plugins --check --plugin ./my_plugin.py",
    "jmdi plugins --kind metric -v",
)
@click.option("--check", "check_", is_flag=True, help="Also load everything that they offer.")
@click.option("--strict", is_flag=True, help="With --check: exit with 4 if anything is broken.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    type=click.Choice((*SHOWN, *OTHERS, "all")),
    help=f"Show only these: {', '.join((*SHOWN, *OTHERS))}, or all.",
)
@json_option
@pass_session
def command(
    session: Session, check_: bool, strict: bool, kinds: tuple[str, ...], as_json: bool
) -> int:
    """List what jmdi and its plugins offer.

    A plugin that is broken has a row of its own with the cure. To try a plugin
    without packaging it, give its file with --plugin.
    """
    from jmdi.cli.failures import PLUGIN

    catalog = session.load(tolerant=True)
    wanted = (*SHOWN, *OTHERS) if "all" in kinds else kinds or SHOWN
    rows = [row for kind in wanted for row in _offered(catalog, kind)]
    if check_:
        rows = [_checked(row) for row in rows]
    rows += [_plugin_row(status) for status in catalog.plugins if status.state != "active"]
    rows += _switched_off(catalog)
    rows += list(_conflicts(catalog))
    broken = any(row.status.startswith("broken") for row in rows)
    session.outcome = PLUGIN if broken and check_ and strict else 0
    if as_json:
        _write_json(catalog, rows)
    else:
        _write_text(session, catalog, rows, shown=wanted)
    return session.outcome


def _offered(catalog: Catalog, kind: str) -> Iterator[Row]:
    """The rows of one sort, in order of name, the core's first."""
    items = _items(catalog, kind)
    for name in sorted(items, key=lambda name: (":" in name, name)):
        item = items[name]
        origin = catalog.origin(kind, name)
        plugin, dist, version = (
            (origin.plugin, origin.distribution, origin.version) if origin else ("jmdi", "jmdi", "")
        )
        targets = tuple(
            target
            for part in ("read", "sniff", "write", "build", "run", "accepts", "make")
            if callable(target := getattr(item, part, None))
        )
        folder = ("folder",) if getattr(item, "folder", False) else ()
        yield Row(
            kind,
            name,
            plugin,
            dist,
            version,
            formats=(*getattr(item, "extensions", ()), *folder),
            doc=" ".join(_about(item).strip().split("\n\n")[0].split()),
            module=_module(item, targets),
            targets=targets,
        )


def _about(item: Any) -> str:
    """What something is for, in its own words; what cannot be imported says nothing of itself."""
    from jmdi.errors import PluginError

    about = item.__doc__ if isinstance(item, type) else getattr(item, "title", "")
    if isinstance(about, Mapping):  # the title of a panel, by language
        about = about.get("en", "")
    try:
        return getattr(item, "doc", "") or about or ""
    except PluginError:
        return about or ""


def _items(catalog: Catalog, kind: str) -> Mapping[str, Any]:
    if kind == "check":
        return {check.code: check for check in catalog.checks}
    items: Mapping[str, Any] = getattr(catalog, _plural(kind))
    return items


def _plural(kind: str) -> str:
    return PLURALS.get(kind, f"{kind}s")


def _module(item: Any, targets: tuple[Any, ...]) -> str:
    if not targets:
        return str(getattr(item, "__module__", ""))
    target = getattr(targets[0], "target", None)
    if target is not None:
        return str(target).partition(":")[0]
    return str(getattr(targets[0], "__module__", ""))


def _checked(row: Row) -> Row:
    """The row after everything that it names was imported."""
    from jmdi.errors import PluginError
    from jmdi.plugins.lazy import LazyRef

    for target in row.targets:
        if isinstance(target, LazyRef):
            try:
                target.load()
            except PluginError as error:
                return attrs.evolve(
                    row, status=f"broken: {error}", cure=_cure(row, target.target, error)
                )
    return row


def _cure(row: Row, target: str, error: Exception) -> str:
    """What to do about a function that is named and cannot be imported."""
    from jmdi.plugins.finding import GIVEN

    missing = getattr(error.__cause__, "name", None)
    package = missing.partition(".")[0] if isinstance(missing, str) else ""
    if isinstance(error.__cause__, ModuleNotFoundError) and package != target.partition(".")[0]:
        return f"pip install {package}"
    if row.dist == GIVEN:
        return f"correct the module and the function in {target!r} of plugin {row.plugin!r}"
    return f"pip install --force-reinstall {row.dist}"


def _plugin_row(status: PluginStatus) -> Row:
    return Row(
        "plugin",
        status.name,
        status.name,
        status.distribution,
        status.version,
        status=f"broken: {status.error}",
        cure=status.cure,
        module=status.module,
    )


def _switched_off(catalog: Catalog) -> Iterator[Row]:
    """A row for each installed plugin that this run does not use."""
    from jmdi.plugins.finding import installed

    used = {status.name for status in catalog.plugins}
    for plugin in installed():
        if plugin.name not in used:
            yield Row(
                "plugin",
                plugin.name,
                plugin.name,
                plugin.distribution,
                plugin.version,
                status="off",
                cure="name it in JMDI_PLUGINS, or unset JMDI_PLUGINS",
                module=plugin.module,
            )


def _conflicts(catalog: Catalog) -> Iterator[Row]:
    """A row for each name that two plugins claim."""
    for problem in catalog.problems:
        yield Row(
            "conflict",
            problem.value or "",
            "",
            "",
            "",
            status=f"broken: {problem.message}",
            cure=problem.cure,
        )


def _write_json(catalog: Catalog, rows: list[Row]) -> None:
    from jmdi.plugins.hookspecs import API

    versions = [status.version for status in catalog.plugins if status.name == "jmdi"]
    write_json(
        {
            "jmdi": versions[0] if versions else None,
            "api": API,
            "plugins": [row.to_dict() for row in rows],
        }
    )


def _write_text(
    session: Session, catalog: Catalog, rows: list[Row], *, shown: tuple[str, ...]
) -> None:
    header = ("KIND", "NAME", "FROM", "READS/WRITES", "STATUS")
    more = ("ABOUT", "MODULE", "LOAD") if session.verbose else ()
    loads = {status.name: f"{status.seconds * 1000:.0f} ms" for status in catalog.plugins}
    table = []
    for row in rows:
        source = f"{row.dist} {row.version}".strip() or "-"
        cells = [row.kind, row.name, source, " ".join(row.formats) or "-", _status(row)]
        if session.verbose:
            cells += [row.doc, row.module, loads.get(row.plugin, "")]
        table.append(cells)
    for line in columns((*header, *more), table):
        write_line(line)
    hidden = [
        f"{len(_items(catalog, kind)):,} {_plural(kind)}"
        for kind in (*SHOWN, *OTHERS)
        if kind not in shown and _items(catalog, kind)
    ]
    if hidden:
        session.say(clean(f"also {', '.join(hidden)}: jmdi plugins --kind all"))


def _status(row: Row) -> str:
    return f"{row.status} - {row.cure}" if row.cure else row.status
