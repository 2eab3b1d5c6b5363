"""The built-in vocabularies; IATI codes are the interchange, own codes fill its gaps."""

from __future__ import annotations

from jmdi.builtin.kinds.actor_types import ACTOR_TYPES, actor_type
from jmdi.model.vocabularies import Concept, Vocabulary
from jmdi.model.wellknown import CLUSTERS, CODEBOOK

__all__ = ["CIVIL_SOCIETY", "FIELD_SCHEMES", "LOCAL_GOVERNMENT", "VOCABULARIES"]

IATI = "IATI codelists 2.03"
PROJECT = "this project"


def _simple(scheme: str, title: str, source: str, labels: dict[str, str]) -> Vocabulary:
    concepts = [Concept(code, {"en": label}) for code, label in labels.items()]
    return Vocabulary(scheme, concepts, title=title, source=source)


def _iati(
    scheme: str, title: str, rows: dict[str, tuple[str, str]], own: dict[str, str], codelist: str
) -> Vocabulary:
    """Codes with words of their own and a match in an IATI code list, then ours."""
    concepts = [
        Concept(code, {"en": label}, matches={codelist: match})
        for code, (match, label) in rows.items()
    ]
    concepts += [Concept(code, {"en": label}) for code, label in own.items()]
    return Vocabulary(scheme, concepts, title=title, source=f"{IATI}, extended")


ACTOR_TYPE = Vocabulary(
    "actor-type",
    [actor_type(code, row) for code, row in ACTOR_TYPES.items()],
    title="What an actor is",
    source=f"{PROJECT}, mapped to {IATI}, CRS channel codes and FollowTheMoney",
)

CIVIL_SOCIETY = frozenset(
    {
        "ingo",
        "national_ngo",
        "regional_ngo",
        "partner_country_ngo",
        "migrant_association",
        "faith_based",
        "trade_union",
    }
)
"""Actor types that count as civil society; private sector and academia do not."""

LOCAL_GOVERNMENT = frozenset({"local_authority"})
"""Actor types that count as local government."""

_GCM = (
    "data",
    "drivers",
    "information",
    "legal identity",
    "regular pathways",
    "fair recruitment and decent work",
    "vulnerabilities",
    "saving lives",
    "smuggling",
    "trafficking",
    "borders",
    "screening and referral",
    "alternatives to detention",
    "consular protection",
    "basic services",
    "inclusion and social cohesion",
    "discrimination",
    "skills",
    "contributions of migrants and diasporas",
    "remittances",
    "return and reintegration",
    "portability of social protection",
    "international cooperation",
)

_GCM_BY_CLUSTER = {
    "data": "1",
    "partnerships": "23",
    "social-inclusion": "15 16 17",
    "economic-inclusion": "6 18 20 22",
    "political-inclusion": "16 19",
    "monitoring-evaluation": "1 3",
}

_CLUSTER_CODES = [
    Concept(
        theme.code or "",
        theme.names,
        matches={"gcm-objective": _GCM_BY_CLUSTER[theme.code or ""]}
        if theme.code in _GCM_BY_CLUSTER
        else {},
    )
    for theme in CLUSTERS
]

