"""What a function says of itself: its parameters from signature and ``Args:``, and its words."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterable
from typing import Any, Literal

import attrs

from jmdi.classes import frozen
from jmdi.errors import ModelError
from jmdi.plugins.argument_types import Offers, Wanted, wanted

__all__ = ["Parameter", "args_of", "doc_of", "names_of", "parameters_of", "types_of"]

_SECTION = re.compile(r"(Args|Returns|Yields|Raises|Attributes|Examples?|Notes?):|>>> .*")


@frozen
class Parameter:
    """One keyword that a metric, projection, importer or exporter takes.

    That of a metric, projection or exporter is read from its function; an importer, whose
    options reach it in its context, declares its own.

    Attributes:
        name: The keyword.
        doc: What it means.
        default: Its default.
        choices: The values it may have; empty if any.
        required: Whether it must be given.
        type: Its type, as an annotation says it; a text if it cannot be resolved.
    """

    name: str
    doc: str = ""
    default: Any = None
    choices: tuple[Any, ...] = ()
    required: bool = False
    type: Any = attrs.field(default=Any, eq=False)

    @functools.cached_property
    def wanted(self) -> Wanted:
        """What it takes; the type of an option without one is that of choices and default."""
        if self.type is not Any:
            return wanted(self.type)
        if self.choices:
            return wanted(Literal[self.choices])
        if self.default is None:
            return wanted(Any)
        return wanted(type(self.default))

    def offered(self, target: object) -> tuple[str, ...]:
        """What can be named of a Dataset or Network; empty where nobody can list it."""
        for rule in getattr(self.type, "__metadata__", ()):
            if isinstance(rule, Offers):
                return tuple(rule.offered(target))
        return tuple(map(str, self.wanted.choices))


@functools.lru_cache(maxsize=4096)
def names_of(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names of the parameters of a function."""
    return tuple(inspect.signature(function).parameters)


def parameters_of(
    function: Callable[..., Any], besides: int = 1, taken: Iterable[str] = ()
) -> tuple[Parameter, ...]:
    """The parameters of a function, in order, as its signature and ``Args:`` say them.

    Args:
        function: The function.
        besides: How many of its first parameters are no options, such as the network.
        taken: Names that who calls it keeps, so that they would never reach the function.

    Raises:
        ModelError: If a parameter has such a name, or a type that cannot be.
    """
    meanings, parameters = args_of(function), inspect.signature(function).parameters
    found = []
    for name, annotation in list(types_of(function).items())[besides:]:
        declared = parameters[name]
        default = declared.default
        if declared.kind is declared.POSITIONAL_ONLY:
            raise ModelError(f"{_named(function)}: {name} stands before '/': it is given by name")
        required = default is inspect.Parameter.empty
        found.append(
            Parameter(
                name,
                meanings.get(name, ""),
                None if required else default,
                _choices(function, name, annotation),
                required,
                type=annotation,
            )
        )
    free_of(taken, found, _named(function))
    return tuple(found)


def _choices(function: Callable[..., Any], name: str, annotation: Any) -> tuple[Any, ...]:
    try:
        return wanted(annotation).choices
    except ModelError as error:
        raise ModelError(f"{_named(function)}: {name}: {error}") from None


def _named(function: Callable[..., Any]) -> str:
    return getattr(function, "__qualname__", repr(function))


def free_of(taken: Iterable[str], parameters: Iterable[Parameter], owner: str) -> None:
    """Refuses parameters with names that would never reach their owner.

    Raises:
        ModelError: If a parameter has such a name.
    """
    if lost := {parameter.name for parameter in parameters}.intersection(taken):
        names = ", ".join(map(repr, sorted(lost)))
        raise ModelError(f"{owner}: {names} would never reach it, the name is taken: rename it")


def types_of(function: Callable[..., Any]) -> dict[str, Any]:
    """The type of each parameter; a text if it cannot be resolved, ``Any`` if it has none."""
    names = getattr(inspect.unwrap(_plain(function)), "__globals__", {})
    return {
        parameter.name: _resolved(parameter.annotation, names)
        for parameter in inspect.signature(function).parameters.values()
        if parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    }


def _resolved(annotation: Any, names: dict[str, Any]) -> Any:
    """An annotation as a type; the text itself when a name in it is not known when it runs."""
    if annotation is inspect.Parameter.empty:
        return Any
    if not isinstance(annotation, str):
        return annotation
    try:
        return eval(annotation, names)
    except Exception:
        return annotation


def _plain(function: Callable[..., Any]) -> Callable[..., Any]:
    while isinstance(function, functools.partial):
        function = function.func
    return function


def doc_of(function: Callable[..., Any]) -> str:
    """The docstring of a function up to its sections, without indentation."""
    lines = _lines(function)
    until = next((i for i, line in enumerate(lines) if _SECTION.fullmatch(line)), len(lines))
    return "\n".join(lines[:until]).strip()


def args_of(function: Callable[..., Any]) -> dict[str, str]:
    """The entries of the ``Args:`` of a function, each on one line."""
    lines = iter(_lines(function))
    entries: dict[str, str] = {}
    name = ""
    for line in _after("Args:", lines):
        if line and not line.startswith(" "):
            break
        if match := re.fullmatch(r" {4}\*{0,2}(\w+)(?: \(.*?\))?:\s*(.*)", line):
            name, entries[match[1]] = match[1], match[2].strip()
        elif name and line.strip():
            entries[name] = f"{entries[name]} {line.strip()}".strip()
    return entries


def _after(heading: str, lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        if line == heading:
            return lines
    return ()


def _lines(function: Callable[..., Any]) -> list[str]:
    return (inspect.getdoc(_plain(function)) or "").splitlines()
