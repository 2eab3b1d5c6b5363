"""Why a cell could not be understood."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from jmdi.errors import suggest

__all__ = ["Trouble"]


@attrs.frozen(slots=True)
class Trouble:
    """Why a cell could not be understood.

    Attributes:
        code: Code of the problem.
        message: What is wrong.
        meant: What was typed, to be compared with what it could be.
        near: Gives what it could be.
        words: What is not used, for it has no meaning; empty if it is used all the same.
        advice: How to write it, where nothing is compared.
    """

    code: str
    message: str
    meant: str = ""
    near: Callable[[], Iterable[str]] = tuple
    words: str = ""
    advice: str = ""

    def cure(self) -> str | None:
        """What it could be; comparing takes long where there are many."""
        if self.advice:
            return self.advice
        near = suggest(self.meant, self.near())
        return f"did you mean {' or '.join(near)}?" if near else None
