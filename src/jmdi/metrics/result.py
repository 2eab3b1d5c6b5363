"""What a metric returns: a value with everything that is needed to judge and cite it."""

from __future__ import annotations

import datetime
import importlib.util
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeAlias, TypedDict, Unpack

import attrs

from jmdi import classes
from jmdi.display.privacy import HIDDEN
from jmdi.errors import JmdiError, ModelError, NotFound
from jmdi.graph.doer import Doer, FromModel
from jmdi.metrics.members import DigestText, Number, day, frozen, frozen_or_none, ids, number
from jmdi.metrics.rows import json_value, rows_of
from jmdi.metrics.wording import between, closed_world_said, counted, is_open, short
from jmdi.model.frozen import EMPTY, FrozenMap
from jmdi.plugins.known import install_for

if TYPE_CHECKING:
    from jmdi.graph.table import Table

__all__ = [
    "REASONS",
    "Members",
    "NoFigure",
    "Number",
    "Result",
    "Status",
    "UndefinedResult",
    "not_applicable",
    "undefined",
]

REASONS: Mapping[str, str] = FrozenMap(
    {
        "empty_graph": "the network has no nodes",
        "too_few_actors": "the network has too few actors",
        "no_ties": "the network has no ties",
        "no_known_group": "no actor or tie has a known group",
        "single_category": "there is only one category",
        "zero_denominator": "the denominator is zero",
        "missing_input": "the data that it needs is missing",
        "disconnected": "the network is not connected",
        "degenerate_null": "the null model admits a single network",
        "not_enough_periods": "there are too few periods",
        "needs_choice": "it must be said which one is meant",
    }
)
"""Why a metric can be undefined; a plugin's own reasons are written ``plugin:reason``."""

ROUNDING = 1e-9
"""How far rounding may carry a value over its bounds."""

_OWN_REASON = re.compile(r"[a-z][a-z0-9-]*:[a-z][a-z0-9_]*")


class UndefinedResult(JmdiError):
    """A Result without a number was used as a number; raised in a metric, it ends it undefined.

    Attributes:
        reason: The reason code; ``None`` when the Result is an interval or not applicable.
        why: The same in a sentence.
    """

    def __init__(self, reason: str | None, why: str = "") -> None:
        self.reason = reason
        self.why = why or REASONS.get(reason or "", "")
        super().__init__(f"{reason}: {self.why}" if reason else self.why)

    def __reduce__(self) -> tuple[Any, ...]:
        return (UndefinedResult, (self.reason, self.why))


class NoFigure(JmdiError):
    """A Result cannot be drawn: its metric has no figure, or matplotlib is missing."""


Status: TypeAlias = Literal["value", "interval", "values", "undefined", "not applicable"]


