"""What a Result says in words of its parameters: it must not contradict how it was computed."""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections.abc import Iterator, Mapping
from numbers import Real
from typing import Any

from jmdi.metrics.result import Result
from jmdi.plugins.signatures import Parameter
from jmdi.testing.comparing import same

__all__ = ["another_number", "misnamed", "misstated", "sentence", "unmoved"]

SHORTEST = 4
"""Letters of a choice that counts as named without quotes; ``in`` or ``all`` is in any sentence."""

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "theta": "θ",
    "kappa": "κ", "lambda": "λ", "mu": "μ", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ",
}  # fmt: skip
_NUMBER = r"(?P<number>[-−]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?P<percent>\s*%)?(?![\w.]*\d|\w)"
_BETWEEN = r"(?:\s*[=:(≥≤<>]\s*|\s+)(?:(?:parameter|value|is|of|at|to|set|equals?|=)\s+){0,3}"
_ALONE = re.compile(rf"(?<![\w.]){_NUMBER}")
COMMON = 10
"""Whole numbers up to it stand in formulas, and may have nothing to do with a parameter."""


def sentence(result: Result) -> str:
    """What a Result says of its definition besides the list of its parameters."""
    return ". ".join(filter(None, (result.title, result.value_is, result.convention)))


def misnamed(parameter: Parameter, choice: object, result: Result) -> Iterator[str]:
    """Where a Result names another choice than that it was computed with."""
    text = sentence(result)
    name, own = parameter.name, result.parameters.get(parameter.name, choice)
    if choice is not None and own in parameter.wanted.choices and own != choice:
        yield f"says {name}={own!r} in its parameters when it is given {name}={choice!r}"
    if _names(text, name, own):
        return
    for other in parameter.wanted.choices:
        if other != own and _names(text, name, other):
            yield f"names {other!r} with {name}={own!r}: {text!r}"


def _names(text: str, name: str, choice: object) -> bool:
    word = re.escape(str(choice))
    patterns = [rf"\b{name}\s*=\s*['\"]?{word}(?![\w-])"]
    if isinstance(choice, str):
        patterns.append(rf"['\"]{word}['\"]")
        if len(choice) >= SHORTEST:
            patterns.append(rf"(?<![\w-]){word}(?![\w-])")
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def unmoved(parameter: Parameter, tried: Mapping[Any, Result]) -> Iterator[str]:
    """Where two choices give other numbers under the same words."""
    for (one, first), (other, second) in itertools.combinations(tried.items(), 2):
        both = first.defined and second.defined
        alike = sentence(first) == sentence(second)
        if both and alike and not same(_numbers(first), _numbers(second)):
            yield (
                f"says the same with {parameter.name}={one!r} and {parameter.name}={other!r}, "
                f"which give other numbers: {sentence(first)!r}"
            )


def _numbers(result: Result) -> list[Any]:
    return [result.value, result.values, result.lower, result.upper]


def another_number(parameter: Parameter, given: object) -> float | None:
    """Another value of a parameter that is a number; ``None`` if there is none to try."""
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        return None
    near = [given + 1, given - 1] if isinstance(given, int) else [given / 2, 0.5, given + 1]
    return next((n for n in near if n != given and parameter.wanted.takes(n)), None)


def misstated(parameter: Parameter, tried: Mapping[Any, Result]) -> Iterator[str]:
    """Where a Result states another number than that it was computed with.

    A number is stated beside the name of the parameter, as in *gamma 1.0*; or anywhere, if it is
    the first that was tried, is no common one, and stays when another is tried.

    Args:
        parameter: The parameter.
        tried: Results by the number that was given; the usual one comes first.
    """
    usual = next(iter(tried), None)
    for given, result in tried.items():
        text, name = sentence(result), parameter.name
        own = result.parameters.get(name, given)
        if isinstance(own, bool) or not isinstance(own, Real):
            continue
        if own != given:
            yield f"says {name}={own!r} in its parameters when it is given {name}={given!r}"
        beside, alone = list(_beside(name).finditer(text)), list(_ALONE.finditer(text))
        if any(_states(match, own) for match in beside or alone):
            continue
        stale = [m for m in alone if _is_rare(m) and _states(m, usual)]
        for match in (beside or stale)[:1]:
            yield f"states {match[0]!r} with {name}={own!r}: {text!r}"


@functools.cache
def _beside(name: str) -> re.Pattern[str]:
    """The pattern of a number beside the name of a parameter, also in Greek."""
    words = [re.escape(name).replace("_", "[_ -]"), *filter(None, [GREEK.get(name)])]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)}){_BETWEEN}{_NUMBER}", re.IGNORECASE)


def _states(match: re.Match[str], value: Any) -> bool:
    """Whether a number in a sentence is a value, rounded as the sentence does."""
    text = match["number"].replace("−", "-")
    digits = len(text.partition(".")[2]) if "e" not in text.lower() else 15
    scaled = float(value) * (100 if match["percent"] else 1)
    exact = math.isclose(float(text), scaled, rel_tol=1e-9)
    return exact or math.isclose(float(text), round(scaled, digits), rel_tol=1e-9)


def _is_rare(match: re.Match[str]) -> bool:
    """Whether a number in a sentence is not one of those in any formula."""
    return bool(match["percent"]) or "." in match["number"] or abs(float(match["number"])) > COMMON
