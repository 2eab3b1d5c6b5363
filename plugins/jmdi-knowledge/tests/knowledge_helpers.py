"""Short ways to write what was said, coded, made of it and sent out."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import jmdi
from jmdi import Period, code


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def item(name, text="Words that were said.", source=None, **more):
    kind = code("item-source", source) if source else None
    return jmdi.KnowledgeItem(id=name, text=text, source_type=kind, **more)


def coded(item, theme, coder=None, start=None, stop=None, text=None, **more):
    """A coding; with the text it keeps its hash."""
    return jmdi.Coded(
        id=f"coded/{item}-{theme}-{coder}-{start}",
        source=item,
        target=theme,
        coder=coder,
        start=start,
        stop=stop,
        text_digest=None if text is None else digest(text),
        **more,
    )


def derives(made, *origins):
    return [jmdi.Derives(id=f"derives/{made}-{o}", source=made, target=o) for o in origins]


def sent(product, to, **more):
    return jmdi.Disseminated(id=f"sent/{product}-{to}", source=product, target=to, **more)


def programme():
    """Two towns, three items coded by two, two products and whom they reached."""
    kinds = {"a": "local_authority", "b": "migrant_association", "c": "local_authority"}
    says = "Words that were said."
    return [
        *(jmdi.Territory(id=f"t{k}") for k in range(2)),
        *(
            jmdi.Actor(id=name, type=code("actor-type", kind), country="SN" if k else "IT")
            for k, (name, kind) in enumerate(kinds.items())
        ),
        jmdi.Actor(id="d"),
        jmdi.Tie(id="ab", source="a", target="b", period=Period("2014")),
        jmdi.Tie(id="bc", source="b", target="c"),
        item("i", says, "interview", territory="t0", date=Period("2015-01"), pillars=("pillar/2",)),
        item("j", says, "report", territory="t1", date=Period("2015-02"), pillars=("pillar/2",)),
        item("k", says, "report", pillars=("pillar/1",)),
        *(coded(name, "theme/data", "ana", 0, 5, text=says) for name in "ij"),
        coded("i", "theme/data", "bo", 0, 5, text=says),
        coded("j", "theme/partnerships", "bo", 6, 10, text=says),
        jmdi.Practice(id="l", origins_complete=True),
        jmdi.KnowledgeProduct(
            id="p", published=Period("2016-03"), origins_complete=True, recipients_complete=True
        ),
        jmdi.KnowledgeProduct(id="q", published=Period("2016-09")),
        *derives("l", "i"),
        *derives("p", "l", "j"),
        *derives("q", "p"),
        sent("p", "a", reach=Decimal(10), use={"en": "quoted"}),
        sent("p", "b"),
        sent("q", "c"),
        jmdi.Action(id="x", pillars=("pillar/1",), participants_complete=True),
        jmdi.Action(id="y", pillars=("pillar/4",)),
        *(jmdi.Participates(id=f"part/{k}", source="a", target=k) for k in "xy"),
        *(
            jmdi.Observation(
                id=f"seen/{role}",
                of="x",
                value=Decimal(3),
                role=code("observation-role", role),
            )
            for role in ("baseline", "target", "actual")
        ),
    ]
