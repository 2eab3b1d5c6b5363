"""Observed diffusion: who adopted when, and who was tied to whom at that time.

Follows Valente 1995, Network Models of the Diffusion of Innovations, and Valente 1996, Social
Networks 18:69, with the project's conventions: exposure to those whom ego names, unvalued, in
the previous period; an actor without ties has no exposure, not an exposure of 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

import attrs
import numpy as np
from scipy import sparse

from jmdi_network.arrays import Floats, Ints, Sparse
from jmdi_scaling.facts.parameters import Direction

__all__ = [
    "CATEGORIES",
    "CUTS",
    "Adoption",
    "Deviation",
    "at_adoption",
    "categories",
    "divided",
    "exposure",
    "hazard",
    "infectiousness",
    "oriented",
    "susceptibility",
]

NEVER = -1
CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "valente": ("early adopters", "early majority", "late majority", "laggards"),
    "rogers": ("innovators", "early adopters", "early majority", "late majority", "laggards"),
    "threshold": ("very low", "low", "high", "very high"),
}
CUTS: Mapping[str, tuple[float, ...]] = {
    "valente": (-1, 0, 1),
    "rogers": (-2, -1, 0, 1),
    "threshold": (-1, 0, 1),
}
"""Where categories part, in standard deviations from the mean."""

ROUNDING = 1e-12
"""A number that rounding carried below a cut by less than this is at the cut."""

Kind: TypeAlias = Literal["valente", "rogers", "threshold"]
"""Categories of adopters: Valente's four, Rogers' five, or Valente's four by threshold."""

Deviation: TypeAlias = Literal["sample", "population"]
"""Which standard deviation: divided by n - 1, or by n."""


@attrs.frozen(slots=True, eq=False)
class Adoption:
    """Adoption times and ties, by period.

    Attributes:
        nodes: Ids of the actors.
        periods: The periods, in order, such as years.
        time: Index of the period in which each actor adopted, int64; -1 for not by the last.
        ties: One matrix for all periods, or one for each, float64, actors by actors:
            ``[i, j]`` is the strength of the tie by which i names j.
    """

    nodes: tuple[str, ...]
    periods: tuple[int, ...]
    time: Ints
    ties: tuple[Sparse, ...]

    @classmethod
    def of(
        cls,
        edges: Iterable[Sequence[Any]],
        adopted: Mapping[str, int | None],
        periods: Sequence[int] | None = None,
        *,
        directed: bool = True,
    ) -> Adoption:
        """From edges ``(i, j)``, ``(i, j, strength)`` or ``(i, j, strength, period)``.

        Args:
            edges: Who names whom. Loops are dropped and parallel ties added up; with a period
                on every edge, the ties are those of each period.
            adopted: The period in which each actor adopted; ``None`` for never. Its keys are
                the actors. Who adopted before the first period has adopted in the first, who
                does so after the last has not.
            periods: The periods; by default from the first adoption to the last.
            directed: Whether a tie goes one way.

        Raises:
            ValueError: If nobody adopted and no periods are given, or somebody adopted between
                two of the periods.
        """
        nodes = tuple(sorted(adopted))
        times = [t for t in adopted.values() if t is not None]
        if periods is None:
            if not times:
                raise ValueError("nobody adopted: give the periods")
            periods = range(min(times), max(times) + 1)
        place = {period: k for k, period in enumerate(periods)}
        index = {name: k for k, name in enumerate(nodes)}
        time = [_index_of(adopted[name], name, place) for name in nodes]
        rows = [tuple(edge) for edge in edges]
        dated = bool(rows) and all(len(row) > 3 for row in rows)
        groups: list[list[tuple[Any, ...]]] = [[] for _ in (periods if dated else (0,))]
        for row in rows:
            if row[0] in index and row[1] in index and row[0] != row[1]:
                if not dated:
                    groups[0].append(row)
                elif row[3] in place:
                    groups[place[row[3]]].append(row)
        ties = tuple(matrix_of(group, index, directed) for group in groups)
        return cls(nodes, tuple(periods), np.array(time, np.int64), ties)

    @property
    def dynamic(self) -> bool:
        """Whether ties differ between periods."""
        return len(self.ties) > 1

    def at(self, period: int) -> Sparse:
        """The ties of a period, by its index."""
        return self.ties[period if self.dynamic else 0]

    def adopters(self) -> Floats:
        """The number of actors that had adopted by the end of each period, float64."""
        return np.cumsum(self.new()).astype(np.float64)

    def new(self) -> Ints:
        """The number of actors that adopted in each period, int64."""
        return np.bincount(self.time[self.time >= 0], minlength=len(self.periods)).astype(np.int64)


def _index_of(time: int | None, name: str, place: Mapping[int, int]) -> int:
    """Which of the periods somebody adopted in."""
    if time is None or time > max(place):
        return NEVER
    if time < min(place):
        return 0
    if time not in place:
        raise ValueError(f"{name!r} adopted in {time}, which is none of the periods: give it too")
    return place[time]


