"""The amounts of money in a line: figures beside a currency sign, alone or as a range.

A figure without a sign is no amount here. Where the marks allow several readings, the amount
is found but not read: it has a currency and says why it has no figure.
"""

from __future__ import annotations

from decimal import Decimal

import attrs

from jmdi.words.folding import Folded
from jmdi_workplan.finance.currencies import Sign, decimal_mark, read_sign
from jmdi_workplan.finance.terms import ENUMERATORS
from jmdi_workplan.finance.tokens import Token, tokens
from jmdi_workplan.words.lexicon import group
from jmdi_workplan.words.numerals import exact, read_number

__all__ = ["Amount", "find_amounts", "read_figure"]

_DASH = frozenset("-–−~")
_MINUS = _DASH - {"~"}
_TO = frozenset(("to", "a", "al", "hasta", "jusqu"))
_AND = {"between": "and", "entre": "et y e and"}
_FUNCTION_WORDS = group("amount", "small word")
# In "1 - 500 USD" a number up to this may be that of a list item.
_FIRST_OF_A_LIST = 20


@attrs.frozen
class Amount:
    """An amount of money in a line.

    Attributes:
        start: Where it begins in the folded text, its sign included.
        end: Where it ends.
        sign: The reading of its currency sign.
        low: The figure, or the lower end of a range; ``None`` where it has several readings.
        high: The upper end of a range.
        doubt: Why there is no figure.
    """

    start: int
    end: int
    sign: Sign | None
    low: Decimal | None = None
    high: Decimal | None = None
    doubt: str | None = None


@attrs.frozen
class _Half:
    """One figure with its signs: all of an amount, or an end of a range."""

    first: int
    last: int
    at: int
    number: Token
    power: int | None = 0
    left: Sign | None = None
    right: Sign | None = None
    negative: bool = False
    doubt: str | None = None

    @property
    def sign(self) -> Sign | None:
        """The more exact of both signs: "$ 500 MXN" is in MXN."""
        if self.left is None or self.right is None:
            return self.left or self.right
        return self.left if self.left.currency else self.right

    @property
    def conflict(self) -> bool:
        """Whether both sides name a currency, and not the same."""
        if self.left is None or self.right is None:
            return False
        names = [{s.currency} if s.currency else set(s.candidates) for s in (self.left, self.right)]
        return not names[0] & names[1]


