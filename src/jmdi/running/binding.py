"""Binds parameters: fills in defaults and checks each value by its declared type, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jmdi.errors import BadParameter, NotFound, suggest
from jmdi.plugins.specs import Parameter
from jmdi.words.type_names import brief

__all__ = ["bind", "fitting"]


def bind(of: str, declared: Sequence[Parameter], given: Mapping[str, object]) -> dict[str, Any]:
    """The parameters with defaults filled in, in the order of their declaration.

    Raises:
        NotFound: If a parameter is not declared.
        BadParameter: If one is missing, or is none of its choices.
    """
    names = [parameter.name for parameter in declared]
    for name in given:
        if name not in names:
            cure = None if names else f"{of} takes no parameters"
            raise NotFound("parameter", name, names, of=of, cure=cure)
    bound = {}
    for parameter in declared:
        if parameter.name in given:
            bound[parameter.name] = fitting(of, parameter, given[parameter.name])
        elif parameter.required:
            choices = ", ".join(map(repr, parameter.wanted.choices))
            cure = f" Choose from {choices}." if choices else ""
            raise BadParameter(
                f"{of} needs a value for {parameter.name}. {parameter.doc}{cure}".rstrip()
            )
        else:
            bound[parameter.name] = parameter.default
    return bound


def fitting(of: str, parameter: Parameter, value: object) -> object:
    """What is given for a parameter; an iterator, which can be read only once, as a tuple.

    Raises:
        BadParameter: If it is not what the parameter takes.
    """
    name, wanted = parameter.name, parameter.wanted
    value = tuple(value) if isinstance(value, Iterator) else _plain(value)
    if wanted.takes(value) or (parameter.type is Any and not parameter.choices):
        return value
    shown = brief(value)
    if wanted.choices:
        near = suggest(value if isinstance(value, str) else shown, map(str, wanted.choices))
        meant = next((repr(choice) for choice in wanted.choices if str(choice) in near[:1]), "")
        choices = ", ".join(map(repr, wanted.choices))
        cure = f"did you mean {meant}?" if meant else f"choose from {choices}"
        raise BadParameter(f"{of} does not take {name}={shown}: {cure}")
    example = "" if parameter.default is None else f"; the default is {name}={parameter.default!r}"
    raise BadParameter(f"{of} takes {name} as {wanted.words}, not {shown}{example}")


def _plain(value: object) -> object:
    """A number of numpy, or an array without dimensions, as Python's own; others as they are."""
    item = getattr(value, "item", None)
    return item() if getattr(value, "ndim", None) == 0 and callable(item) else value
