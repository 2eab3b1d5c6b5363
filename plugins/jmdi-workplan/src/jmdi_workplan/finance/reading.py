"""What a work plan says about money: amounts, or the reasons why there are none.

A cell is cut into pieces: at lines, list marks, semicolons and sentences, and between two
statements of one line. Each piece is one `Money` that keeps its words; together they hold
everything that was typed. Nothing is guessed: what can be read in two ways says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from jmdi.model.values import Money
from jmdi.words.folding import Folded
from jmdi.words.placeholders import UNDECIDED, whole
from jmdi_workplan.finance.amounts import Amount, find_amounts, read_figure
from jmdi_workplan.finance.currencies import Sign, decimal_mark, minor_unit, tenders
from jmdi_workplan.finance.heads import Unit
from jmdi_workplan.finance.terms import (
    AFTER,
    BEFORE,
    CUES,
    ENUMERATORS,
    MONEY_WORD,
    NOTES,
    OR_SAME,
    PIECE_MARK,
    SAME_SUM,
    TOTAL,
    WITHOUT_COST,
)
from jmdi_workplan.finance.tokens import EMPTY_DECIMALS
from jmdi_workplan.words.bases import is_only_per, known_noun, read_per, read_per_label
from jmdi_workplan.words.numerals import NUMBER, SCALE, exact, read_number, scale_of
from jmdi_workplan.words.pieces import MAX_LENGTH, bracket_depths, is_blank, segments, trimmed

__all__ = ["read_finance"]

# Characters around a figure in which a word still belongs to it; bounds the search, too.
_NEAR = 60
_WORTH = re.compile(
    r"[\s,:(–-]*(?:(?:valued|estimated|worth|equivalent|value|valeur|valuee?s?|estimee?s?|valorad[oa]s?|"
    r"estimad[oa]s?|valor|contribution|contribucion|aporte|of|at|to|de|a|en|for|pour|por|approx|"
    r"environ|about)[\s.:,(]*){0,4}"
)
_TIMES_BEFORE = re.compile(
    r"(?P<count>\d[\d., ]{0,12}?) ?(?P<noun>[^\W\d_]+)?(?: [^\W\d_]+)? ?[x×*@] ?$"
)
_TIMES_AFTER = re.compile(
    r"[\s,]{0,2}(?:(?:per|/|par|por) ?[^\W\d_]+ ?)?[x×*@] ?\d[\d.,]{0,12} ?(?P<noun>[^\W\d_]+)?"
)
_ITEM_NUMBER = re.compile(r"^\(?[\da-h]{1,2}[.)]\s*$|^\(?[\da-h]{1,2}[.)]\s+(?=\S)")
_YEAR = re.compile(r"(?:19|20)(?!00)\d\d")
_NO_UNIT = Unit()
_FIGURE = re.compile(r"\d{4}|\d[ .,']\d")
"""Digits long or grouped enough to be no number of people or sessions."""
_ASIDE = re.compile(r"[\s.,)*]*(?:\([^()\d]*\)[\s.,*]*|[-–] ?[^\W\d_]{2,12}| only)?[\s.,)*]*")
"""What may stand behind a figure without a sign: who pays it, or its line of the budget."""
_OF_YEAR = re.compile(r"\s*\(?(?:19|20)\d\d\)? ?[:=] ?")
_IN_YEAR = re.compile(r"(?<=\d) ?\((?:19|20)\d\d\)[\s.,]*$")
_JOINT = re.compile(r" ?[+/&] ?|, (?=\D)|(?<=\)), ?|,? (?:and|et|y|e|و) ?")
_LISTED = re.compile(
    rf"\s*(?:[^\W\d_][^\d,;:=/+]{{0,40}}[:=–-]? ?)?(?P<figure>{NUMBER.pattern}){_ASIDE.pattern}"
)
"""One of several figures without a sign: "UNDP: 25,000", "15,000 (IOM)"."""
_SPEND_MORE = re.compile(r"[\s(]*(?:plus|and|et|y|mas|\+|&)(?!\w)")


@frozen
class _Mark:
    """A statement about money in a line: an amount, or a reason why there is none."""

    start: int
    end: int
    amount: Amount | None = None
    reason: str | None = None


@frozen
class _Piece:
    """A part of the text that is one statement."""

    start: int
    end: int
    marks: tuple[_Mark, ...] = ()

    @property
    def amounts(self) -> list[Amount]:
        return [mark.amount for mark in self.marks if mark.amount is not None]


def read_finance(
    text: str, *, country: str | None = None, unit: Unit = _NO_UNIT
) -> tuple[Money, ...]:
    """Read the words of a "financial resources" cell.

    Args:
        text: The cell as typed.
        country: ISO 3166-1 alpha-2 code of the country of the plan; it decides what "FCFA",
            "Rs", "Dh" or "$" mean, where its own currency is among the candidates.
        unit: Currency and scale that the head of the column states, for figures that name
            none. A figure without a currency is an amount in a currency that is not stated.

    Returns:
        One value per statement, in order; one value with ``reason`` "not_stated" for an
        empty cell. Their ``words`` cover the text but for blanks and the marks of lists.
    """
    if not text.strip() or is_blank(text):
        return (Money(words=text.strip() or None, reason="not_stated"),)
    if len(text) > MAX_LENGTH:
        note = f"not read: longer than {MAX_LENGTH} characters"
        return (Money(words=text.strip(), reason="unreadable", note=note),)
    folded = Folded.of(text)
    pieces = [p for span in segments(folded) for p in _pieces(folded, span, country, unit.mark)]
    if not pieces:
        return (Money(words=text.strip(), reason="not_stated"),)
    return tuple(_read(folded, piece, country, unit) for piece in pieces)


def _pieces(
    text: Folded, span: tuple[int, int], country: str | None, mark: str | None
) -> Iterator[_Piece]:
    """The statements of one line."""
    start, end = span
    marks = _marks(text, start, end, country, mark)
    if not marks:
        yield from _listed(text, start, end)
        return
    depths = bracket_depths(text.plain, start, end)
    label_first = any(c.isalpha() for c in text.low[start : marks[0].start])
    held = [marks[0]]
    for one in marks[1:]:
        cut = _cut(text, held, one, depths, start, label_first=label_first)
        if cut is not None:
            yield _Piece(start, cut, tuple(held))
            start, held = cut, []
        held.append(one)
    yield _Piece(start, end, tuple(held))


def _listed(text: Folded, start: int, end: int) -> Iterator[_Piece]:
    """The figures without a sign that a line lists, each with who pays it; else the line."""
    cuts = [match.span() for match in _JOINT.finditer(text.plain, start, end)]
    edges = [start, *(at for cut in cuts for at in cut), end]
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    listed = [_LISTED.fullmatch(text.plain, *span) for span in spans]
    figures = [one["figure"] if one else "" for one in listed]
    if len(spans) > 1 and all(map(_FIGURE.search, figures)) and not any(map(_YEAR.match, figures)):
        yield from (_Piece(*span) for span in spans)
    else:
        yield _Piece(start, end)


def _marks(
    text: Folded, start: int, end: int, country: str | None, decimal: str | None
) -> list[_Mark]:
    """The amounts and reasons of a line, left to right; none overlap."""
    amounts = find_amounts(text, start, end, country, decimal)
    found = [_Mark(amount.start, amount.end, amount=amount) for amount in amounts]
    taken = bytearray(end - start)
    for mark in found:
        taken[mark.start - start : mark.end - start] = b"x" * (mark.end - mark.start)
    for reason, pattern in CUES:
        for match in pattern.finditer(text.low, start, end):
            first, last = match.start() - start, match.end() - start
            if not any(taken[first:last]):
                taken[first:last] = b"x" * (last - first)
                found.append(_Mark(*match.span(), reason=reason))
    return sorted(found, key=lambda mark: mark.start)


def _cut(
    text: Folded,
    held: Sequence[_Mark],
    mark: _Mark,
    depths: Sequence[int],
    start: int,
    *,
    label_first: bool,
) -> int | None:
    """Where the line is cut before a statement; ``None`` when both are one."""
    left, right = held[-1].end, mark.start
    if right < left:
        return None
    between = text.low[left:right]
    amounts = [m for m in held if m.amount is not None]
    places = [
        m for m in PIECE_MARK.finditer(text.low, left, right) if not depths[m.start() - start]
    ]
    if mark.amount is not None and amounts:
        if _same_again(text, amounts[-1], mark):
            return None
        if depths[right - start] and not places and not _adds(text, start, right):
            return None
    elif (mark.amount is not None or amounts) and _WORTH.fullmatch(between):
        return None
    if not places:
        both = mark.amount is not None and amounts
        return (left if label_first else right) if both else None
    first = label_first or between.rstrip().endswith((":", "=", "-", "–"))
    place = places[0] if first else places[-1]
    return place.end() if place[0] in ",|" or place[0] == ". " else place.start()


def _adds(text: Folded, start: int, mark: int) -> bool:
    """Whether the bracket around an amount adds it to the one before: "(plus USD 200)"."""
    return _SPEND_MORE.match(text.low, text.low.rfind("(", start, mark + 1)) is not None


def _same_again(text: Folded, before: _Mark, mark: _Mark) -> bool:
    """Whether an amount restates the one before it: a product, or another currency."""
    between = text.low[before.end : mark.start]
    return bool(SAME_SUM.search(between[-_NEAR:]) or OR_SAME.fullmatch(between))


def _read(text: Folded, piece: _Piece, country: str | None, unit: Unit) -> Money:
    """One statement as a value."""
    start, end = trimmed(text.plain, piece.start, piece.end)
    words = text.words(start, end)
    reasons = [reason for reason, _ in CUES if any(m.reason == reason for m in piece.marks)]
    amount = _main_amount(text, piece)
    if amount is not None and unit.power != 0 and not _has_scale(text, amount):
        amount = evolve(amount, low=None, high=None, doubt=f"{unit.source} states a scale")
    shared = amount.sign.candidates if amount and amount.sign else ()
    if amount is not None and unit.sign and unit.sign.currency in shared:
        amount = evolve(amount, sign=_stated(unit, scaled=True))  # "$ 500" below "Amount (MXN)"
    amount = amount or _unsigned(text, start, end, country, unit)
    if amount is not None:
        return _money(text, evolve(piece, start=start, end=end), amount, reasons)
    if is_blank(words):
        return Money(words=words, reason="not_stated")
    missing = whole(words)
    if missing == "nothing" or WITHOUT_COST.fullmatch(text.low[start:end].strip(" .*")):
        return Money(words=words, reason="not_applicable")
    if missing is not None and missing not in UNDECIDED:
        return Money(words=words, reason=missing)
    if reasons:
        return Money(words=words, reason=reasons[0])
    number = text.plain[start:end].strip()
    bare = NUMBER.fullmatch(number) and read_number(number, 3) is not None
    return Money(words=words, reason="ambiguous" if bare else "unreadable")


def _main_amount(text: Folded, piece: _Piece) -> Amount | None:
    """The amount that a piece states: the first, or what a product of it comes to."""
    amounts = piece.amounts
    if not amounts:
        return None
    first, *others = amounts
    for other in others:
        between = text.low[first.end : other.start]
        if first.sign == other.sign and SAME_SUM.search(between[-_NEAR:]):
            return other
        if first.sign == other.sign and re.fullmatch(r"[\s,]*(?:or|ou|o|/)[\s]*", between):
            return evolve(first, low=None, high=None, doubt="one amount or the other")
    around = (text.plain[piece.start : first.start], text.plain[first.end : piece.end])
    if [part.strip() for part in around] == ["(", ")"]:
        return evolve(first, low=None, high=None, doubt="in brackets, it may be negative")
    return first


def _has_scale(text: Folded, amount: Amount) -> bool:
    """Whether an amount says itself that it is in thousands or more."""
    return re.search(r"\d" + SCALE.pattern, text.plain[amount.start : amount.end], re.I) is not None


def _unsigned(text: Folded, start: int, end: int, country: str | None, unit: Unit) -> Amount | None:
    """A figure without a sign that stands alone, or that words or the head call money."""
    year, aside = _OF_YEAR.match(text.plain, start, end), _IN_YEAR.search(text.plain, start, end)
    start, end = year.end() if year else start, aside.start() if aside else end
    numbers = list(NUMBER.finditer(text.plain, start, end))
    if len(numbers) != 1:
        return None
    number = numbers[0]
    large = _FIGURE.search(number[0]) is not None
    scale = SCALE.match(text.plain, number.end(), end)
    closing = EMPTY_DECIMALS.match(text.plain, number.end(), end)
    after = (scale or closing or number).end()
    rest, label = text.low[after:end], text.low[start : number.start()]
    basis = re.match(r" ?(?:per|par|por|/|each|cada|chaque)(?!\w)", rest)
    if not (re.fullmatch(r"[\s.,)*]*", rest) or basis or (large and _ASIDE.fullmatch(rest))):
        return None
    said = MONEY_WORD.search(label[-_NEAR:])
    named = re.search(r"([^\W_]+)(?<![:=–-]) ?$", label)
    labelled = any(map(str.isalpha, label))
    if unit.sign:
        labelled = named is not None and (not large or named[1] in ENUMERATORS)
    if said is None and (labelled or read_number(number[0], 3) is None):
        return None
    if re.fullmatch(r"(?:19|20)\d\d", number[0]) and said is not None and "of" in said[0]:
        return None
    codes = (unit.sign.currency,) if unit.sign and unit.sign.currency else tenders(country)
    places = max(
        (minor_unit(code) for code in codes if code),
        default=2 if said is None and "," in number[0] else 3,
    )
    if unit.sign and not unit.sign.currency:
        places = unit.sign.places
    power = scale_of(scale) if scale else 0
    mark = unit.mark or decimal_mark(codes[0] if codes else None)
    value, doubt = read_figure(number[0], places, power, mark)
    if not scale and unit.power is None:
        value, doubt = None, f"the letter in {unit.source} can mean thousands or millions"
    elif not scale and unit.power and value is not None:
        value = exact(value, unit.power)
    if unit.sign is None and said is None and not scale and _YEAR.fullmatch(label + number[0]):
        value, doubt = None, "a figure, or a year"
    return Amount(number.start(), after, _stated(unit, scaled=bool(scale)), value, None, doubt)


def _stated(unit: Unit, *, scaled: bool) -> Sign:
    """The currency of a figure without a sign, with what else is stated elsewhere."""
    sign = unit.sign or Sign(None)
    said = ["currency"] if unit.sign and unit.sign.currency else []
    said += ["scale"] if unit.power and not scaled else []
    note = f"{' and '.join(said)} as {unit.source} states it" if said else None
    return evolve(sign, note="; ".join(filter(None, (note, sign.note))) or None)


def _money(text: Folded, piece: _Piece, amount: Amount, reasons: Sequence[str]) -> Money:
    """The value of a piece that states an amount."""
    sign = amount.sign
    known = sign is not None and sign.currency is not None
    reason = None if known and amount.low is not None else "ambiguous"
    if amount.doubt is None and not (sign and (known or sign.candidates)):
        reason = "not_stated"
    notes = [NOTES[r] for r in reasons if r in NOTES]
    notes += [_rest(text, piece, amount), amount.doubt or "", (sign.note if sign else "") or ""]
    return Money(
        amount=amount.low,
        currency=sign.currency if sign else None,
        upper=amount.high,
        per=_per(text, piece, amount),
        qualifier=_qualifier(text, piece, amount),
        words=text.words(piece.start, piece.end),
        reason=reason,
        candidates=sign.candidates if sign and not sign.currency else (),
        note="; ".join(dict.fromkeys(note for note in notes if note)) or None,
    )


def _rest(text: Folded, piece: _Piece, amount: Amount) -> str:
    """What the words of a piece say besides the amount, its vagueness and its basis."""
    first, last = amount.start, amount.end
    for _, pattern in BEFORE:
        near = max(piece.start, first - _NEAR)
        if match := pattern.search(text.low[near:first]):
            first = near + match.start()
    for _, pattern in AFTER:
        if match := pattern.match(text.low, last, piece.end):
            last = match.end()
    if is_only_per(text, last, piece.end):
        last = piece.end
    before, after = text.words(piece.start, first), text.words(last, piece.end)
    if before.endswith("(") and after.startswith(")"):
        before, after = before[:-1], after[1:]
    before = _ITEM_NUMBER.sub("", before)
    parts = [part.strip(" \t\n\r:=–—-,;.*•") for part in (before, after)]
    return " … ".join(part for part in parts if any(c.isalnum() for c in part))


def _per(text: Folded, piece: _Piece, amount: Amount) -> str | None:
    """What the amount is for each of, ``total``, or ``None``."""
    low = text.low
    if piece.amounts and amount is not piece.amounts[0] and len(piece.amounts) > 1:
        return "total"  # what a product comes to
    times = _factors(text, piece, amount)
    if times is not None:
        return times
    after = min((a.start for a in piece.amounts if a.start > amount.end), default=piece.end)
    per = read_per(text, amount.end, after) or read_per_label(text, piece.start, amount.start)
    if per is None and TOTAL.search(low, piece.start, after):
        return "total"
    return per


def _factors(text: Folded, piece: _Piece, amount: Amount) -> str | None:
    """What an amount is multiplied with: "40 pax × PHP 500" is per participant."""
    nouns: list[str | None] = []
    found = False
    position = amount.start
    while match := _TIMES_BEFORE.search(text.low, max(piece.start, position - _NEAR), position):
        found, position = True, match.start()
        nouns.insert(0, known_noun(match["noun"] or "") or match["noun"])
    position = amount.end
    while match := _TIMES_AFTER.match(text.low, position, piece.end):
        found, position = True, match.end()
        nouns.append(known_noun(match["noun"] or "") or match["noun"])
    if not found:
        return None
    named = list(dict.fromkeys(noun for noun in nouns if noun))
    return " per ".join(named) if named and all(nouns) else "unit"


def _qualifier(text: Folded, piece: _Piece, amount: Amount) -> str | None:
    """Whether the figure is vague, by the words right before or after it."""
    before = text.low[max(piece.start, amount.start - _NEAR) : amount.start]
    if amount.high is not None and re.search(r"(?:de|desde|a partir de) ?$", before):
        return None
    for kind, pattern in BEFORE:
        if pattern.search(before):
            return kind
    for kind, pattern in AFTER:
        if pattern.match(text.low, amount.end, piece.end):
            return kind
    return None
