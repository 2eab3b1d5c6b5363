"""Metrics of records that stay where they are: an engine of a plugin computes them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jmdi.cli.measuring import Given, asking
from jmdi.cli.outcomes import Outcome
from jmdi.cli.reading import fitted
from jmdi.errors import JmdiError, NotFound, PluginError

if TYPE_CHECKING:
    from jmdi.cli.session import Session
    from jmdi.plugins.catalog import Catalog
    from jmdi.plugins.specs import Engine

__all__ = ["computed", "countable", "engine_for", "opened"]


def engine_for(session: Session, name: str | None, file: str, format: str | None) -> Engine | None:
    """The engine that is named, or the first for what a folder holds; ``None`` to read a file.

    Raises:
        NotFound: If there is no engine of this name.
    """
    catalog = session.catalog
    if name is not None:
        return catalog.engine(name)
    if not catalog.engines or format is not None or not Path(file).is_dir():
        return None
    from jmdi.running.importers import importer_of_folder

    found = importer_of_folder(catalog, file, None).name
    return next((engine for engine in catalog.engines.values() if engine.format == found), None)


@contextlib.contextmanager
def opened(session: Session, engine: Engine, file: str, given: Mapping[str, str]) -> Iterator[Any]:
    """What an engine makes of a file, closed at the end.

    Args:
        session: The run.
        engine: The engine.
        file: The file or folder.
        given: Options of the engine, as texts.

    Raises:
        NotFound: If the engine has no such option.
        click.UsageError: If a value is not what the option wants.
    """
    known = {option.name: option for option in engine.options}
    for name in given:
        if name not in known:
            raise NotFound("option", name, known, of=f"engine {engine.name!r}")
    options = {name: fitted(known[name], text) for name, text in given.items()}
    data = engine.open(file, session.model, **options)
    try:
        yield data
    finally:
        data.close()


def computed(
    session: Session,
    data: Any,
    names: Iterable[str],
    projection: str,
    parameters: Mapping[str, Given],
    strict: bool = False,
) -> Iterator[Outcome]:
    """Computes metrics one after the other, and says of each where.

    Args:
        session: The run.
        data: What an engine opened.
        names: The metrics.
        projection: The network for metrics of networks in general.
        parameters: Parameters of each metric, and of its projection.
        strict: Whether a wrong or missing parameter ends all; otherwise that metric alone.

    Yields:
        What became of each.

    Raises:
        JmdiError: When strict, if a parameter has a value that it cannot have.
    """
    for name in names:
        metric = session.catalog.metric(name)
        given = parameters.get(name, Given()).together
        if metric.on == "network":
            given = {"projection": projection, **given}
        missing = [p for p in metric.parameters if p.required and p.name not in given]
        if missing and not strict:
            names = ", ".join(parameter.name for parameter in missing)
            yield asking(session.catalog, metric, missing, None, f"it needs a value for {names}")
            continue
        try:
            result = data.metric(name, **given)
        except PluginError as error:
            yield Outcome(name, metric.title, error=str(error))
        except JmdiError as error:
            if strict:
                raise
            yield Outcome(name, metric.title, error=str(error), usage=True)
        else:
            session.say(f"{name}: {result.subject}")
            yield Outcome(name, metric.title, result)


def countable(catalog: Catalog) -> dict[str, None]:
    """The metrics that an engine counts, which are computed if none is named."""
    return {name: None for name, metric in catalog.metrics.items() if metric.count is not None}
