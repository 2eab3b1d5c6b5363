"""What became of the metrics, in words: how much is known, and what is missing."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

from jmdi.cli.layout import shortened
from jmdi.metrics.rows import label_of
from jmdi.metrics.wording import between, closed_world_said, counted

if TYPE_CHECKING:
    from jmdi.metrics.result import Result

__all__ = ["GROUPS", "Group", "Outcome", "named", "number", "options_of"]

Group: TypeAlias = Literal["known", "interval", "undefined", "failed", "not applicable"]
"""How much is known of a metric."""

GROUPS: Mapping[Group, str] = {
    "known": "VALUE",
    "interval": "VALUE [FROM, TO]",
    "undefined": "WHAT IS MISSING",
    "failed": "WHY",
    "not applicable": "WHY",
}
"""The groups in the order in which they are shown, with what is shown of them."""

FIRST = 3
"""How many of the values, or of the things to choose from, stand in a row."""

LABEL = 24
"""Characters of a label in a row."""

OPTIONS = 60
"""Characters of the things to choose from in a row."""


@attrs.frozen(slots=True)
class Outcome:
    """What became of one metric.

    Attributes:
        name: Name of the metric.
        title: Its name in the field.
        result: Its result.
        error: Why there is none: a plugin failed, or a parameter has a wrong value.
        usage: Whether that is for the user to put right.
        asks: What each parameter means that must be given.
    """

    name: str
    title: str = ""
    result: Result | None = None
    error: str = ""
    usage: bool = False
    asks: Mapping[str, str] = attrs.field(factory=dict)

    @property
    def group(self) -> Group:
        """How much is known; a value with wider bounds counts as an interval."""
        result = self.result
        if result is None:
            return "failed"
        if result.not_applicable:
            return "not applicable"
        if result.undefined is not None:
            return "undefined"
        return "interval" if _is_open(result) else "known"

    @property
    def needs_choice(self) -> bool:
        """Whether it is undefined only because something must be chosen."""
        return self.result is not None and self.result.undefined == "needs_choice"

    @property
    def value(self) -> str:
        """The value with its bounds; empty without one."""
        result = self.result
        if result is None or not result.defined:
            return ""
        text, reason = _value(result), result.or_undefined
        return text if reason is None else f"{text}, or undefined ({reason})"

    @property
    def cut(self) -> bool:
        """Whether `words` leave out values, or things to choose from."""
        result = self.result
        if result is None:
            return False
        if result.undefined is not None:
            return any(_options(options)[1] for options in options_of(result).values())
        return result.status == "values" and len(result.values or ()) > FIRST

    @property
    def words(self) -> str:
        """What the value is and rests on, or what is missing."""
        result = self.result
        if result is None:
            return self.error
        if not result.defined:
            return "; ".join(_missing(result, self.asks))
        return "; ".join(part for part in _rests_on(result) if part)

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON values, its group, and the error; always the same keys."""
        from jmdi.metrics.result import undefined

        more = {"group": self.group, "error": self.error}
        if self.result is not None:
            return self.result.to_dict() | more
        nothing = undefined("missing_input", title=self.title).to_dict()
        failed = {"metric": self.name, "undefined": None, "why": "", "status": "failed"}
        return nothing | failed | more

    def below(self, floors: Mapping[str, Decimal]) -> Iterator[str]:
        """Why the metric does not hold what ``--fail-under`` asks of it."""
        floor = floors.get(self.name)
        if floor is None:
            return
        result = self.result
        if result is None or not result.defined:
            why = self.error if result is None else result.why
            yield f"{self.name} has no value to compare with {floor}: {why}"
            return
        value = result.lower if result.value is None else result.value
        if value is None:
            yield f"{self.name} has no single value to compare with {floor}"
        elif value < floor:
            yield f"{self.name} = {number(value)} is under {floor}"


def options_of(result: Result) -> Mapping[str, Sequence[str]]:
    """What can be chosen for each parameter that must be given."""
    found = result.notes.get("choices", {}) if result.undefined == "needs_choice" else {}
    return found if isinstance(found, Mapping) else {}


def named(result: Result, id: str) -> str:
    """The label of an id, or of the ids at both ends of a tie."""
    return label_of(id, result.labels)


def number(value: Any) -> str:
    """A number as a person reads it."""
    return f"{value:.4g}" if isinstance(value, float) and abs(value) < 10_000 else f"{value:,}"


def _is_open(result: Result) -> bool:
    """Whether unknown parts of the data leave a value open, or whether there is one."""
    if result.interval or result.no_bounds or result.or_undefined is not None:
        return True
    parts = (item for item in (result.values or {}).values() if isinstance(item, Mapping))
    return _bounded(result) or _differ(result.bounds) or any(map(_unsettled, parts))


