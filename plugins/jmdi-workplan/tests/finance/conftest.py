"""What tests of money share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jmdi.model.values import Money
from jmdi_workplan.words.pieces import BULLETS


@pytest.fixture(scope="session")
def assert_covers() -> Callable[[str, tuple[Money, ...]], None]:
    """Holds that nothing of a text is lost."""

    def covers(text: str, found: tuple[Money, ...]) -> None:
        """Words stand in the text in order; between them are only blanks and marks of lists."""
        position = 0
        for money in found:
            words = money.words or ""
            at = text.index(words, position)
            gap = text[position:at]
            assert not gap.strip(" \t\r\n;,|-–—*·._…:/\\\x0b\x0c\xa0" + BULLETS) or gap.isspace(), (
                gap
            )
            position = at + len(words)
        rest = text[position:]
        assert not rest.strip(" \t\r\n;,|-–—·._…:/\\*\x0b\x0c\xa0" + BULLETS) or rest.isspace(), (
            rest
        )

    return covers
