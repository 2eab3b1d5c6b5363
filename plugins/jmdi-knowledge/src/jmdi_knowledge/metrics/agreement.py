"""Whether coders agree, and which themes go together."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

import jmdi
from jmdi.errors import NotFound
from jmdi.metrics.choices import NeedsChoice
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.types import Ids
from jmdi.model.kinds import Theme
from jmdi.model.relations import Coded
from jmdi_knowledge.agreement.coefficients import Coefficient, alpha, cohen, fleiss
from jmdi_knowledge.agreement.units import Cover, Unit, Units, covered, units_of
from jmdi_knowledge.facts.applies import has_codings

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["agreement", "co_occurrence"]

CITED = {
    "alpha": "Krippendorff 2011, Computing Krippendorff's alpha-reliability",
    "cohen": "Cohen 1960, Educational and Psychological Measurement 20:37",
    "fleiss": "Fleiss 1971, Psychological Bulletin 76:378",
}
SAID = {"alpha": "Krippendorff's alpha", "cohen": "Cohen's kappa", "fleiss": "Fleiss' kappa"}


def _convention(unit: Unit, coefficient: str) -> str:
    return (
        f"{SAID[coefficient]} ({coefficient}) on {unit} × theme, given or not, pooled over the "
        "themes that somebody gave; what a coder has not seen, having coded nothing in that item, "
        "is missing"
    )


@jmdi.metric(
    "knowledge:agreement",
    "Agreement of coders",
    on="dataset",
    range=(None, 1),
    polarity="higher",
    value_is=lambda coefficient: SAID[coefficient],
    citation="; ".join(CITED.values()),
    convention=_convention,
    accepts=has_codings,
)
def agreement(
    dataset: Dataset,
    *,
    unit: Unit = "document",
    coefficient: Literal["alpha", "cohen", "fleiss"] = "alpha",
    coders: Ids | None = None,
    themes: Ids | None = None,
) -> Result:
    """1 − observed over expected disagreement of coders about which unit has which theme.

    ``values`` gives the coefficient of each theme with its prevalence, the number of units, of
    pairable values and why it is undefined, if it is: a theme that every unit has, or none, tells
    nothing. Undefined when fewer than two coders have seen any unit, and when only one value is in
    use. A high share of equal answers is no agreement where nearly all answers are *no*.

    Args:
        dataset: The records.
        unit: What is compared for each theme: a document, a sentence or a character.
        coefficient: Which coefficient: alpha takes missing values and any number of coders, cohen
            two coders, fleiss the units that all coders have seen.
        coders: Only these coders.
        themes: Only these themes.
    """
    chosen = _theme_ids(dataset, themes)
    found = units_of(dataset, unit, coders=_coders(dataset, coders), themes=chosen)
    if coefficient == "cohen" and len(found.coders) > 2:
        raise NeedsChoice("coders", found.coders, "coders, and Cohen's kappa compares two")
    measure = {"alpha": alpha, "cohen": cohen, "fleiss": fleiss}[coefficient]
    few = len(found.coders) < 2
    each = {} if few else {theme: measure(units) for theme, units in found.by_theme.items()}
    pooled = alpha(found.pooled) if few else measure(found.pooled)
    notes = {
        "coders": found.coders,
        "pairable_values": pooled.pairable,
        "prevalence": pooled.prevalence.get(1, 0.0) if pooled.pairable else None,
        "items": found.items,
        "codings_without_coder": found.without_coder,
        "items_without_text": found.without_text,
        "codings_of_another_text": found.misplaced,
    }
    basis: dict[str, Any] = {
        "n_used": pooled.units,
        "n_eligible": pooled.eligible,
        "of": f"units ({unit} × theme)",
        "notes": notes,
        "no_bounds": _unknown(found),
    }
    if pooled.value is None:
        reason = "single_category" if pooled.units else "missing_input"
        return undefined(reason, pooled.why, **basis)
    return Result(value=pooled.value, values={k: _row(c) for k, c in each.items()}, **basis)


def _row(found: Coefficient) -> Mapping[str, Any]:
    return {
        "coefficient": found.value,
        "prevalence": found.prevalence.get(1, 0.0) if found.pairable else None,
        "units": found.units,
        "pairable": found.pairable,
        "why": found.why or None,
    }


def _unknown(found: Units) -> str:
    """Why it is not known what the unknown could make of it; empty if nothing is unknown."""
    if not found.without_coder:
        return ""
    return f"codings that do not say whose they are: {found.without_coder}"


def _coders(dataset: Dataset, coders: Ids | None) -> frozenset[str]:
    """The coders that were given; all of them must have coded something.

    Raises:
        NotFound: If there is no such coder; it names near ones.
    """
    wanted = _texts(coders)
    known = sorted({one.coder for one in dataset.of(Coded) if one.coder is not None})
    for name in sorted(wanted - set(known)):
        raise NotFound("coder", name, tuple(known))
    return wanted


def _texts(names: Ids | None) -> frozenset[str]:
    return frozenset() if names is None else frozenset([names] if isinstance(names, str) else names)


def _theme_ids(dataset: Dataset, themes: Ids | None) -> frozenset[str]:
    """Ids of themes that were given; all of them must be there.

    Raises:
        NotFound: If there is no such theme.
    """
    return frozenset(dataset.get(theme, Theme).id for theme in _texts(themes))


@jmdi.metric(
    "knowledge:co-occurrence",
    "Co-occurrence of themes",
    on="dataset",
    range=(0, 1),
    polarity="neither",
    value_is="Jaccard index of each pair",
    citation="Jaccard 1912, New Phytologist 11:37",
    convention=lambda unit: f"two themes are together when one {unit} has both, whoever gave them",
    accepts=has_codings,
)
def co_occurrence(
    dataset: Dataset, *, unit: Unit = "document", themes: Ids | None = None
) -> Result:
    """Units that have both themes over those that have at least one, for each pair of themes.

    Pairs that never occur together are left out; ``notes`` says how many there are.

    Args:
        dataset: The records.
        unit: What two themes occur together in: a document, a sentence or a character.
        themes: Only pairs of these themes.
    """
    found = covered(dataset, unit, _theme_ids(dataset, themes))
    if len(found) < 2:
        reason = "single_category" if found else "missing_input"
        return undefined(reason, "fewer than two themes were given to something")
    size = {
        theme: sum(stop - start for spans in cover.values() for start, stop in spans)
        for theme, cover in found.items()
    }
    values = {}
    for one, other in combinations(sorted(found), 2):
        both = _shared(found[one], found[other])
        either = size[one] + size[other] - both
        if both:
            values[f"{one} – {other}"] = {"jaccard": both / either, "both": both, "either": either}
    apart = len(found) * (len(found) - 1) // 2 - len(values)
    return Result(
        values=values,
        n_used=len(found),
        n_eligible=len(found),
        of="themes",
        notes={"pairs_never_together": apart},
    )


def _shared(one: Cover, other: Cover) -> int:
    """How many units two themes share, in linear time: spans of a cover are in order."""
    shared = 0
    for item in one.keys() & other.keys():
        left, right = one[item], other[item]
        i = k = 0
        while i < len(left) and k < len(right):
            (a, b), (c, d) = left[i], right[k]
            shared += max(0, min(b, d) - max(a, c))
            if b <= d:
                i += 1
            else:
                k += 1
    return shared