def matrix_of(rows: list[tuple[Any, ...]], index: Mapping[str, int], directed: bool) -> Sparse:
    """The ties as actors by actors, float64; ``[i, j]`` is the strength of i naming j."""
    n = len(index)
    source = [index[row[0]] for row in rows]
    target = [index[row[1]] for row in rows]
    strength = [float(row[2]) if len(row) > 2 and row[2] is not None else 1.0 for row in rows]
    if not directed:
        source, target, strength = source + target, target + source, strength * 2
    matrix = sparse.csr_array((strength, (source, target)), shape=(n, n), dtype=np.float64)
    matrix.sum_duplicates()
    return matrix


def oriented(matrix: Sparse, direction: Direction, valued: bool) -> Sparse:
    """Row i holds those that i is exposed to."""
    if direction == "in":
        matrix = matrix.T.tocsr()
    elif direction == "both":
        matrix = (matrix + matrix.T).tocsr()
    if valued:
        return matrix
    plain = matrix.copy()
    plain.data = np.ones_like(plain.data)
    return plain


def exposure(
    adoption: Adoption,
    *,
    direction: Direction = "out",
    lag: int = 1,
    valued: bool = False,
    normalized: bool = True,
    no_ties: float | None = None,
) -> Floats:
    """Exposure ``E_i(t) = Σ_j w_ij a_j(t-lag) / Σ_j w_ij``, float64, actors by periods.

    With a lag the ties are those of the period in which the others are observed.

    Args:
        adoption: Who adopted when, and who names whom.
        direction: Whom an actor is exposed to: those it names, those who name it, or both.
        lag: How many periods before.
        valued: Whether strengths weigh.
        normalized: Whether it is divided by ``Σ_j w_ij``; if not, it is a count, or a sum.
        no_ties: Share of adopters of an actor without ties; a count is 0 without any.

    Returns:
        NaN where it is undefined: before the first period, and a share without ties unless
        ``no_ties`` says what it is then.
    """
    n, periods = len(adoption.nodes), len(adoption.periods)
    found = np.full((n, periods), np.nan)
    ready: Any = None
    for t in range(lag, periods):
        seen = t - lag
        if ready is None or adoption.dynamic:
            ready = oriented(adoption.at(seen), direction, valued)
        adopted = ((adoption.time >= 0) & (adoption.time <= seen)).astype(np.float64)
        if not normalized:
            found[:, t] = ready @ adopted
            continue
        total = np.asarray(ready.sum(axis=1)).ravel()
        there = total > 0
        found[there, t] = (ready @ adopted)[there] / total[there]
        if no_ties is not None:
            found[~there, t] = no_ties
    return found


def at_adoption(adoption: Adoption, table: Floats) -> Floats:
    """The entry of each adopter in the period of its adoption, float64; NaN for all others.

    Args:
        adoption: Who adopted when.
        table: One number for each actor and period, float64, actors by periods.
    """
    result = np.full(len(adoption.nodes), np.nan)
    adopters = np.flatnonzero(adoption.time >= 0)
    result[adopters] = table[adopters, adoption.time[adopters]]
    return result


def categories(
    adoption: Adoption,
    kind: Kind = "valente",
    *,
    cuts: Sequence[float] | None = None,
    sd: Deviation = "sample",
) -> tuple[str | None, ...] | None:
    """The adopter category of each actor by its time; ``None`` for those that never adopted.

    The cuts lie at the mean adoption time and one standard deviation to either side (Rogers'
    five: two as well before it), each category with its left end. ``None`` for all when fewer
    than two adopted or all at once.

    Args:
        adoption: Who adopted when.
        kind: Valente's four categories by time, Rogers' five, or Valente's four by threshold.
        cuts: Where the categories part, in standard deviations from the mean, ascending; one
            fewer than there are categories.
        sd: Whether the standard deviation is divided by ``n - 1`` or by ``n``.
    """
    times = np.where(adoption.time >= 0, adoption.time.astype(np.float64), np.nan)
    return divided(times, kind, cuts=cuts, sd=sd)


def divided(
    numbers: Floats,
    kind: Kind,
    *,
    cuts: Sequence[float] | None = None,
    sd: Deviation = "sample",
) -> tuple[str | None, ...] | None:
    """The category of each actor by a number, cut at distances from the mean, as `categories`.

    Args:
        numbers: One for each actor, float64; NaN for those that are in no category.
        kind: Which categories.
        cuts: Where they part, in standard deviations from the mean, ascending.
        sd: Whether the standard deviation is divided by ``n - 1`` or by ``n``.
    """
    known = numbers[~np.isnan(numbers)]
    if len(known) < 2 or np.ptp(known) == 0:
        return None
    given = np.asarray(CUTS[kind] if cuts is None else cuts, np.float64)
    at = known.mean() + given * known.std(ddof=1 if sd == "sample" else 0)
    place = np.searchsorted(at - ROUNDING, numbers, side="right")
    names = CATEGORIES[kind]
    return tuple(None if np.isnan(x) else names[k] for k, x in zip(place, numbers, strict=True))


