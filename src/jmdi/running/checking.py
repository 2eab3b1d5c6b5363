"""Runs the checks of a catalog over a dataset and reports what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs

from jmdi.errors import Problem, Severity
from jmdi.graph.dataset import Dataset
from jmdi.graph.report import FAILED, CheckReport
from jmdi.plugins.blame import owner, plugin_of
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.specs import Check

__all__ = ["check"]


def check(dataset: Dataset, catalog: Catalog, checks: Iterable[Check] | None = None) -> CheckReport:
    """Runs checks; the dataset stays as it is.

    Args:
        dataset: The records.
        catalog: Where the checks are registered.
        checks: The checks to run; by default all.

    Returns:
        What they found. A check that fails becomes a problem itself, and the others still run.
    """
    if not isinstance(dataset, Dataset):
        raise TypeError(f"a Dataset is checked, not a {type(dataset).__name__}")
    found: list[Problem] = []
    for one in catalog.checks if checks is None else checks:
        plugin = plugin_of(catalog, "check", one.code)
        try:
            problems = list(_run(one, dataset))
        except (KeyboardInterrupt, MemoryError):
            raise
        except BaseException as error:
            found.append(_failure(one, plugin, owner(catalog, "check", one.code), error))
            continue
        found += [attrs.evolve(p, plugin=plugin) for p in problems] if plugin else problems
    return CheckReport(dict.fromkeys(_placed(problem, dataset) for problem in found))


def _placed(problem: Problem, dataset: Dataset) -> Problem:
    """The problem with its file, where there is only one, and what its record's source says."""
    where = problem.where
    record = dataset.find(where.record) if where.record else None
    if record is None:
        return problem
    cell, file = where.cell, where.file
    if cell is None:
        cell = next((s.locator for s in record.sources or () if s.locator), None)
    if file is None and len(dataset.inputs) == 1:
        file = dataset.inputs[0]
    return attrs.evolve(problem, where=attrs.evolve(where, cell=cell, file=file))


def _run(one: Check, dataset: Dataset) -> Iterator[Problem]:
    """The problems that one check finds.

    Raises:
        TypeError: If it yields anything but problems.
    """
    if one.applies_to is None:
        yield from map(_problem, one.run(dataset))
        return
    run: Callable[..., Iterable[object]] = one.run
    for record in dataset.of(one.applies_to):
        yield from map(_problem, run(record, dataset))


def _problem(found: object) -> Problem:
    if not isinstance(found, Problem):
        raise TypeError(f"it must yield problems, not {found!r:.80}")
    return found


def _failure(one: Check, plugin: str | None, whose: str, error: BaseException) -> Problem:
    return Problem(
        code=FAILED,
        severity=Severity.ERROR,
        message=f"the check {one.code}{whose} failed: {type(error).__name__}: {error}",
        cure="the data may be fine; report this to the authors of the check",
        plugin=plugin,
    )