def _unsettled(item: Mapping[str, Any]) -> bool:
    """Whether one of several values is an interval, or undefined."""
    if item.get("undefined") is not None:
        return True
    return {"lower", "upper"} <= item.keys() and bool(item["lower"] != item["upper"])


def _bounded(result: Result) -> bool:
    """Whether there is a value between bounds that are wider."""
    ends = (result.lower, result.upper)
    return result.value is not None and None not in ends and ends != (result.value, result.value)


def _differ(bounds: object) -> bool:
    """Whether the ends of any bounds differ."""
    if isinstance(bounds, Mapping):
        return any(map(_differ, bounds.values()))
    return isinstance(bounds, tuple) and len(bounds) == 2 and bounds[0] != bounds[1]


def _value(result: Result) -> str:
    unit = f" {counted(result.value, result.unit)}" if result.unit else ""
    if result.value is not None:
        ends = f" [{between(result.lower, result.upper, number)}]" if _bounded(result) else ""
        return f"{number(result.value)}{unit}{ends}"
    if result.interval:
        return f"{between(result.lower, result.upper, number)}{unit}"
    return _things(len(result.values or ()), "values")


def _rests_on(result: Result) -> Iterator[str]:
    yield result.value_is
    if result.interval and result.why:
        yield result.why
        yield "" if result.n_eligible is None else _things(result.n_eligible, result.of)
    else:
        yield _size(result)
    yield _first(result)
    if result.no_bounds:
        yield f"bounds not known: {result.no_bounds}"
    if closed := result.notes.get("closed_world"):
        yield f"read as complete: {closed_world_said(closed)}"


def _size(result: Result) -> str:
    used, eligible = result.n_used, result.n_eligible
    if used is None:
        return ""
    if eligible is None or eligible == used:
        return _things(used, result.of)
    if result.of == "pairs" and (unknown := result.notes.get("pairs_unobserved")):
        return f"{unknown:,} of {eligible:,} pairs not observed"
    share = "" if result.coverage is None else f" ({_percent(result.coverage)} %)"
    return f"{used:,} of {eligible:,} {result.of}".rstrip() + share


def _percent(share: float) -> str:
    """A share in hundredths; what is neither none nor all is never shown as such."""
    if 0 < share < 0.005:
        return "under 1"
    return "over 99" if 0.995 <= share < 1 else f"{share * 100:.0f}"


def _things(count: int, of: str) -> str:
    return f"{count:,} {counted(count, of)}".rstrip()


def _first(result: Result) -> str:
    """The first values of a result that has no single one."""
    values = result.values or {}
    if result.status != "values":
        return ""
    said = ((key, _item(item, result.bounds.get(key))) for key, item in values.items())
    known = ((key, text) for key, text in said if text)
    shown = [
        f"{shortened(named(result, key), LABEL)}: {text}"
        for key, text in itertools.islice(known, FIRST)
    ]
    more = len(values) - len(shown)
    return ", ".join(shown) + (f", … {more:,} more" if shown and more else "")


def _item(item: object, ends: object) -> str:
    """One of several values in short; empty if it has parts."""
    if item is None and isinstance(ends, tuple):
        return _ends(ends[0], ends[1])
    if isinstance(item, Mapping):
        if item.get("undefined") is not None:
            return "undefined"
        known = _item(item.get("value"), None)
        return known or _ends(item.get("lower"), item.get("upper"))
    if isinstance(item, str):
        return item
    return number(item) if isinstance(item, (int, float, Decimal)) else ""


def _ends(lower: Any, upper: Any) -> str:
    """The bounds of one of several values; empty where nobody knows them."""
    if lower is None:
        return "" if upper is None else f"up to {number(upper)}"
    return between(lower, upper, number)


def _missing(result: Result, asks: Mapping[str, str]) -> Iterator[str]:
    """What a result without a value lacks."""
    if choices := options_of(result):
        parts = [
            f"{name} = {_options(found)[0]}" if found else f"{name} ({asks.get(name, '')})"
            for name, found in choices.items()
        ]
        yield f"needs a choice: {', '.join(parts)}"
        return
    yield f"{result.why} ({result.undefined})" if result.undefined else result.why
    if result.n_eligible:
        yield _size(result)


def _options(options: Sequence[str]) -> tuple[str, int]:
    """As many of the things to choose from as fit, and how many are left out."""
    shown: list[str] = []
    for option in options:
        if len(shown) >= FIRST and len(" | ".join([*shown, option])) > OPTIONS:
            break
        shown.append(option)
    more = len(options) - len(shown)
    return " | ".join(shown) + (f" | … {more:,} more" if more else ""), more
