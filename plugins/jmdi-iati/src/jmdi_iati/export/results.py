"""Results of an activity: indicators and their values, each changed in its element."""

from __future__ import annotations

from collections.abc import Iterator

from jmdi import Indicator, Observation
from jmdi_iati.export.fields import Work
from jmdi_iati.export.money import add_period
from jmdi_iati.export.parts import change_parts
from jmdi_iati.export.trees import bytes_of, merge, place
from jmdi_iati.facets import Measured
from jmdi_iati.meaning.results import UNITS
from jmdi_iati.standard.xml import Element, narrated, new, sub

__all__ = ["change_results"]

MEASURES = {unit: number for number, unit in UNITS.items()}
REFERENCE = "iati-indicator-"


def change_results(work: Work) -> None:
    """Changes, adds and removes indicators and their values."""
    indicators = [part for one in work.of("result") for part in one.iterchildren("indicator")]
    values = [value for part in indicators for value in _values(part)]
    behind = {one.id: part for one, part in work.reading.behind(Indicator, indicators)}
    change_parts(
        work,
        Indicator,
        indicators,
        _indicator,
        lambda one, made: behind.update({one.id: _placed(one, made, work)}),
    )
    _change_titles(work, behind)
    change_parts(
        work,
        Observation,
        values,
        lambda one: _observation(one, work),
        lambda one, made: _add(one, made, behind.get(one.indicator or ""), work),
    )


def _values(indicator: Element) -> Iterator[Element]:
    """The elements of values, in their order."""
    for part in indicator.iterchildren("baseline", "period"):
        if part.tag == "baseline":
            yield part
        else:
            yield from part.iterchildren("target", "actual")


def _facet(one: Indicator) -> Measured:
    return one.facet(Measured) or Measured()


def _indicator(one: Indicator) -> Element:
    said = _facet(one)
    measure = said.measure.code if said.measure else MEASURES.get(one.unit or "")
    made = new("indicator", **({} if measure is None else {"measure": measure}))
    if one.polarity is not None and one.polarity.code in ("higher", "lower"):
        made.set("ascending", str(int(one.polarity.code == "higher")))
    for tag, words in (("title", one.names), ("description", one.description)):
        if words:
            made.append(narrated(tag, words))
    if said.reference is not None:
        number = said.reference.scheme.removeprefix(REFERENCE)
        sub(made, "reference", vocabulary=number, code=said.reference.code)
    return made


def _result(one: Indicator) -> Element:
    said = _facet(one)
    made = new("result", **({} if said.type is None else {"type": said.type.code}))
    for tag, words in (("title", said.result), ("description", said.about)):
        if words:
            made.append(narrated(tag, words))
    return made


def _placed(one: Indicator, made: Element, work: Work) -> Element:
    """Puts a new indicator into a new result."""
    result = _result(one)
    result.append(made)
    place(work.element, result, work.rule)
    return made


def _change_titles(work: Work, behind: dict[str, Element]) -> None:
    """Changes what indicators say of the result that they belong to."""
    now = {one.id: one for one in work.context.owned(Indicator, work.id)}
    for old in work.reading.of(Indicator):
        result = behind[old.id].getparent()
        if old.id not in now or result is None:
            continue
        said, made = _result(old), _result(now[old.id])
        if bytes_of(said) != bytes_of(made):
            merge(result, said, made, work.rule_for(result), work.language)


def _observation(one: Observation, work: Work) -> Element | None:
    role = one.role.code if one.role is not None else ""
    if role not in ("baseline", "target", "actual"):
        return None
    made = new(role)
    if one.value is not None or one.text is not None:
        made.set("value", one.text or "" if one.value is None else format(one.value, "f"))
    if role == "baseline" and one.period is not None and one.period.start is not None:
        made.set("year", str(one.period.start.year))
        if one.period.start == one.period.end:
            made.set("iso-date", one.period.start.isoformat())
    refs = [ref for where in one.places if (ref := work.ref(where)) is not None]
    for ref in refs:
        sub(made, "location", ref=ref)
    groups = next(iter(one.group.values()), "")
    for group in filter(None, groups.split("; ")):
        name, _, value = group.partition(": ")
        sub(made, "dimension", name=name, value=value)
    if one.description:
        made.append(narrated("comment", one.description))
    return made


def _add(one: Observation, made: Element, indicator: Element | None, work: Work) -> None:
    """Puts a new value into its indicator: into the period of the same days, or a new one."""
    if indicator is None:
        return
    rule = work.rule_for(indicator)
    if made.tag == "baseline":
        place(indicator, made, rule)
        return
    wanted = add_period(new("period"), one.period)
    days = [part.get("iso-date") for part in wanted]
    for period in indicator.iterchildren("period"):
        found = period.iterchildren("period-start", "period-end")
        if [part.get("iso-date", "")[:10] for part in found] == days:
            break
    else:
        place(indicator, period := wanted, rule)
    place(period, made, work.rule_for(period))
