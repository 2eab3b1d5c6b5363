"""Reads a survey in the style of PARTNER: who works with whom, how closely, how it is rated.

A row is what one respondent says of one partner: the relationship from 0 (none) to 3
(integrated), and items of value and of trust from 1 (not at all) to 4 (a great deal).
"""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import BinaryIO

import jmdi

JMDI_API = 1
ITEMS = ("power", "involvement", "resources", "reliability", "mission_support", "openness")
REASONS = {"": "not_stated", "n/a": "not_applicable", "refused": "refused"}


def sniff(head: bytes) -> bool | str:
    """Whether the first line names a respondent and a partner."""
    columns = head.partition(b"\n")[0].decode("utf-8-sig", "replace").casefold().split(",")
    return {"respondent", "partner"} <= {c.strip() for c in columns} or "it names no respondent"


def read(stream: BinaryIO, context: jmdi.ImportContext) -> Iterator[jmdi.Record]:
    """The actors, and for each row a tie as reported and a rating for each item."""
    data = stream.read(context.limits.size + 1)
    if len(data) > context.limits.size:
        raise _unreadable(context.name, f"it has more than {context.limits.size:,} bytes")
    seen: set[str] = set()
    try:
        text = io.StringIO(data.decode("utf-8-sig"), newline="")
        rows = csv.DictReader(text, restkey="", restval="", strict=True)
        for row in rows:
            answers = {column.strip().casefold(): cell for column, cell in row.items()}
            where = jmdi.Where(file=context.name, line=rows.line_num)
            yield from _report(answers, where, context, seen)
    except (csv.Error, UnicodeDecodeError) as error:
        raise _unreadable(context.name, str(error)) from None


def _report(
    answers: dict[str, str], where: jmdi.Where, context: jmdi.ImportContext, seen: set[str]
) -> Iterator[jmdi.Record]:
    who, whom = (answers.pop(name, "").strip() for name in ("respondent", "partner"))
    if not who or not whom or who == whom:
        cure = "name a respondent and a partner"
        context.problem("partner:P1", "the row does not name two actors", where=where, cure=cure)
        return
    ends = jmdi.make_id("actor", who), jmdi.make_id("actor", whom)
    for id, name in zip(ends, (who, whom), strict=True):
        if id not in seen:
            seen.add(id)
            yield jmdi.Actor(id=id, names={"und": name})

    def answer(item: str, scale: range) -> tuple[Decimal | None, str | None, str]:
        words = answers.pop(item, "").strip()
        if words in map(str, scale):
            return Decimal(words), None, words
        reason = REASONS.get(words.casefold(), "unreadable")
        if reason == "unreadable":
            asked = f"{item}: {words!r} is no answer from {scale[0]} to {scale[-1]}"
            context.problem("partner:P2", asked, where=where, value=words)
        return None, reason, words

    sources = (jmdi.Source(title=context.name, locator=f"line {where.line}"),)
    strength, reason, words = answer("relationship", range(4))
    state = "unobserved" if strength is None else "present" if strength else "absent"
    scores = [(item, *answer(item, range(1, 5))) for item in ITEMS if item in answers]
    yield jmdi.Tie(
        id=jmdi.make_id("tie", *ends),
        source=ends[0],
        target=ends[1],
        reported_by=ends[0],
        state=jmdi.code("presence", state, words),
        strength=strength,
        sources=sources,
        extra={"answers": {column: str(cell) for column, cell in answers.items()}},
    )
    for item, score, reason, words in scores:
        yield jmdi.Rates(
            id=jmdi.make_id("rates", *ends, item),
            source=ends[0],
            target=ends[1],
            dimension=jmdi.code("rating-dimension", item, words),
            score=score,
            reason=reason,
            low=Decimal(1),
            high=Decimal(4),
            sources=sources,
        )


def _unreadable(name: str, why: str) -> jmdi.FormatError:
    where = jmdi.Where(file=name)
    return jmdi.FormatError([jmdi.Problem("partner:P3", jmdi.Severity.ERROR, why, where)])


@jmdi.hookimpl
def jmdi_importers() -> list[jmdi.Importer]:
    """The survey; it is a CSV file like any other, known by its columns."""
    doc = "Survey answers, one row for each respondent and partner."
    return [jmdi.Importer("partner:survey", (".csv",), read, sniff, doc=doc)]


@jmdi.hookimpl
def jmdi_problem_codes() -> list[jmdi.ProblemCode]:
    """What `jmdi explain partner:P1` says."""
    scale = "Answer within the scale, or leave it empty, or write n/a or refused."
    return [
        jmdi.ProblemCode("partner:P1", "row without two actors", "It states no tie.", "Name both."),
        jmdi.ProblemCode("partner:P2", "answer outside the scale", "It has no score.", scale),
        jmdi.ProblemCode("partner:P3", "no survey", "It cannot be read.", "Save it as CSV, UTF-8."),
    ]