class _Reader:
    """Finds the amounts of one line, left to right."""

    def __init__(
        self, text: Folded, start: int, end: int, country: str | None, mark: str | None
    ) -> None:
        self.tokens = tokens(text, start, end, country)
        self.country = country
        self.mark = mark
        self.free = 0  # the first token that no amount has taken

    def at(self, i: int) -> Token | None:
        return self.tokens[i] if self.free <= i < len(self.tokens) else None

    def is_(self, i: int, kind: str, texts: str | frozenset[str] = "") -> bool:
        token = self.at(i)
        return token is not None and token.kind == kind and (not texts or token.text in texts)

    def sign(self, i: int) -> Sign | None:
        token = self.at(i)
        return token.sign if token is not None and token.kind == "sign" else None

    def run(self) -> list[Amount]:
        found = []
        for i, token in enumerate(self.tokens):
            if token.kind == "number" and i >= self.free:
                amount, after = self.amount(i)
                if amount is not None:
                    found.append(amount)
                    self.free = after
        return found

    def amount(self, i: int) -> tuple[Amount | None, int]:
        """The amount whose first figure is token ``i``, and the token after it."""
        first = self.half(i)
        link = self.link(first)
        second = self.half(link, after=True) if link is not None else None
        if second is not None:
            verdict = self.range_verdict(first, second)
            if verdict == "skip":
                return None, i
            if verdict != "apart":
                return self.range(first, second, verdict), second.last + 1
        if first.sign is None:
            return None, i
        return self.single(first), first.last + 1

    def half(self, i: int, *, after: bool = False) -> _Half:
        """The figure at ``i`` with its scale word and its signs."""
        number, first, last = self.tokens[i], i, i
        power: int | None = 0
        if self.is_(i + 1, "scale"):
            last, power = i + 1, self.tokens[i + 1].power
        first, left, negative = self.before(i) if not after else self.before_second(i)
        if negative and self.is_(i - 1, "mark", "("):
            last += 1
        last, right = self.after(last, left is not None)
        right = right or self.inside(i)
        doubt = None if after else self.crowd(i, last, left, right)
        if doubt == "skip":
            return _Half(i, last, i, number, power)
        return _Half(first, last, i, number, power, left, right, negative, doubt)

    def before(self, i: int) -> tuple[int, Sign | None, bool]:
        """Where the amount of the figure at ``i`` begins, its sign, whether it is negative."""
        j, negative, tight = i - 1, False, self.tight(i)
        if self.is_(j, "mark", "(") and self.closes(i):
            if self.sign(j - 1):
                return self.signs_from(j - 1), self.sign(j - 1), True
            if self.sign(self.closing(i) + 1):
                return j, None, True
            return i, None, False
        if self.is_(j, "mark", _MINUS) and tight and (self.opens(j) or self.sign(j - 1)):
            negative, j = True, j - 1
        elif self.is_(j, "mark", frozenset(":=~≈")):
            j -= 1
        if self.is_(j, "mark", ")") and self.sign(j - 1) and self.is_(j - 2, "mark", "("):
            return j - 2, self.sign(j - 1), negative
        sign = self.sign(j)
        if sign is None:
            return (j + 1 if negative else i), None, negative
        first = self.signs_from(j)
        minus = first - 1
        if self.is_(minus, "mark", _MINUS) and self.tight(first) and self.opens(minus):
            return minus, sign, True
        return first, sign, negative

    def signs_from(self, j: int) -> int:
        """The first of several signs in a row."""
        while self.sign(j - 1):
            j -= 1
        return j

    def before_second(self, i: int) -> tuple[int, Sign | None, bool]:
        """The sign of the second figure of a range."""
        return (i - 1, self.sign(i - 1), False) if self.sign(i - 1) else (i, None, False)

    def tight(self, i: int) -> bool:
        """Whether a token follows the one before it without a blank."""
        return i > 0 and self.tokens[i - 1].end == self.tokens[i].start

    def opens(self, minus: int) -> bool:
        """Whether a dash is a minus: it begins the line, or it is the mathematical one."""
        return minus == 0 or self.tokens[minus].text == "−"

    def closing(self, i: int) -> int:
        return i + 2 if self.is_(i + 1, "scale") else i + 1

    def closes(self, i: int) -> bool:
        return self.is_(self.closing(i), "mark", ")")

    def after(self, last: int, has_left: bool) -> tuple[int, Sign | None]:
        """The sign behind the figure, unless it belongs to the next one."""
        j = last + 1
        if self.is_(j, "mark", "(") and self.is_(j + 2, "mark", ")"):
            return (j + 2, self.sign(j + 1)) if self.sign(j + 1) else (last, None)
        sign = self.sign(j)
        if sign is None or (has_left and self.is_(j + 1, "number")):
            return last, None
        if has_left and self.is_(j + 1, "mark", ":"):
            return last, None
        while self.sign(j + 1) and not self.is_(j + 2, "number"):
            j += 1
        return j, sign

    def inside(self, i: int) -> Sign | None:
        """The sign that a figure has inside, "1.500$00", or a scale word is one too: "contos"."""
        if "$" in self.tokens[i].text:
            return read_sign("escudos", self.country)
        scale = self.at(i + 1)
        return read_sign(scale.text.strip(), self.country) if scale and scale.power else None

    def crowd(self, i: int, last: int, left: Sign | None, right: Sign | None) -> str | None:
        """What speaks against a figure that stands right beside another one."""
        previous, behind = self.at(i - 1), self.at(last + 1)
        if left is None and previous is not None and previous.kind in ("number", "scale"):
            return "two figures stand side by side"
        if behind is None or behind.kind != "number" or self.counts_things(last + 1):
            return None
        if left is not None:
            own = self.sign(self.closing(last + 1))
            return None if own else "two figures stand side by side"
        if right is None or self.sign(self.closing(last + 1)):
            return None
        if self.enumerates(i):
            return "skip"
        return "a figure stands on either side of the currency"

    def counts_things(self, i: int) -> bool:
        """Whether the figure at ``i`` counts the noun behind it."""
        token = self.at(self.closing(i))
        if token is None or token.kind != "word":
            return False
        return token.text.lower() not in _FUNCTION_WORDS

    def enumerates(self, i: int) -> bool:
        """Whether the figure at ``i`` numbers what stands before it: "Phase 2"."""
        token = self.at(i - 1)
        if token is None:
            return False
        return token.kind == "word" and token.text.lower() in ENUMERATORS

    def link(self, first: _Half) -> int | None:
        """The token of the second figure, where a dash or a word joins two into a range."""
        j = first.last + 1
        token = self.at(j)
        if token is None or token.kind not in ("word", "mark"):
            return None
        word, opener = token.text.lower(), self.at(first.first - 1)
        joins = token.text in _DASH or word in _TO
        if not joins and opener is not None and opener.text.lower() in _AND:
            joins = word in _AND[opener.text.lower()].split()
        if word == "jusqu":
            j += 2
        j = j + 2 if self.sign(j + 1) else j + 1
        return j if joins and self.is_(j, "number") else None

    def range_verdict(self, first: _Half, second: _Half) -> str:
        """``range``, ``apart`` for two statements, ``skip``, or why that is not known."""
        dash = self.is_(first.last + 1, "mark")
        loose = dash and not self.tight(first.last + 1)
        counted = second.right is None and self.counts_things(second.last)
        if first.sign is None:
            if second.right is None or second.left is not None or self.enumerates(first.first):
                return "skip"
            return self.list_or_range(first, second) if loose else "range"
        if second.sign is not None:
            return "range" if first.sign == second.sign else "apart"
        if counted:
            return "apart" if loose or not dash else "the second figure may count something else"
        if first.right is not None and dash:
            return "apart" if self.enumerates(first.first) else "a range, or two statements"
        return "range"

    def list_or_range(self, first: _Half, second: _Half) -> str:
        """ "1 - 500 USD" is the first item of a list, or a range."""
        low, high = (read_number(h.number.text, 0) for h in (first, second))
        if not (isinstance(low, Decimal) and isinstance(high, Decimal)) or first.power:
            return "range"
        if low <= _FIRST_OF_A_LIST and high >= 20 * low and first.first == 0:
            return "a numbered item, or a range"
        return "range"

    def single(self, half: _Half) -> Amount:
        start, end = self.tokens[half.first].start, self.tokens[half.last].end
        value, doubt = self.figure(half, half.sign, half.power)
        return Amount(start, end, half.sign, value, None, half.doubt or doubt)

    def figure(
        self, half: _Half, sign: Sign | None, power: int | None
    ) -> tuple[Decimal | None, str | None]:
        """The figure of one half, or why it cannot be read."""
        if half.conflict:
            return None, "two currencies beside one figure"
        if half.doubt is not None:
            return None, half.doubt
        if self.may_run_on(half):
            return None, "part of the figure may number what stands before it"
        places = sign.places if sign is not None else 3
        mark = self.mark or decimal_mark(sign.currency if sign else None)
        value, doubt = read_figure(half.number.text, places, power, mark)
        return (-value if half.negative and value is not None else value), doubt

    def may_run_on(self, half: _Half) -> bool:
        """Whether "Phase 2 500 USD" may be 500 in phase 2; left signs rule that out."""
        return half.left is None and " " in half.number.text and self.enumerates(half.at)

    def range(self, first: _Half, second: _Half, verdict: str) -> Amount:
        start, end = self.tokens[first.first].start, self.tokens[second.last].end
        sign = first.sign or second.sign
        doubt = None if verdict == "range" else verdict
        low, why = self.figure(first, sign, first.power)
        high, why_not = self.figure(second, sign, second.power)
        if low is not None and high is not None and not first.power and second.power:
            scaled, _ = self.figure(first, sign, second.power)
            low = scaled if scaled is not None and scaled <= high else low
        doubt = doubt or why or why_not
        if doubt is None and low is not None and high is not None and low > high:
            doubt = "the first figure of the range is higher than the second"
        return Amount(start, end, sign, low, high, doubt)


def read_figure(
    digits: str, places: int, power: int | None, mark: str | None = None
) -> tuple[Decimal | None, str | None]:
    """A figure, or why it cannot be read."""
    if power is None:
        return None, "the letter after the figure can mean thousands or millions"
    value = read_number(digits, places, scaled=power > 0, mark=mark)
    if value is None:
        return None, "the digits are not grouped as a number"
    if isinstance(value, str):
        return None, "the separator can mark thousands or decimals"
    return exact(value, power), None


def find_amounts(
    text: Folded, start: int, end: int, country: str | None, mark: str | None = None
) -> list[Amount]:
    """The amounts of a line, left to right; figures without a currency are none.

    Args:
        text: The folded text.
        start: Where the line begins in it.
        end: Where it ends.
        country: ISO 3166-1 alpha-2 code of the plan's country.
        mark: The sign before decimals, where other figures of the table show it.
    """
    found = _Reader(text, start, end, country, mark).run()
    return [attrs.evolve(a, low=None, high=None) if a.doubt else a for a in found]
