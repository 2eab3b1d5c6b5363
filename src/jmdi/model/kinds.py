"""The built-in kinds of entity."""

from __future__ import annotations

import datetime
from typing import Annotated

from jmdi.model.declare import define
from jmdi.model.fields import NOTHING_SAID, Exact, Ref, Text
from jmdi.model.frozen import EMPTY
from jmdi.model.records import Entity, Record
from jmdi.model.values import Absence, Audience, Code, Money, Party, Period, Place, PlanTable, Share

__all__ = [
    "Action",
    "Actor",
    "Claim",
    "Evidence",
    "Indicator",
    "Initiative",
    "KnowledgeItem",
    "KnowledgeProduct",
    "Observation",
    "Partnership",
    "Phase",
    "Pillar",
    "PolicyInstrument",
    "Practice",
    "Programme",
    "Territory",
    "Theme",
    "WorkPlan",
]


@define("territory")
class Territory(Entity):
    """A country or a part of one.

    Attributes:
        code: Its code, in the scheme ``iso-3166-1``, ``iso-3166-2``, ``p-code``, …
        country: ISO 3166-1 alpha-2 code of the country it is, or lies in.
        level: The level that it is governed at.
        within: The territory that contains it.
    """

    code: Code | None = None
    country: str | None = None
    level: Annotated[Code, "governance-level"] | None = None
    within: Ref["Territory"] | None = None


@define("actor")
class Actor(Entity):
    """An organisation or public body, or a group acting as one.

    Attributes:
        type: What it is.
        level: The governance level it acts at.
        country: ISO 3166-1 alpha-2 code of its seat.
        territory: The territory it belongs to or governs.
    """

    type: Annotated[Code, "actor-type"] | None = None
    level: Annotated[Code, "governance-level"] | None = None
    country: str | None = None
    territory: Ref[Territory] | None = None


@define("programme")
class Programme(Entity):
    """A programme that initiatives belong to.

    Attributes:
        objective: What it is for.
        outputs: The results it set out to deliver.
        participants_complete: Whether those recorded are all that take part.
    """

    objective: Text = EMPTY
    outputs: tuple[Text, ...] = ()
    participants_complete: bool | None = None


@define("phase")
class Phase(Entity):
    """A phase of a programme.

    Attributes:
        programme: The programme.
        objective: What it is for.
        places: The countries or territories it worked in.
    """

    programme: Ref[Programme] | None = None
    objective: Text = EMPTY
    places: tuple[Place, ...] = ()


@define("initiative")
class Initiative(Entity):
    """A project, an IATI activity: something actors do together.

    Attributes:
        status: Where it stands.
        scope: The governance level that it is meant for.
        objectives: What it is for, one text per objective.
        audience: Whom it addresses.
        programme: The programme it belongs to.
        phase: The phase it belongs to.
        places: Where it happens, with shares where they are stated.
        sectors: Codes of any sector vocabulary.
        sector_shares: Shares of the whole by sector, which add up to 1 in each vocabulary.
        themes: The themes of a codebook that it is about.
        goals: Codes of goals, such as SDG targets or GCM objectives.
        budget: Budgets as stated, never summed or converted.
        participants_complete: Whether those recorded are all that take part.
        absences: Whom there are none of, beside those recorded, where others may be missing.
    """

    status: Annotated[Code, "initiative-status"] | None = None
    scope: Annotated[Code, "governance-level"] | None = None
    objectives: tuple[Text, ...] = ()
    audience: tuple[Audience, ...] = ()
    programme: Ref[Programme] | None = None
    phase: Ref[Phase] | None = None
    places: tuple[Place, ...] = ()
    sectors: tuple[Code, ...] = ()
    sector_shares: tuple[Share, ...] = ()
    themes: tuple[Ref["Theme"], ...] = ()
    goals: tuple[Code, ...] = ()
    budget: tuple[Money, ...] = ()
    participants_complete: bool | None = None
    absences: tuple[Absence, ...] = ()


@define("partnership")
class Partnership(Entity):
    """A standing arrangement between two or more actors.

    Attributes:
        parties: The actors with their roles and sides.
        formality: How formal it is.
        intensity: 0 none to 5 collaboration, on the Levels of Collaboration Scale.
        kinds: What the parties do together.
        initiatives: The initiatives it carries.
        shared_goals: Codes of the goals that the parties share.
        shared_resources: What the parties put together.
        participants_complete: Whether those recorded are all that take part.
    """

    parties: tuple[Party, ...] = ()
    formality: Annotated[Code, "tie-formality"] | None = None
    intensity: int | None = None
    kinds: tuple[Annotated[Code, "tie-kind"], ...] = ()
    initiatives: tuple[Ref[Initiative], ...] = ()
    shared_goals: tuple[Code, ...] = ()
    shared_resources: tuple[Text, ...] = ()
    participants_complete: bool | None = None


