"""Keeps what a plugin does while it is loaded from reaching the program that loads it.

A plugin should only register. One that prints, seeds the random numbers, changes warnings
filters or takes long is still used; what it changed is put back, and it is told on.
"""

from __future__ import annotations

import contextlib
import decimal
import locale
import os
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from time import perf_counter
from typing import Any, TextIO, TypeAlias

__all__ = ["SLOW", "Watch", "watching"]

SLOW = 1.0
"""Seconds that importing a plugin may take before it is told on."""

SHOWN = 60
"""How many characters of what a plugin prints are quoted."""

State: TypeAlias = tuple[Callable[[], Any], Callable[[Any], object]]


class Watch:
    """What was noticed while a plugin ran.

    Attributes:
        seconds: How long it took.
        notices: What it did that a plugin should not do, each as a sentence without subject.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self.notices: list[str] = []


class _Listener:
    """Stands in for standard output: keeps what is printed, and afterwards passes it on.

    A plugin may keep the stream, as a handler of logs does, so it must go on to work.
    """

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self._heard: list[str] | None = []

    def write(self, text: str) -> int:
        if self._heard is not None:
            self._heard.append(text)
        elif self._stream is not None:
            self._stream.write(text)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def close(self) -> None:
        """Nothing: the stream belongs to the program."""

    def end(self) -> str:
        """Ends listening and gives what was heard."""
        heard, self._heard = "".join(self._heard or ()), None
        return heard

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _states() -> Mapping[str, State]:
    """What the whole program shares: how to look at it and how to put it back.

    The random numbers of numpy are only watched once something else has loaded numpy.
    """
    import random

    states: dict[str, State] = {
        "the state of the random module": (random.getstate, random.setstate),
        "the decimal context": (_decimals, _set_decimals),
        "the locale": (lambda: locale.setlocale(locale.LC_ALL), _set_locale),
        "the working directory": (os.getcwd, os.chdir),
    }
    if (numbers := sys.modules.get("numpy.random")) is not None:
        states["the state of numpy.random"] = (
            lambda: _comparable(numbers.get_state(legacy=False)),
            numbers.set_state,
        )
    return states


def _decimals() -> dict[str, Any]:
    context = decimal.getcontext()
    names = ("prec", "rounding", "Emin", "Emax", "capitals", "clamp")
    return {**{name: getattr(context, name) for name in names}, "traps": dict(context.traps)}


def _set_decimals(state: dict[str, Any]) -> None:
    context = decimal.getcontext()
    for name, value in state.items():
        setattr(context, name, value)


def _set_locale(name: str) -> None:
    locale.setlocale(locale.LC_ALL, name)


def _comparable(value: Any) -> Any:
    """A state of numpy with its array as a list."""
    if isinstance(value, Mapping):
        return {key: _comparable(part) for key, part in value.items()}
    return value.tolist() if hasattr(value, "tolist") else value


@contextlib.contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """Runs what belongs to a plugin; afterwards the program's state is as it was before.

    What is printed with Python's own means is kept from standard output; what a library
    writes there past Python is not.

    Args:
        watch: Gets what was noticed.
    """
    states = _states()
    before = {name: _seen(look) for name, (look, _) in states.items()}
    listener: Any = _Listener(sys.stdout)
    began = perf_counter()
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(listener):
            filters = list(warnings.filters)
            try:
                yield
            finally:
                watch.seconds = perf_counter() - began
                if list(warnings.filters) != filters:
                    watch.notices.append(_changed("the warnings filters"))
    finally:
        for name, (look, put_back) in states.items():
            if before[name] is not None and _seen(look) != before[name]:
                put_back(before[name])
                watch.notices.append(_changed(name))
        if heard := listener.end():
            watch.notices.append(_printed(heard))


def _seen(look: Callable[[], Any]) -> Any:
    """A state; ``None`` where there is none, as of a working directory that was deleted."""
    try:
        return look()
    except (OSError, locale.Error):
        return None


def _changed(name: str) -> str:
    return f"changed {name} of the whole program, which was put back"


def _printed(text: str) -> str:
    words = " ".join(text.split())
    shown = f"{words[:SHOWN]}…" if len(words) > SHOWN else words
    return f"printed {shown!r}, which was kept from the output"