@classes.frozen(kw_only=True)
class Result(FromModel):
    """The outcome of a metric: a number, an interval, numbers per element, or why there is none.

    Attributes:
        metric: Name of the metric.
        title: Its name in the field.
        value: The number; ``None`` for an interval, for ``values`` alone, and when undefined.
        values: Numbers per element, group or currency.
        undefined: Reason code when it is undefined, one of `REASONS` or ``plugin:reason``.
        why: Why it is undefined, not applicable or an interval, in a sentence.
        not_applicable: Whether the metric makes no sense for what it was given.
        unit: Unit of the value.
        value_is: What the value is, such as ``share``, ``two-sided p`` or ``count``.
        range: Lowest and highest value it can have; ``None`` for no bound.
        polarity: ``higher``, ``lower`` or ``neither`` is better.
        n_used: How many elements the value was computed from.
        n_eligible: How many it should have been computed from.
        of: What these elements are, such as ``actors``.
        lower: Lowest value that the unknown parts of the data allow.
        upper: Highest value that they allow.
        bounds: Lowest and highest number that they allow for each of ``values``, by its keys;
            one that they leave open is ``None`` in ``values``.
        or_undefined: Reason code for which it is undefined in some of the cases that they allow.
        no_bounds: Why it is not known what they allow; empty if it is, or nothing is unknown.
        convention: Which of several readings of the definition was followed.
        as_of: The day that it holds for.
        window: First and last day that were looked at.
        seed: Seed of the random numbers.
        parameters: The parameters it was computed with.
        contributing: Ids of the records that it lists or rests on.
        notes: What was left out or assumed, with counts.
        citation: Where the definition comes from.
        labels: Labels of the records that it mentions, by id; empty if these are very many.
        subject: What it was computed on.
        people: Ids of persons among the labels, whose names displays hide.
        digest: The digest of the Dataset that it was computed on, or that its Network was made of.
        version: The distribution that computed it with its version, such as ``jmdi 26.1``.
        model: The model whose metric gave it; the default model if it is not given.

    Raises:
        ValueError: If a number is not finite, value and reason contradict each other, or the
            value lies outside its bounds.
        TypeError: If the value is not a number.
    """

    accessed_as = "result"

    metric: str = ""
    title: str = ""
    value: Number | None = attrs.field(default=None, converter=number)
    values: Mapping[str, Any] | None = attrs.field(default=None, converter=frozen_or_none)
    undefined: str | None = None
    why: str = ""
    not_applicable: bool = False
    unit: str = ""
    value_is: str = ""
    range: tuple[float | None, float | None] = (None, None)
    polarity: Literal["higher", "lower", "neither"] = "neither"
    n_used: int | None = None
    n_eligible: int | None = None
    of: str = ""
    lower: Number | None = attrs.field(default=None, converter=number)
    upper: Number | None = attrs.field(default=None, converter=number)
    bounds: Mapping[str, Any] = attrs.field(default=EMPTY, converter=frozen)
    or_undefined: str | None = None
    no_bounds: str = ""
    convention: str = ""
    as_of: str | None = attrs.field(default=None, converter=day)
    window: tuple[str, str] | None = None
    seed: int | None = None
    parameters: Mapping[str, Any] = attrs.field(default=EMPTY, converter=frozen)
    contributing: tuple[str, ...] = attrs.field(default=(), converter=ids)
    notes: Mapping[str, Any] = attrs.field(default=EMPTY, converter=frozen)
    citation: str = ""
    labels: Mapping[str, str] = attrs.field(default=EMPTY, eq=False, converter=frozen)
    subject: str = ""
    _digest: DigestText = attrs.field(default="", eq=False)
    version: str = attrs.field(default="", eq=False)
    _people: frozenset[str] = attrs.field(default=frozenset(), eq=False, repr=False)
    _model: Doer | None = attrs.field(default=None, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        numbers_given = [
            x for x in (self.value, self.values, self.lower, self.upper) if x is not None
        ]
        for reason in (self.undefined, self.or_undefined):
            if reason is not None:
                _check_reason(reason)
        if self.undefined is not None and self.not_applicable:
            raise ValueError("a result is either undefined or not applicable")
        if (self.undefined is not None or self.not_applicable) and self.value is not None:
            raise ValueError("an undefined result has no value")
        if self.undefined is None and not self.not_applicable and not numbers_given:
            raise ValueError("a result without a value must say why: give undefined=reason")
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError(f"the bounds {self.lower} and {self.upper} are the wrong way round")
        if self.value is not None and (
            (self.lower is not None and _less(self.value, self.lower))
            or (self.upper is not None and _less(self.upper, self.value))
        ):
            raise ValueError(
                f"the value {self.value} lies outside its bounds {self.lower} and {self.upper}"
            )

    @property
    def digest(self) -> str:
        """The digest of the Dataset that it was computed on, or that its Network was made of."""
        return str(self._digest)

    @property
    def defined(self) -> bool:
        """Whether there is a value, an interval or values."""
        return self.undefined is None and not self.not_applicable

    @property
    def interval(self) -> bool:
        """Whether the outcome is the range from ``lower`` to ``upper`` without a single value."""
        return self.defined and self.value is None and self.lower is not None

    @property
    def status(self) -> Status:
        """What the outcome is; every result is one of these."""
        if self.not_applicable:
            return "not applicable"
        if self.undefined is not None:
            return "undefined"
        if self.value is not None:
            return "value"
        return "interval" if self.interval else "values"

    @property
    def coverage(self) -> float | None:
        """Share of the eligible elements that were used; ``None`` when that is not known."""
        if self.n_used is None or not self.n_eligible:
            return None
        return self.n_used / self.n_eligible

    def __float__(self) -> float:
        """The value.

        Raises:
            UndefinedResult: If there is no single value.
        """
        if self.value is None:
            self._no_number()
        return float(self.value)

    def __bool__(self) -> bool:
        """Refused, because 0 and undefined are easily confused.

        Raises:
            TypeError: Always.
        """
        raise TypeError("a Result is neither true nor false; ask for .defined or .value")

    def _no_number(self) -> NoReturn:
        if self.interval:
            raise UndefinedResult(None, f"{self.metric} is an interval: use .lower and .upper")
        if self.not_applicable:
            raise UndefinedResult(None, f"{self.metric} is not applicable: {self.why}")
        if self.undefined is None:
            raise UndefinedResult(None, f"{self.metric} has no single value: use .values")
        raise UndefinedResult(self.undefined, f"{self.metric} is undefined: {self.why}")

    def to_dict(self) -> dict[str, Any]:
        """All members as JSON values, always the same keys; decimals are strings, as in files."""
        names = [str(a.alias) for a in attrs.fields(Result) if a.repr]
        members = {name: json_value(getattr(self, name)) for name in names}
        members |= {"status": self.status, "coverage": self.coverage}
        return members

    @property
    def shown_labels(self) -> Mapping[str, str]:
        """The labels as displays show them: the names of persons are hidden."""
        return {id: HIDDEN if id in self._people else text for id, text in self.labels.items()}

    def table(self) -> Table:
        """``values`` with one row per element, its label and bounds where there are any.

        Raises:
            UndefinedResult: If there are no values.
        """
        from jmdi.graph.table import Table

        if self.values is None:
            raise UndefinedResult(self.undefined, f"{self.metric} has no values per element")
        columns, rows = rows_of(self.values, self.bounds, self.labels)
        return Table(columns, rows)

    def plot(self, ax: object = None, **style: object) -> Any:
        """A figure of the result, by matplotlib.

        It is the figure of its metric, where that has one of its own, else a general one, which
        the plugin jmdi-report draws: values with their bounds, a null distribution, a matrix.
        Nothing is shown or saved, and no setting of matplotlib is changed.

        Args:
            ax: The axes to draw on; new ones if not given.
            **style: What the figure takes, such as ``color``.

        Returns:
            The axes.

        Raises:
            NoFigure: If there is no figure of such a result, or matplotlib is not installed.
            UndefinedResult: If there is nothing to draw.
        """
        metrics, accessors = self.model.catalog.metrics, self.model.catalog.accessors
        spec = metrics.get(self.metric)
        own = None if spec is None else spec.plot
        if own is None and "result.figure" not in accessors:
            names = ", ".join(sorted(name for name in metrics if metrics[name].plot))
            others = f"; metrics with one of their own: {names}" if names else ""
            cure = install_for("accessor", "result.figure")
            raise NoFigure(f"{self.metric or 'this result'} has no figure ({cure}){others}")
        if not self.defined and self.values is None:
            self._no_number()
        if own is None:
            return accessors["result.figure"].function()(self, ax, **style)
        if importlib.util.find_spec("matplotlib") is None:
            extra = spec.extra if spec is not None else ""
            raise NoFigure(
                f"figures need matplotlib, which is not installed: pip install '{extra}'"
            )
        return own(self, ax, **style)

    def cite(self) -> str:
        """What to write in a methods section: the definition, its source and the reading."""
        name = self.title or self.metric
        named = not self.value_is or self.value_is.lower() in name.lower()
        parts = [name if named else f"{name} ({self.value_is})"]
        if self.citation:
            parts.append(self.citation)
        if self.convention:
            parts.append(f"Convention: {self.convention}")
        if given := {k: v for k, v in self.parameters.items() if v is not None}:
            parts.append(
                "Parameters: " + ", ".join(f"{k}={json_value(v)}" for k, v in given.items())
            )
        if self.as_of:
            parts.append(f"As of {self.as_of}")
        if self.seed is not None:
            parts.append(f"Seed {self.seed}")
        if self.subject:
            parts.append(f"Computed on {self.subject}")
        return ". ".join(part.rstrip(".") for part in parts) + "."

    def _outcome(self) -> str:
        text = self._number_said()
        if self.defined and self.or_undefined is not None:
            text += f", or undefined ({self.or_undefined})"
        return text

    def _number_said(self) -> str:
        unit = f" {counted(self.value, self.unit)}" if self.unit else ""
        if self.not_applicable:
            return f"not applicable: {self.why}"
        if self.undefined is not None:
            return f"undefined: {self.undefined} ({self.why})"
        if self.value is not None:
            text = f"= {short(self.value)}{unit}"
            bounds = (self.lower, self.upper)
            if None not in bounds and bounds != (self.value, self.value):
                text += f"   [{short(self.lower)}, {short(self.upper)}]"
            elif self.lower is not None and self.upper is None:
                text += f"   [{between(self.lower, None, short)}]"
            return text
        if self.interval:
            return f"= {between(self.lower, self.upper, short)}{unit}"
        values = self.values or {}
        lost = sum(is_open(values[key], ends) for key, ends in self.bounds.items() if key in values)
        return f"= {len(values)} values" + f", {lost} of them intervals" * bool(lost)

    def _basis(self) -> str:
        if self.interval and self.why:
            return f"   ({'; '.join(self._why_open())})"
        text = ""
        if (coverage := self.coverage) is not None and coverage < 1:
            share = f"{coverage:.0%}".replace("100%", "over 99%")
            text += f"   coverage {share}".replace("%", " %")
        n = self.n_used
        size = "" if n is None else f"n = {n} {counted(n, self.of)}".rstrip()
        if self.of == "pairs" and (unknown := self.notes.get("pairs_unobserved")):
            size = f"{unknown} of {self.n_eligible} pairs not observed"
        value_is = self.value_is if self.defined else ""
        if parts := "; ".join(part for part in (value_is, size) if part):
            text += f"   ({parts})"
        return text + (f"   bounds not known: {self.no_bounds}" if self.no_bounds else "")

    def _why_open(self) -> Iterator[str]:
        """Why there is no single value, of how many elements, and what it is in a closed world."""
        yield self.why
        if self.n_eligible is not None:
            yield f"{self.n_eligible} {counted(self.n_eligible, self.of)}".rstrip()
        closed = self.notes.get("closed_world")
        if closed is not None:
            yield f"read as complete: {closed_world_said(closed)}"

    def __repr__(self) -> str:
        return f"{self.metric or 'result'} {self._outcome()}{self._basis()}"

    def _repr_html_(self) -> str:
        from jmdi.display.cards import result_card

        return result_card(self)


class Members(TypedDict, total=False):
    """What a Result without a value can say nevertheless; see `Result`."""

    title: str
    values: Mapping[str, Any] | None
    unit: str
    value_is: str
    n_used: int | None
    n_eligible: int | None
    of: str
    lower: Number | None
    upper: Number | None
    bounds: Mapping[str, Any]
    or_undefined: str | None
    no_bounds: str
    convention: str
    as_of: datetime.date | str | None
    window: tuple[str, str] | None
    seed: int | None
    parameters: Mapping[str, Any]
    contributing: Iterable[str]
    notes: Mapping[str, Any]
    citation: str


def undefined(reason: str, why: str = "", **more: Unpack[Members]) -> Result:
    """A Result without a value.

    Args:
        reason: One of `REASONS`, or ``plugin:reason``.
        why: The same in a sentence; by default that of `REASONS`.
        **more: Other members of the Result.

    Raises:
        NotFound: If there is no such reason.
    """
    _check_reason(reason)
    return Result(undefined=reason, why=why or REASONS.get(reason, ""), **more)


def not_applicable(why: str, **more: Unpack[Members]) -> Result:
    """A Result of a metric that makes no sense for what it was given; ``why`` says what would."""
    return Result(not_applicable=True, why=why, **more)


def _check_reason(reason: str) -> None:
    if not isinstance(reason, str):
        raise ModelError(f"a reason is a code, not {reason!r}")
    if reason not in REASONS and not _OWN_REASON.fullmatch(reason):
        raise NotFound("reason", reason, REASONS, cure="a plugin's own is 'plugin:reason'")


def _less(one: Number, other: Number) -> bool:
    """Whether one number is less than another by more than rounding."""
    return one < other and not math.isclose(one, other, rel_tol=ROUNDING, abs_tol=ROUNDING)