@define("workplan")
class WorkPlan(Entity):
    """A policy work plan: a title block and tables of actions.

    Attributes:
        authors: Who wrote it.
        country: ISO 3166-1 alpha-2 code.
        territories: The territories named in its header.
        programme: The programme it was written for.
        initiatives: The initiatives it belongs to.
        tables: Its tables as they stood in the document.
        notes: Texts of the document outside its tables.
        participants_complete: Whether those recorded are all that take part.
    """

    authors: tuple[Ref[Actor], ...] = ()
    country: str | None = None
    territories: tuple[Ref[Territory], ...] = ()
    programme: Ref[Programme] | None = None
    initiatives: tuple[Ref[Initiative], ...] = ()
    tables: tuple[PlanTable, ...] = ()
    notes: tuple[str, ...] = ()
    participants_complete: bool | None = None


@define("action")
class Action(Entity):
    """One action of a work plan; ``names`` holds its title or space.

    Attributes:
        workplan: The plan.
        position: Its place in the plan, counted from 1.
        table: Which table of the plan it is in, counted from 1.
        section: The heading row above it in its table, as typed.
        level: The governance level that it is planned for.
        objectives: What it is for, one text per objective.
        audience: Whom it addresses.
        activity: What kind of activity it is, as typed.
        places: Where it happens.
        timeline: When, in EDTF and in the words as typed.
        finance: How it is paid for, as typed.
        pillars: The knowledge-management pillars it serves.
        clusters: The themes it is coded to.
        cells: The words of each cell of its row, in the order of the table's columns.
        participants_complete: Whether those recorded are all that take part.
    """

    workplan: Ref[WorkPlan] | None = None
    position: int | None = None
    table: int | None = None
    section: str | None = None
    level: Annotated[Code, "governance-level"] | None = None
    objectives: tuple[Text, ...] = ()
    audience: tuple[Audience, ...] = ()
    activity: Text = EMPTY
    places: tuple[Place, ...] = ()
    timeline: Period | None = None
    finance: tuple[Money, ...] = ()
    pillars: tuple[Ref["Pillar"], ...] = ()
    clusters: tuple[Ref["Theme"], ...] = ()
    cells: tuple[str, ...] = ()
    participants_complete: bool | None = None


@define("pillar")
class Pillar(Entity):
    """A pillar of knowledge management.

    Attributes:
        number: 1 to 5.
        overarches: The pillars that it spans.
    """

    number: int
    overarches: tuple[Ref["Pillar"], ...] = ()


@define("theme")
class Theme(Entity):
    """A code of a codebook.

    Attributes:
        codebook: Name of the codebook.
        code: Its code there.
        parent: The broader theme.
        guid: Its GUID in a REFI-QDA codebook.
        definition: What belongs to it, and what does not.
        codable: Whether knowledge may be coded to it; a folder of codes says no.
        colour: Its colour, as ``#rrggbb``.
        also_within: Further broader themes, where a codebook has more than one.
    """

    codebook: str | None = None
    code: str | None = None
    parent: Ref["Theme"] | None = None
    guid: str | None = None
    definition: Text = EMPTY
    codable: bool | None = None
    colour: str | None = None
    also_within: tuple[Ref["Theme"], ...] = ()


@define("item")
class KnowledgeItem(Entity):
    """A piece of material that knowledge is drawn from.

    Attributes:
        source_type: What it comes from: an e-discussion, a live chat, a report, an interview.
        language: ISO 639-1 code of its text.
        text: The text itself.
        location: Where the text lies, if not here.
        author: A pseudonym of who wrote or spoke it.
        date: When.
        territory: Where it comes from.
        pillars: The pillars it serves.
        part_of: The document or thread that it is part of.
        reply_to: The item that it answers.
    """

    source_type: Annotated[Code, "item-source"] | None = None
    language: str | None = None
    text: str | None = None
    location: str | None = None
    author: str | None = None
    date: Period | None = None
    territory: Ref[Territory] | None = None
    pillars: tuple[Ref[Pillar], ...] = ()
    part_of: Ref["KnowledgeItem"] | None = None
    reply_to: Ref["KnowledgeItem"] | None = None


