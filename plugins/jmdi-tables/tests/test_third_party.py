"""A metric of somebody else, in twenty lines, runs in memory and on tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import attrs
import pytest

import jmdi
import jmdi_tables
from jmdi_tables import plugin


def count_local(tables, *, local=("local_authority",)):
    actors = tables.of("actor", type="type.code")
    return {"types": actors.group_by("type").agg(n=actors.count())}


def share_local(counts, *, local=("local_authority",)):
    rows = counts["types"]
    total = sum(row["n"] for row in rows)
    known = sum(row["n"] for row in rows if row["type"] is not None)
    found = sum(row["n"] for row in rows if row["type"] in local)
    if not known:
        return jmdi.undefined("missing_input", n_used=0, n_eligible=total)
    bounds = {"lower": found / total, "upper": (found + total - known) / total}
    return jmdi.Result(value=found / known, n_used=known, n_eligible=total, of="actors", **bounds)


@jmdi.metric(
    "sna:local-share",
    "Local share",
    on="dataset",
    value_is="share",
    range=(0, 1),
    count=count_local,
    finish=share_local,
)
def local_share(
    dataset: jmdi.Dataset, *, local: Sequence[str] = ("local_authority",)
) -> jmdi.Result:
    """Actors of a local type over those whose type is known.

    Args:
        dataset: The records.
        local: The types that count.
    """
    types = Counter(actor.type.code if actor.type else None for actor in dataset.of(jmdi.Actor))
    return share_local({"types": [{"type": t, "n": n} for t, n in types.items()]}, local=local)


class Sna(jmdi.Plugin):
    @jmdi.hookimpl
    def jmdi_metrics(self):
        return [local_share.__jmdi_metrics__[0]]


@pytest.mark.parametrize("name", ["sample", "jmdi"])
@pytest.mark.parametrize("given", [{}, {"local": ["national_ngo", "local_authority"]}])
def test_the_same_on_tables(tmp_path, name, given):
    model = jmdi.Model.build([plugin, Sna()])
    model.write(jmdi.datasets.load(name), tmp_path / "x.parquet")
    with jmdi_tables.open(tmp_path / "x.parquet", model=model) as tables:
        found = tables.metric("sna:local-share", **given)
    wanted = model.metric(model.read(tmp_path / "x.parquet"), "sna:local-share", **given)
    assert "on duckdb" in found.subject
    assert attrs.evolve(found, subject="") == attrs.evolve(wanted, subject="")