VOCABULARIES: tuple[Vocabulary, ...] = (
    ACTOR_TYPE,
    _iati(
        "organisation-role",
        "How an actor takes part",
        {
            "funding": ("1", "Funding"),
            "accountable": ("2", "Accountable"),
            "extending": ("3", "Extending"),
            "implementing": ("4", "Implementing"),
        },
        {"target_audience": "Target audience", "advisor": "Advisor", "author": "Author"},
        "iati-organisation-role",
    ),
    _iati(
        "initiative-status",
        "Where an initiative stands",
        {
            "pipeline": ("1", "Pipeline"),
            "implementation": ("2", "Implementation"),
            "finalisation": ("3", "Finalisation"),
            "closed": ("4", "Closed"),
            "cancelled": ("5", "Cancelled"),
            "suspended": ("6", "Suspended"),
        },
        {},
        "iati-activity-status",
    ),
    _iati(
        "initiative-relation",
        "What one initiative is to another",
        {
            "parent": ("1", "Parent"),
            "child": ("2", "Child"),
            "sibling": ("3", "Sibling"),
            "co_funded": ("4", "Co-funded"),
            "third_party": ("5", "Third party"),
        },
        {"replicates": "Replicates", "scales_up": "Scales up"},
        "iati-related-activity-type",
    ),
    _iati(
        "governance-level",
        "The level of governance; never the bare word regional",
        {
            "global": ("1", "Global"),
            "supranational_region": ("2", "Supranational region"),
            "multinational": ("3", "Several countries"),
            "national": ("4", "National"),
            "multi_first_admin": ("5", "Several first-level areas"),
            "first_admin": ("6", "First-level area"),
            "second_admin": ("7", "Second-level area"),
            "single_location": ("8", "Single location"),
        },
        {"local": "Local, as said: below the first level or not said how far"},
        "iati-activity-scope",
    ),
    _simple(
        "side",
        "The side of a migration corridor on which an actor takes part",
        PROJECT,
        {
            "origin": "Country of origin",
            "destination": "Country of destination",
            "both": "Both",
            "transit": "Country of transit",
            "third": "Third country",
            "unknown": "Not known",
        },
    ),
    _simple(
        "tie-formality",
        "How formal a tie is",
        PROJECT,
        {
            "informal": "Informal",
            "letter": "Letter or covenant",
            "mou": "Memorandum of understanding",
            "contract": "Contract or grant",
            "joint_body": "Joint legal body",
        },
    ),
    _simple(
        "tie-kind",
        "What a tie consists of",
        PROJECT,
        {
            "joint_implementation": "Joint implementation",
            "funding": "Funding",
            "knowledge_exchange": "Knowledge exchange",
            "advocacy": "Advocacy",
            "technical_assistance": "Technical assistance",
            "city_to_city": "City-to-city cooperation, twinning",
            "network_membership": "Membership in a network",
        },
    ),
    _simple(
        "tie-intensity",
        "Levels of Collaboration Scale",
        "Frey et al. 2006, American Journal of Evaluation 27:383",
        {
            "0": "None",
            "1": "Networking",
            "2": "Cooperation",
            "3": "Coordination",
            "4": "Coalition",
            "5": "Collaboration",
        },
    ),
    _simple(
        "presence",
        "Whether something is there",
        PROJECT,
        {
            "present": "Present",
            "absent": "Absent",
            "unknown": "Not known",
            "unobserved": "Not observed",
        },
    ),
    _simple(
        "unknown-reason",
        "Why something is not known",
        PROJECT,
        {
            "not_stated": "Not stated",
            "to_be_determined": "To be determined",
            "in_kind": "In kind",
            "embedded": "Embedded in another budget",
            "ambiguous": "The words can mean several things",
            "unreadable": "The words were not understood",
            "not_dated": "No date can be derived from the words",
            "not_applicable": "Does not apply",
            "withheld": "Withheld",
            "refused": "Refused to answer",
        },
    ),
    _simple(
        "item-source",
        "Where a piece of knowledge comes from",
        PROJECT,
        {
            "e_discussion": "E-discussion",
            "live_chat": "Live chat",
            "report": "Report",
            "interview": "Interview",
            "other": "Other",
        },
    ),
    _simple(
        "product-type",
        "What a knowledge product is",
        PROJECT,
        {
            "synthesis_report": "Synthesis report",
            "toolbox": "Toolbox",
            "white_paper": "White paper",
            "story": "Story from the field",
            "guide": "Guide",
            "training": "Training module",
            "other": "Other",
        },
    ),
    _simple(
        "policy-type",
        "What an instrument of policy is",
        PROJECT,
        {
            "plan": "Plan",
            "ordinance": "Ordinance",
            "budget_line": "Budget line",
            "law": "Law",
            "strategy": "Strategy",
            "agreement": "Agreement",
            "other": "Other",
        },
    ),
    _simple(
        "polarity",
        "Which way an indicator is better",
        PROJECT,
        {"higher": "Higher is better", "lower": "Lower is better", "neither": "Neither"},
    ),
    _simple(
        "observation-role",
        "What a value of an indicator is",
        PROJECT,
        {"baseline": "Baseline", "target": "Target", "actual": "Actual"},
    ),
    _simple(
        "institutionalisation",
        "What shows that something is institutionalised",
        "after Goodman et al. 1993, Health Education Quarterly 20:161, and this project",
        {
            "plan": "In a plan",
            "budget_line": "Budget line",
            "unit": "Unit or focal point",
            "ordinance": "Ordinance",
            "staff": "Staff",
            "coordination_body": "Coordination body",
            "monitoring": "Monitoring",
        },
    ),
    _simple(
        "adoption-route",
        "How a practice came to be adopted",
        "after ExpandNet/WHO 2010, Nine steps, and Cooley & Linn 2014",
        {
            "expansion": "Expansion",
            "replication": "Replication",
            "collaboration": "Collaboration",
            "policy": "Policy",
            "spontaneous": "Spontaneous",
        },
    ),
    _simple(
        "contribution-kind",
        "What is contributed",
        PROJECT,
        {"money": "Money", "in_kind": "In kind"},
    ),
    _simple(
        "rating-dimension",
        "What a rating is about",
        "after PARTNER, Varda et al. 2008",
        {
            "trust": "Trust",
            "value": "Value",
            "reliability": "Reliability",
            "mission_support": "Support of the mission",
            "openness": "Openness to discussion",
            "power": "Power and influence",
            "involvement": "Level of involvement",
            "resources": "Contribution of resources",
        },
    ),
    Vocabulary(CODEBOOK, _CLUSTER_CODES, title="Clusters of the programme", source=PROJECT),
    Vocabulary(
        "gcm-objective",
        [Concept(str(n), {"en": label}) for n, label in enumerate(_GCM, start=1)],
        title="Objectives of the Global Compact for Migration, in short",
        source="UN General Assembly resolution 73/195",
        complete=True,
    ),
    _simple(
        "iati-sector",
        "Sectors of migration in the DAC sector list",
        IATI,
        {
            "15190": "Facilitation of orderly, safe, regular and responsible migration",
            "24050": "Remittance facilitation",
            "15136": "Immigration",
            "15112": "Decentralisation and support to subnational government",
        },
    ),
)

FIELD_SCHEMES: dict[tuple[str, str], str] = {
    ("actor", "type"): "actor-type",
    ("initiative", "status"): "initiative-status",
    ("initiative", "scope"): "governance-level",
    ("partnership", "formality"): "tie-formality",
    ("partnership", "kinds"): "tie-kind",
    ("item", "source_type"): "item-source",
    ("product", "type"): "product-type",
    ("policy", "type"): "policy-type",
    ("indicator", "polarity"): "polarity",
    ("observation", "role"): "observation-role",
    ("evidence", "criterion"): "institutionalisation",
    ("evidence", "state"): "presence",
    ("participates", "role"): "organisation-role",
    ("participates", "side"): "side",
    ("tie", "type"): "tie-kind",
    ("tie", "formality"): "tie-formality",
    ("tie", "state"): "presence",
    ("adopts", "route"): "adoption-route",
    ("relates", "type"): "initiative-relation",
    ("contributes", "type"): "contribution-kind",
    ("rates", "dimension"): "rating-dimension",
    **{
        (kind, "level"): "governance-level"
        for kind in ("actor", "territory", "action", "policy", "adopts")
    },
}
"""The vocabulary that a field takes its codes from, by kind and field."""
