"""What type checkers must refuse, with the rule of mypy and of pyright on each line; never run."""

from __future__ import annotations

from typing import BinaryIO

import jmdi

model = jmdi.Model.build([])
ds = jmdi.dataset([])


# A developer embeds it.

jmdi.Actor(id=5)  # E: arg-type reportArgumentType
jmdi.Actor("actor/1")  # E: call-arg reportCallIssue
jmdi.Actor(id="a", country=["PH"])  # E: arg-type reportArgumentType
jmdi.Actor(id="a", names="Municipality A")  # E: arg-type reportArgumentType
jmdi.Actor(id="a", nmaes={"en": "Municipality A"})  # E: call-arg reportCallIssue
jmdi.Tie(id="t", source="a")  # E: call-arg reportCallIssue
jmdi.Tie(id="t", source="a", target="b", intensity="strong")  # E: arg-type reportArgumentType
jmdi.Tie(id="t", source="a", target="b", strength=0.5)  # E: arg-type reportArgumentType
jmdi.Code("actor-type")  # E: call-arg reportCallIssue
jmdi.Place(words=5)  # E: arg-type reportArgumentType
jmdi.Actor(id="a").id = "b"  # E: misc reportAttributeAccessIssue
jmdi.Period("2015").edtf = "2016"  # E: misc reportAttributeAccessIssue
jmdi.reed("a.jsonl")  # E: attr-defined reportAttributeAccessIssue
jmdi.read(5)  # E: arg-type reportArgumentType
jmdi.read("a.jsonl", on_error="ignore")  # E: arg-type reportArgumentType
model.read("a.jsonl").problem  # E: attr-defined reportAttributeAccessIssue  # noqa: B018
model.read("a.jsonl", on_error="keep").unread_  # E: attr-defined reportAttributeAccessIssue  # noqa: B018
model.build(strict="yes")  # E: call-arg reportCallIssue


# A researcher explores.

ds.of("actor")  # E: arg-type reportArgumentType
ds.get("a", jmdi.Actor).licence  # E: attr-defined reportAttributeAccessIssue  # noqa: B018
ds.get("a").country  # E: attr-defined reportAttributeAccessIssue  # noqa: B018
ds.find("a", jmdi.Actor).country  # E: union-attr reportOptionalMemberAccess  # noqa: B018
ds.out("a", jmdi.Actor)  # E: type-var reportArgumentType
ds.where(jmdi.Actor, lambda actor: actor.amount)  # E: attr-defined reportAttributeAccessIssue
ds.merge(ds, on_conflict="mine")  # E: arg-type reportArgumentType
ds.metric("density").value + 1  # E: operator reportOptionalOperand
jmdi.Network.from_edges([1, 2])  # E: list-item reportArgumentType
jmdi.Result(1)  # E: arg-type,call-arg reportCallIssue
jmdi.undefined()  # E: call-arg reportCallIssue


# An author extends it.


jmdi.define("acme:bank", version=2)  # E: call-arg reportCallIssue
jmdi.facet("acme:risk")  # E: call-arg reportCallIssue


@jmdi.define("acme:bank")
class Bank(jmdi.Actor):
    """An institution licensed to take deposits."""

    licence: str | None = None


@jmdi.facet("acme:risk", on=jmdi.Actor)
class Risk(jmdi.Facet):
    """Risk score from the annual review."""

    score: int


def read(stream: BinaryIO) -> int:
    """Takes no context and gives no records."""
    return 1


def write(dataset: jmdi.Dataset) -> None:
    """Does not know where to."""


def run(network: jmdi.Network) -> str:
    """Gives words for a number."""
    return "high"


Bank(id="b", licence=12)  # E: arg-type reportArgumentType
Bank(id="b").with_facet(Bank(id="c"))  # E: arg-type reportArgumentType
Risk()  # E: call-arg reportCallIssue
Risk(score="high")  # E: arg-type reportArgumentType
Bank(id="b").facet(jmdi.Actor)  # E: type-var reportArgumentType
jmdi.Importer("acme:csv", (".csv",), 5)  # E: arg-type reportArgumentType
jmdi.Importer("acme:csv")  # E: call-arg reportCallIssue
jmdi.Exporter("acme:csv", (".csv",), write, takes="table")  # E: arg-type reportArgumentType
jmdi.Metric("acme:m", run, polarity="best")  # E: arg-type reportArgumentType
jmdi.Metric("acme:m", run, resample="nodes")  # E: call-arg reportCallIssue
jmdi.metric("acme:m", "M", polarity="best")  # E: arg-type reportArgumentType
jmdi.metric("acme:m")  # E: call-arg reportCallIssue
jmdi.metric("acme:m", "M")(run)  # E: type-var reportArgumentType
jmdi.undefined("no_ties", n_usde=0)  # E: call-arg reportCallIssue
jmdi.Check("acme:A1", "actor", write)  # E: arg-type reportArgumentType
jmdi.Check("acme:A1", None, write, severity="error")  # E: arg-type reportArgumentType
jmdi.Problem("acme:A1", "error", "bad")  # E: arg-type reportArgumentType
jmdi.Migration("acme:bank", "1", 2, dict)  # E: arg-type reportArgumentType