def hazard(adoption: Adoption) -> Floats:
    """``(q_t - q_{t-1}) / (n - q_{t-1})``, float64, by period.

    NaN in the first period and when all have adopted.
    """
    total = adoption.adopters()
    found = np.full(len(total), np.nan)
    for t in range(1, len(total)):
        at_risk = len(adoption.nodes) - total[t - 1]
        if at_risk > 0:
            found[t] = (total[t] - total[t - 1]) / at_risk
    return found


def _neighbours_when(
    adoption: Adoption,
    span: int,
    discount: float | None,
    valued: bool,
    direction: Direction,
    after: bool,
    never: bool,
    normalized: bool,
) -> Floats:
    """Share of those tied to ego who adopted just then, of those who could have."""
    n, periods = len(adoption.nodes), len(adoption.periods)
    above, below, everyone = np.zeros(n), np.zeros(n), np.zeros(n)
    ready: dict[int, Any] = {}
    for k in range(1, span + 1):
        for t in range(periods):
            ego = adoption.time == t
            other = t + k if after else t - k
            if not ego.any() or not 0 <= other < periods:
                continue
            seen = (t + k - 1 if after else t - k + 1) if adoption.dynamic else 0
            if seen not in ready:
                ready[seen] = oriented(adoption.at(seen), direction, valued)
            weight = 1 / k if discount is None else (1 + discount) ** -(k - 1)
            then = (adoption.time == other).astype(np.float64)
            could = (
                (adoption.time >= other)
                if after
                else ((adoption.time >= 0) & (adoption.time <= other))
            )
            if never:
                could = could | (adoption.time < 0)
            above[ego] += weight * (ready[seen] @ then)[ego]
            below[ego] += weight * (ready[seen] @ could.astype(np.float64))[ego]
            everyone[ego] += weight * then.sum()
    if normalized:
        below *= everyone
    found = np.full(n, np.nan)
    there = below > 0
    found[there] = above[there] / below[there]
    return found


def infectiousness(
    adoption: Adoption,
    *,
    span: int = 1,
    discount: float | None = None,
    valued: bool = False,
    direction: Direction = "out",
    never_at_risk: bool = False,
    normalized: bool = False,
) -> Floats:
    """Share of those exposed to ego who adopt right after it, of those who adopt then or later.

    ``Σ_k Σ_j x_ji(t+k-1) z_j(t+k) / w_k`` over ``Σ_k Σ_j x_ji(t+k-1) z_j(t+k..T) / w_k`` for
    ``span`` periods, ``w_k = k`` or ``(1+discount)^(k-1)`` (Myers 2000; Valente et al. 2015).

    Args:
        adoption: Who adopted when, and who names whom.
        span: How many periods after ego.
        discount: Rate by which later periods weigh less; by ``1/k`` if not given.
        valued: Whether strengths weigh.
        direction: Whom an actor is exposed to: those it names, those who name it, or both.
        never_at_risk: Whether those who never adopt count below the line too.
        normalized: Whether it is divided by ``Σ_k Σ_j z_j(t+k) / w_k``, all who adopt then.

    Returns:
        NaN for never-adopters and where the denominator is 0.
    """
    exposed = _REVERSE[direction]
    return _neighbours_when(
        adoption, span, discount, valued, exposed, True, never_at_risk, normalized
    )


_REVERSE: Mapping[Direction, Direction] = {"out": "in", "in": "out", "both": "both"}
"""Who is exposed to ego, by whom an actor is exposed to."""


def susceptibility(
    adoption: Adoption,
    *,
    span: int = 1,
    discount: float | None = None,
    valued: bool = False,
    direction: Direction = "out",
    normalized: bool = False,
) -> Floats:
    """Share of those ego is exposed to who adopted right before it, of its earlier adopters.

    ``Σ_k Σ_j x_ij(t-k+1) z_j(t-k) / w_k`` over ``Σ_k Σ_j x_ij(t-k+1) z_j(1..t-k) / w_k``, as
    `infectiousness`. Never-adopters are no earlier adopters.

    Args:
        adoption: Who adopted when, and who names whom.
        span: How many periods before ego.
        discount: Rate by which periods further back weigh less; by ``1/k`` if not given.
        valued: Whether strengths weigh.
        direction: Whom an actor is exposed to: those it names, those who name it, or both.
        normalized: Whether it is divided by ``Σ_k Σ_j z_j(t-k) / w_k``, all who adopted then.

    Returns:
        NaN for never-adopters and where the denominator is 0.
    """
    return _neighbours_when(adoption, span, discount, valued, direction, False, False, normalized)
