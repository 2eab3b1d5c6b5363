"""Krippendorff's alpha, Cohen's and Fleiss' kappa, with what they rest on.

Plain Python: a table of units is a count of patterns, so that a million characters that are coded
alike take as long as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from jmdi.classes import frozen

__all__ = ["Coefficient", "Level", "Patterns", "alpha", "cohen", "fleiss", "patterns"]

Level: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]
"""How far apart two values are: equal or not; by rank; by difference; by relative difference."""

Value: TypeAlias = float | str | None

Patterns: TypeAlias = Mapping[tuple[Value, ...], int]
"""How many units have each pattern: the value of each coder in order, ``None`` where missing."""


@frozen
class Coefficient:
    """A coefficient with what it rests on.

    Attributes:
        value: The coefficient; ``None`` when it is undefined.
        why: Why it is undefined, in a sentence.
        units: How many units it was computed from: those with two values or more.
        eligible: How many units there are.
        coders: How many coders gave one of the values that it was computed from.
        pairable: How many values it was computed from.
        prevalence: The share of each value among these.
    """

    value: float | None
    why: str
    units: int
    eligible: int
    coders: int
    pairable: int
    prevalence: Mapping[Value, float]


def patterns(rows: Sequence[Sequence[Value]]) -> Patterns:
    """The units of a table with a row for each coder and a column for each unit.

    Args:
        rows: The values; ``None`` where a coder has not seen a unit.

    Raises:
        ValueError: If a row has another length.
    """
    return Counter(zip(*rows, strict=True))


def alpha(units: Patterns, level: Level = "nominal") -> Coefficient:
    """Krippendorff's α = 1 − Dₒ/Dₑ: observed over expected disagreement of pairable values.

    Args:
        units: How many units have each pattern.
        level: How far apart two values are; all but ``nominal`` need numbers.

    Raises:
        ValueError: If the level needs numbers and a value is none.

    Source: Krippendorff 2011, Computing Krippendorff's alpha-reliability.
    """
    if level != "nominal" and any(isinstance(v, str) for unit in units for v in unit):
        raise ValueError(f"level={level!r} compares numbers, and there is a value that is a text")
    paired = {unit: many for unit, many in units.items() if _given(unit) > 1}
    marginals: Counter[Value] = Counter()
    for unit, many in paired.items():
        for value in unit:
            if value is not None:
                marginals[value] += many
    n = sum(marginals.values())
    if not paired or len(marginals) < 2:
        return _undefined(units, paired, marginals)
    distance = _distance(level, marginals)
    observed = sum(
        many
        * _disagreement(Counter(v for v in unit if v is not None), distance)
        / (_given(unit) - 1)
        for unit, many in paired.items()
    )
    expected = _disagreement(marginals, distance) / (n - 1)
    if not expected:
        return _undefined(units, paired, marginals)
    return _rests_on(1 - observed / expected, units, paired, marginals)


def cohen(units: Patterns) -> Coefficient:
    """Cohen's κ of two coders: (pₒ − pₑ) / (1 − pₑ) over the units that both have seen.

    Args:
        units: How many units have each pattern, of two coders.

    Raises:
        ValueError: If there are not two coders.

    Source: Cohen 1960, Educational and Psychological Measurement 20:37.
    """
    if any(len(unit) != 2 for unit in units):
        raise ValueError("Cohen's kappa compares two coders")
    paired = {unit: many for unit, many in units.items() if _given(unit) == 2}
    n = sum(paired.values())
    sides: tuple[Counter[Value], Counter[Value]] = (Counter(), Counter())
    for unit, many in paired.items():
        for side, value in zip(sides, unit, strict=True):
            side[value] += many
    marginals = sides[0] + sides[1]
    if len(marginals) < 2:
        return _undefined(units, paired, marginals)
    agreed = sum(many for (one, other), many in paired.items() if one == other)
    chance = sum(sides[0][value] * sides[1][value] for value in marginals)
    return _rests_on((n * agreed - chance) / (n * n - chance), units, paired, marginals)


def fleiss(units: Patterns) -> Coefficient:
    """Fleiss' κ: agreement within units beyond that of the pooled marginals.

    It is computed over the units that all coders have seen, as its definition asks for the same
    number of values in each.

    Args:
        units: How many units have each pattern.

    Source: Fleiss 1971, Psychological Bulletin 76:378.
    """
    coders = max(map(len, units), default=0)
    paired = {unit: many for unit, many in units.items() if _given(unit) == coders > 1}
    marginals: Counter[Value] = Counter()
    pairs = 0
    for unit, many in paired.items():
        for value, number in Counter(unit).items():
            marginals[value] += many * number
            pairs += many * number * (number - 1)
    if len(marginals) < 2:
        return _undefined(units, paired, marginals)
    n = sum(marginals.values())
    agreed = pairs / (n * (coders - 1))
    chance = sum(number * number for number in marginals.values()) / (n * n)
    return _rests_on((agreed - chance) / (1 - chance), units, paired, marginals)


def _given(unit: Iterable[Value]) -> int:
    return sum(value is not None for value in unit)


def _disagreement(values: Mapping[Value, int], distance: Callable[[Value, Value], float]) -> float:
    """The distances of all ordered pairs of some values."""
    return sum(
        many * other * distance(one, two)
        for one, many in values.items()
        for two, other in values.items()
        if one != two
    )


def _distance(level: Level, marginals: Mapping[Value, int]) -> Callable[[Value, Value], float]:
    """The squared distance of two values."""
    if level == "nominal":
        return lambda one, two: 1.0
    place: dict[Value, float] = {}
    below = 0
    for value in sorted(marginals, key=_number):
        place[value] = below + marginals[value] / 2
        below += marginals[value]
    if level == "ordinal":
        return lambda one, two: (place[one] - place[two]) ** 2
    if level == "interval":
        return lambda one, two: (_number(one) - _number(two)) ** 2
    return _relative


def _relative(one: Value, two: Value) -> float:
    total = _number(one) + _number(two)
    return ((_number(one) - _number(two)) / total) ** 2 if total else 0.0


def _number(value: Value) -> float:
    assert not isinstance(value, str) and value is not None
    return value


def _rests_on(
    value: float, units: Patterns, paired: Patterns, marginals: Mapping[Value, int], why: str = ""
) -> Coefficient:
    n = sum(marginals.values())
    wide = max(map(len, paired), default=0)
    return Coefficient(
        None if why else value,
        why,
        sum(paired.values()),
        sum(units.values()),
        sum(any(unit[k] is not None for unit in paired) for k in range(wide)),
        n,
        {v: marginals[v] / n for v in sorted(marginals, key=lambda v: (str(type(v)), v or 0))},
    )


def _undefined(units: Patterns, paired: Patterns, marginals: Mapping[Value, int]) -> Coefficient:
    why = "only one value is in use" if paired else "no unit was seen by two coders"
    return _rests_on(0.0, units, paired, marginals, why)