@define("practice")
class Practice(Entity):
    """A good practice or lesson learned.

    Attributes:
        context: Where and for whom it arose.
        practice: What was done.
        lesson: What was learned.
        recommendation: What follows for others.
        pillars: The pillars it serves.
        adopters_complete: Whether those recorded are all that have adopted it.
        absences: Who has not adopted it, beside those recorded, where others may be missing.
        origins_complete: Whether those recorded are all that it was made from.
    """

    context: Text = EMPTY
    practice: Text = EMPTY
    lesson: Text = EMPTY
    recommendation: Text = EMPTY
    pillars: tuple[Ref[Pillar], ...] = ()
    adopters_complete: bool | None = None
    absences: tuple[Absence, ...] = ()
    origins_complete: bool | None = None


@define("product")
class KnowledgeProduct(Entity):
    """A publication or tool that consolidates knowledge.

    Attributes:
        type: What it is: a synthesis report, a toolbox, a white paper, a story.
        layer: The layer of the knowledge pyramid it belongs to; layers are data.
        languages: ISO 639-1 codes.
        published: When it came out.
        url: Where it can be had.
        pillars: The pillars it serves.
        text: The text itself; ``[claim: id]`` marks what the knowledge with that id supports.
        origins_complete: Whether those recorded are all that it was made from.
        recipients_complete: Whether those recorded are all that received it.
    """

    type: Annotated[Code, "product-type"] | None = None
    layer: Code | None = None
    languages: tuple[str, ...] = ()
    published: Period | None = None
    url: str | None = None
    pillars: tuple[Ref[Pillar], ...] = ()
    text: str | None = None
    origins_complete: bool | None = None
    recipients_complete: bool | None = None


@define("policy")
class PolicyInstrument(Entity):
    """A plan, ordinance, budget line or other instrument of policy.

    Attributes:
        type: What it is: a plan, a law, a budget line.
        level: The governance level that it is of.
        territory: Where it is in force.
        date: When it was adopted.
    """

    type: Annotated[Code, "policy-type"] | None = None
    level: Annotated[Code, "governance-level"] | None = None
    territory: Ref[Territory] | None = None
    date: Period | None = None


@define("indicator")
class Indicator(Entity):
    """What is measured.

    Attributes:
        unit: The unit of its values.
        polarity: Whether more is better, worse or neither.
        of: The initiative, action or other record that it belongs to.
    """

    unit: str | None = None
    polarity: Annotated[Code, "polarity"] | None = None
    of: Ref[Entity] | None = None


@define("observation")
class Observation(Entity):
    """One value of an indicator.

    Attributes:
        indicator: The indicator.
        of: What it was observed for.
        role: What the value is: a baseline, a target or an actual value.
        value: The number; ``None`` when it is not known.
        qualifier: ``approximate``, ``at_most`` or ``at_least``.
        text: The value in words, for a qualitative indicator.
        reason: Why the value is missing.
        group: The group it holds for, where the value is disaggregated.
        places: Where it holds, where the value is of a part of the whole.
    """

    indicator: Ref[Indicator] | None = None
    of: Ref[Entity] | None = None
    role: Annotated[Code, "observation-role"] | None = None
    value: Exact = NOTHING_SAID
    qualifier: str | None = None
    text: str | None = None
    reason: Annotated[str, "unknown-reason"] | None = None
    group: Text = EMPTY
    places: tuple[Place, ...] = ()


@define("evidence")
class Evidence(Entity):
    """Evidence that something is institutionalised in a territory or by an actor.

    Attributes:
        of: The territory or actor.
        practice: The practice that it concerns.
        criterion: What shows it: a plan, a budget line, a unit.
        state: Whether that is present, absent or unknown.
    """

    of: Ref[Entity] | None = None
    practice: Ref[Practice] | None = None
    criterion: Annotated[Code, "institutionalisation"] | None = None
    state: Annotated[Code, "presence"] | None = None


@define("claim")
class Claim(Entity):
    """One source says that a field of a record has a value; what ``merge`` makes of a conflict.

    Attributes:
        about: The record.
        field: JSON pointer of the field in the record.
        value: What the source says, as JSON text.
        date: When the source says so.
    """

    about: Ref[Record]
    field: str
    value: str
    date: datetime.date | None = None
