"""A line of a finance cell as tokens: figures, currency signs, scale words, words, marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from jmdi.words.folding import Folded
from jmdi_workplan.finance.currencies import Sign, of_a_country, read_sign, sign_pattern
from jmdi_workplan.words.numerals import NUMBER, SCALE, scale_of

__all__ = ["EMPTY_DECIMALS", "Kind", "Token", "tokens"]

Kind = Literal["number", "sign", "scale", "word", "mark", "code"]

_DATE = re.compile(r"\d{1,4}([/.-])\d{1,2}\1\d{2,4}(?![\d.,])")
_NOT_A_FIGURE = re.compile(
    r"[½¼¾⅓⅔⅛]|/\d[\d/]*| ?[%‰°ºª]| ?(?:per ?cent|pour ?cent|por ciento)\b|[^\W\d_]\w*"
)
_AMOUNT = re.compile(r" ?(?!(?:19|20)\d\d(?![\d.,' ]))\d(?:\d{3}|\d{0,2}[ .,']\d\d)")
"""The first digits of an amount, as far as they show that it is no running number or year."""

EMPTY_DECIMALS = re.compile(r"[.,][-–]{1,2}(?![\w-])")
_WORD = re.compile(r"[^\W\d_]\w*")
_SPACES = re.compile(r"[ \t]+")


@frozen
class Token:
    """A part of a line.

    Attributes:
        kind: What it is; a ``code`` is digits that are no figure: a date, a share, "2nd".
        start: Where it begins in the folded text.
        end: Where it ends.
        text: Its folded text.
        sign: The reading of a currency sign.
        power: The power of ten of a scale word; ``None`` when it is ambiguous.
    """

    kind: Kind
    start: int
    end: int
    text: str
    sign: Sign | None = None
    power: int | None = None


def tokens(text: Folded, start: int, end: int, country: str | None) -> list[Token]:
    """The tokens of a line, blanks left out."""
    return list(_Lexer(text, end, country).run(start))


class _Lexer:
    """Reads one line; each token is matched once, at its place."""

    def __init__(self, text: Folded, end: int, country: str | None) -> None:
        self.text = text
        self.end = end
        self.country = country
        self.signed = False  # whether the last token is a currency sign

    def run(self, position: int) -> Iterator[Token]:
        while position < self.end:
            if blank := _SPACES.match(self.text.plain, position, self.end):
                position = blank.end()
                continue
            found = self._digits(position) or self._sign(position) or self._word(position)
            found = found or [self._token("mark", position, position + 1)]
            yield from found
            position, self.signed = found[-1].end, found[-1].kind == "sign"

    def _token(self, kind: Kind, start: int, end: int) -> Token:
        return Token(kind, start, end, self.text.plain[start:end])

    def _digits(self, position: int) -> list[Token] | None:
        """A figure with its scale word, or digits that are none."""
        plain = self.text.plain
        if date := _DATE.match(plain, position, self.end):
            return [self._token("code", *date.span())]
        number = NUMBER.match(plain, position, self.end)
        if number is None:
            return None
        after = number.end()
        scale = SCALE.match(plain, after, self.end)
        if scale is not None and self._is_scale(scale):
            power = 6 if scale[0] == "m" and not self._sign(after + 1) else scale_of(scale)
            return [
                self._token("number", position, after),
                Token("scale", scale.start(), scale.end(), scale[0], power=power),
            ]
        if self._sign(after) is None and not re.match(r"/ ?[^\W\d_]", plain[after : after + 3]):
            other = _NOT_A_FIGURE.match(self.text.low, after, self.end)
            if other is not None:
                return [self._token("code", position, other.end())]
        closing = EMPTY_DECIMALS.match(plain, after, self.end)
        figure = Token("number", position, closing.end() if closing else after, number[0])
        return [figure]

    def _is_scale(self, scale: re.Match[str]) -> bool:
        """Whether a scale word is one: a letter must be tight, or its figure have a sign."""
        word = scale["word"] or scale["joined"]
        tight = not scale[0].startswith(" ")
        blank = _SPACES.match(self.text.plain, scale.end(), self.end)
        behind = blank.end() if blank else scale.end()
        return len(word) > 1 or tight or self.signed or self._sign(behind) is not None

    def _sign(self, position: int) -> list[Token] | None:
        """A currency sign, with the full stop of an abbreviation."""
        match = sign_pattern().match(self.text.plain, position, self.end)
        if match is None:
            return None
        after = match.end()
        if len(match[0]) == 1 and match[0].isalpha() and self._numbers_something(position):
            return None
        if match[0][-1].isalpha() and re.match(r"\. ?\d", self.text.plain[after : after + 3]):
            after += 1
        before = self.text.plain[after : after + 2].strip()[:1].isdigit()
        sign = read_sign(match[0], self.country, before=before)
        if sign is None and self.country is None and _AMOUNT.match(self.text.plain, after):
            sign = of_a_country(match[0])
        return [Token("sign", position, after, match[0], sign=sign)] if sign else None

    def _numbers_something(self, position: int) -> bool:
        """Whether a letter is no sign: Q3 is a quarter, P1 a phase, 500 L are litres."""
        plain = self.text.plain
        before = plain[max(0, position - 3) : position]
        number = NUMBER.match(plain, position + 1)
        long = number is not None and len(number[0]) > len("1 500")  # Q1 500 may be a quarter
        if re.match(r"\d(?![\d.,'])", plain[position + 1 : position + 3]) and not long:
            return True
        behind = re.search(r"(?:^|(?P<more>[\d.,']))\d ?$|\d ?$", before)
        return behind is not None and not (behind["more"] and plain[position] in "FQD")

    def _word(self, position: int) -> list[Token] | None:
        match = _WORD.match(self.text.plain, position, self.end)
        return [self._token("word", *match.span())] if match else None
