"""Which mentions of an activity are one organisation, though their references differ.

Publishers give the reference of an organisation in one place and only its name in another, or its
number of another year. Within an activity and its publisher an exact name is enough: mentions of
one name are one organisation if at most one registered identifier is given with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from jmdi_iati.meaning.run import Party, Same

__all__ = ["same"]

Owners: TypeAlias = dict[str, dict[str, Party]]
"""The parties with an identifier, by name and then by id."""


def same(parties: Iterable[Party], reporter: Party | None) -> Same:
    """The parties that are the organisation of another one.

    Args:
        parties: The organisations that an activity names, in its order, each once.
        reporter: The one that reports it.

    Returns:
        The other party by the id of each, and the names of which it is not known whose they are,
        because several identifiers are given with them.
    """
    each = [party for party in parties if party.id]
    owners: Owners = {}
    for party in each:
        if party.found.identifies:
            for name in party.naming:
                owners.setdefault(name, {})[party.id] = party
    joined = {} if reporter is None else _older_numbers(reporter, owners)
    for known in owners.values():
        for older in joined.keys() & known.keys():
            del known[older]
    first: dict[str, Party] = {}
    for party in each:
        if not party.found.identifies and (names := party.naming):
            found = {id: one for name in names for id, one in owners.get(name, {}).items()}
            if not found:  # the first that shares a name, which may be itself
                found = {party.id: next((first[n] for n in names if n in first), party)}
            if len(found) == 1 and (owner := next(iter(found.values()))).id != party.id:
                joined[party.id] = owner
            for name in names:
                first.setdefault(name, joined.get(party.id, party))
    return joined, [name for name, known in owners.items() if len(known) > 1]


def _older_numbers(reporter: Party, owners: Mapping[str, Mapping[str, Party]]) -> dict[str, Party]:
    """The reporter under its own name and a number of a list that is no longer in force."""
    own = reporter.found.kind
    others = {
        id: party
        for name in reporter.naming
        for id, party in owners.get(name, {}).items()
        if {own, party.found.kind} == {"registered", "legacy"}
    }
    if own == "registered":
        return dict.fromkeys(others, reporter)
    return dict.fromkeys([reporter.id], *others.values()) if len(others) == 1 else {}
