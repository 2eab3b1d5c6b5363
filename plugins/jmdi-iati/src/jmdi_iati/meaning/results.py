"""Results: indicators with their baselines, targets and actual values."""

from __future__ import annotations

from collections.abc import Mapping

from jmdi import Code, Indicator, Observation, Period, Place, code, evolve, make_id
from jmdi.model.constructors import unchecked
from jmdi.model.frozen import EMPTY, owned
from jmdi_iati.facets import Measured
from jmdi_iati.meaning.aside import leave_aside
from jmdi_iati.meaning.codes import coded
from jmdi_iati.meaning.draft import Draft
from jmdi_iati.standard.dates import day, interval
from jmdi_iati.standard.numbers import amount
from jmdi_iati.standard.xml import Element, truth

__all__ = ["UNITS", "result"]

UNITS: Mapping[str, str] = {"1": "unit", "2": "percent"}
"""What an indicator counts in, by how it is measured."""

WORDS = ("title", "description")
make_observation = unchecked(Observation)
ROLES = {role: code("observation-role", role) for role in ("baseline", "target", "actual")}
POLARITIES = {True: code("polarity", "higher"), False: code("polarity", "lower"), None: None}
"""What it says of an indicator whether it is ascending."""


def result(child: Element, draft: Draft) -> None:
    """A result: an indicator for each of its indicators."""
    if not draft.run.results:
        return
    draft.results += 1
    leave_aside(child, draft)
    whole = Measured(
        result=draft.text_in(child, "title"),
        about=draft.text_in(child, "description"),
        type=coded("iati-result-type", kind) if (kind := child.get("type")) else None,
    )
    number = 0
    for part in child:
        tag = part.tag
        if tag == "indicator":
            number += 1
            _indicator(part, (draft.results, number), whole, draft)
        elif tag not in WORDS:
            draft.run.report.add("I507", f"result/{tag}")
    if not number:
        draft.run.report.add("I507", "result without indicators")


def _indicator(
    element: Element,
    place: tuple[int, int],
    result: Measured,
    draft: Draft,
) -> None:
    leave_aside(element, draft)
    id = make_id("indicator", draft.id, *place)
    reference: Code | None = None
    values: list[Observation] = []
    for part in element:
        tag = part.tag
        if tag == "reference" and (written := part.get("code")):
            leave_aside(part, draft)
            reference = Code(f"iati-indicator-{part.get('vocabulary') or 'none'}", written)
        elif tag == "baseline":
            year = part.get("iso-date") or part.get("year")
            values.append(_observed(part, "baseline", _when(year, draft), id, len(values), draft))
        elif tag == "period":
            _period(part, id, values, draft)
        elif tag not in WORDS:
            draft.run.report.add("I507", f"indicator/{tag}")
    measure = element.get("measure")
    facet = evolve(
        result,
        measure=coded("iati-indicator-measure", measure) if measure else None,
        reference=reference,
    )
    draft.after.append(
        Indicator(
            id=id,
            names=draft.text_in(element, "title"),
            description=draft.text_in(element, "description"),
            unit=UNITS.get(measure or ""),
            polarity=POLARITIES[truth(element.get("ascending"))],
            of=draft.id,
            facets={facet.name: facet},
            sources=draft.sources,
        )
    )
    draft.after.extend(values)


def _when(text: str | None, draft: Draft) -> Period | None:
    if not text:
        return None
    read = day(text)
    if read.edtf is None:
        draft.run.report.add("I301", "baseline", value=text)
        return Period(None, text, "not_dated")
    return Period(read.edtf, read.words)


def _period(element: Element, id: str, values: list[Observation], draft: Draft) -> None:
    bounds: dict[str, str] = {}
    parts = []
    for part in element:
        if part.tag in ("period-start", "period-end"):
            if text := part.get("iso-date"):
                read = day(text)
                if read.edtf is None:
                    draft.run.report.add("I301", str(part.tag), value=text)
                else:
                    bounds[part.tag] = read.edtf
        elif part.tag in ("target", "actual"):
            parts.append(part)
    start, end = bounds.get("period-start"), bounds.get("period-end")
    period = None
    if start and end and start > end:
        draft.run.report.add("I304")
        period = Period(None, f"{start} to {end}", "ambiguous")
    elif edtf := interval(start, end):
        period = Period(edtf)
    for part in parts:
        values.append(_observed(part, str(part.tag), period, id, len(values), draft))


def _observed(
    element: Element, role: str, period: Period | None, indicator: str, number: int, draft: Draft
) -> Observation:
    """A value; what is no number is a text, what is missing is unknown."""
    written = element.get("value")
    figure, corrected = amount(written)
    if corrected:
        draft.run.report.add("I306", value=written)
    group: list[str] = []
    where: list[Place] = []
    for part in element:
        if part.tag == "dimension":
            group.append(f"{part.get('name') or ''}: {part.get('value') or ''}")
        elif part.tag == "location" and (ref := part.get("ref", "").strip()):
            known = draft.said.refs.get(ref)
            where.append(Place(known, None if known else ref))
        elif part.tag != "comment":
            draft.run.report.add("I507", f"{element.tag}/{part.tag}")
    typed = (written or "").strip()
    return make_observation(
        id=make_id("observation", indicator, number),
        indicator=indicator,
        of=draft.id,
        role=ROLES[role],
        value=figure,
        text=typed if figure is None and typed else None,
        reason=None if typed else "not_stated",
        group=owned({"und": "; ".join(group)}) if group else EMPTY,
        places=tuple(where),
        description=draft.text_in(element, "comment"),
        period=period,
        sources=draft.sources,
    )
