"""The built-in kinds of relation; each class declares its ends."""

from __future__ import annotations

import datetime
from typing import Annotated

from jmdi.model.declare import define
from jmdi.model.fields import NOTHING_SAID, Exact, Ref, Text
from jmdi.model.frozen import EMPTY
from jmdi.model.kinds import (
    Action,
    Actor,
    Initiative,
    KnowledgeItem,
    KnowledgeProduct,
    Observation,
    Partnership,
    Phase,
    Practice,
    Programme,
    Territory,
    Theme,
    WorkPlan,
)
from jmdi.model.records import Relation
from jmdi.model.values import Code, Money

__all__ = [
    "Adopts",
    "Coded",
    "Considers",
    "Contributes",
    "Derives",
    "Disseminated",
    "Participates",
    "Rates",
    "Relates",
    "Tie",
]


@define(
    "participates",
    ends=(Actor, (Programme, Initiative, Partnership, WorkPlan, Action)),
    label="participates in",
)
class Participates(Relation):
    """An actor takes part in something.

    Attributes:
        role: How it takes part.
        side: On which side of a migration corridor it takes part.
    """

    role: Annotated[Code, "organisation-role"] | None = None
    side: Annotated[Code, "side"] | None = None


@define("tie", ends=(Actor, Actor), directed=False, label="is tied to")
class Tie(Relation):
    """Two actors are tied.

    Attributes:
        type: What the tie consists of.
        directed: Whether it goes from source to target only; not said counts as both ways.
        formality: How formal the tie is.
        intensity: 0 none to 5 collaboration, on the Levels of Collaboration Scale; 0 is no tie.
        strength: Strength on a scale of the source's own; 0 is no tie.
        amounts: Money that goes from source to target, for ties of funding.
        state: Present, absent or unobserved; present when not said.
        reported_by: The actor that reported it.
    """

    type: Annotated[Code, "tie-kind"] | None = None
    directed: bool | None = None
    formality: Annotated[Code, "tie-formality"] | None = None
    intensity: int | None = None
    strength: Exact = NOTHING_SAID
    amounts: tuple[Money, ...] = ()
    state: Annotated[Code, "presence"] | None = None
    reported_by: Ref[Actor] | None = None


@define("adopts", ends=((Actor, Territory), Practice), label="adopts")
class Adopts(Relation):
    """An actor or territory takes up a practice.

    Attributes:
        level: The governance level that takes it up.
        route: How it came to that: by expansion, by replication.
        evidence: What shows it.
    """

    level: Annotated[Code, "governance-level"] | None = None
    route: Annotated[Code, "adoption-route"] | None = None
    evidence: Text = EMPTY


@define("considers", ends=((Actor, Territory), Practice), label="considers")
class Considers(Relation):
    """An actor or territory may take up a practice, and is not known to have done so.

    It is no adoption: no metric of diffusion counts it.

    Attributes:
        stage: How far it has come: asked for by others, planned, or started.
        route: How it would come to that: by expansion, by replication.
    """

    stage: Annotated[Code, "consideration-stage"] | None = None
    route: Annotated[Code, "adoption-route"] | None = None


@define(
    "relates",
    ends=((Initiative, Programme, Phase), (Initiative, Programme, Phase)),
    label="relates to",
)
class Relates(Relation):
    """Two initiatives belong together, or one and a whole programme or a phase of it.

    Attributes:
        type: What the target is to the source.
    """

    type: Annotated[Code, "initiative-relation"] | None = None


@define(
    "coded",
    ends=((KnowledgeItem, Practice, KnowledgeProduct, Action), Theme),
    label="is coded to",
)
class Coded(Relation):
    """Someone coded a piece of knowledge to a theme.

    Attributes:
        coder: A pseudonym of who coded it.
        date: When.
        start: First code point of the excerpt, counted from 0.
        stop: Code point after the excerpt's last.
        memo: What the coder wrote beside it.
        text_digest: SHA-256, as hexadecimal digits, of the UTF-8 text that start and stop count in.
    """

    coder: str | None = None
    date: datetime.date | None = None
    start: int | None = None
    stop: int | None = None
    memo: str | None = None
    text_digest: str | None = None


@define(
    "derives",
    ends=(
        (Practice, KnowledgeProduct, KnowledgeItem, Action),
        (KnowledgeItem, Practice, KnowledgeProduct, Initiative, Observation),
    ),
    label="derives from",
)
class Derives(Relation):
    """A practice or product was made from other knowledge, or from the work of an initiative.

    An item or action that derives from a product, practice or observation is what was done about
    it: a finding that led to a new question, or to a new action.
    """


@define("disseminated", ends=(KnowledgeProduct, (Actor, Territory)), label="was disseminated to")
class Disseminated(Relation):
    """A product reached someone.

    Attributes:
        channel: How.
        date: When.
        use: What use of it is documented.
        reach: How many people it reached there; not said is not known.
    """

    channel: str | None = None
    date: datetime.date | None = None
    use: Text = EMPTY
    reach: Exact = NOTHING_SAID


@define("contributes", ends=(Actor, (Initiative, Partnership, Action)), label="contributes to")
class Contributes(Relation):
    """An actor gives money or something else.

    Attributes:
        type: Whether it gives money or something else.
        amount: The value, or why it is not known.
        what: What is given, in words.
    """

    type: Annotated[Code, "contribution-kind"] | None = None
    amount: Money | None = None
    what: Text = EMPTY


@define("rates", ends=(Actor, Actor), label="rates")
class Rates(Relation):
    """An actor rates another in a survey.

    Attributes:
        dimension: What is rated, such as trust or value.
        score: The answer.
        low: Lowest answer of the scale.
        high: Highest answer of the scale.
        reason: Why there is no answer.
    """

    dimension: Annotated[Code, "rating-dimension"] | None = None
    score: Exact = NOTHING_SAID
    low: Exact = NOTHING_SAID
    high: Exact = NOTHING_SAID
    reason: Annotated[str, "unknown-reason"] | None = None
