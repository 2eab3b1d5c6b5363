"""Isolation where lists are open, beside the definition: everybody put into each open list."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

import jmdi

LISTS = st.lists(
    st.tuples(st.sets(st.sampled_from("abcd"), max_size=3), st.booleans()), min_size=2, max_size=5
)


def apart(members):
    """The share that shares nobody, and the share of pairs that no chain of shared actors joins."""
    n = len(members)
    alone = sum(
        all(mine.isdisjoint(other) for j, other in enumerate(members) if j != i)
        for i, mine in enumerate(members)
    )
    parts = list(range(n))
    for i, j in [*itertools.combinations(range(n), 2)] * n:
        if members[i] & members[j]:
            parts = [min(parts[i], parts[j]) if p in (parts[i], parts[j]) else p for p in parts]
    pairs = list(itertools.permutations(range(n), 2))
    return alone / n, sum(parts[i] != parts[j] for i, j in pairs) / len(pairs)


@given(LISTS)
def test_the_bounds_are_those_of_everybody_and_of_nobody_else(lists):
    records = [jmdi.Actor(id=name) for name in "abcd"]
    for k, (members, complete) in enumerate(lists):
        records.append(jmdi.Initiative(id=f"i{k}", participants_complete=complete))
        records += [
            jmdi.Participates(id=f"p{k}{name}", source=name, target=f"i{k}") for name in members
        ]
    found = jmdi.dataset(records).metric("scaling:isolation", exclude_roles=None)
    recorded = [members for members, _ in lists]
    if not any(recorded):
        assert found.undefined == "missing_input"
        return
    everybody = {*"+", *itertools.chain(*recorded)}
    most = [members if complete else everybody for members, complete in lists]
    low, high = apart(most), apart(recorded)
    bounds = {name: tuple(found.bounds[name]) for name in ("share", "fragmentation")}
    for k, name in enumerate(("share", "fragmentation")):
        assert [round(x, 9) for x in bounds[name]] == [round(low[k], 9), round(high[k], 9)]
