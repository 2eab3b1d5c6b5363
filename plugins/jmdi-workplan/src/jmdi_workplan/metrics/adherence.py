"""Whether the actions of a work plan were done on time."""

from __future__ import annotations

import datetime

from jmdi import Dataset, Observation, Period, Result, metric, undefined
from jmdi.metrics.types import Day, Ids
from jmdi.words.folding import fold
from jmdi_workplan.metrics.selection import CITATION, actions_of, as_date, has_actions
from jmdi_workplan.words.lexicon import lexicon

__all__ = ["adherence", "how_far", "tells_when"]


@metric(
    "workplan:adherence",
    "Timeline adherence",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share",
    citation=CITATION,
    convention="due: the timeline ends before as_of; done: the latest actual observation "
    "of the action, on time if it cannot end after the timeline; a number, or a value of an "
    "indicator in other words than that it is done, does not say when the action was done",
    accepts=has_actions,
    count="jmdi_workplan.picks:of_plans",
)
def adherence(dataset: Dataset, *, as_of: Day, workplan: Ids | None = None) -> Result:
    """Actions done on time over actions due whose completion is on record.

    An action is due when its timeline ends before ``as_of``. When it was done is read from
    observations *of* the action with the role ``actual`` and a period. What was reached of an
    indicator in a year, such as 12 teachers trained, does not say that the action was done then,
    unless its words are "done" or the like. Actions that are due without such a record are unknown,
    not late: they widen the bounds.

    Args:
        dataset: The dataset.
        as_of: The day that it is computed for.
        workplan: Id of the work plan, or several; all plans of the dataset if not given.
    """
    day = as_date(as_of)
    done = _done(dataset, day)
    on_time, late, unknown = [], [], []
    not_due = undated = 0
    for action in actions_of(dataset, workplan):
        end = action.timeline.end if action.timeline is not None else None
        actual = done.get(action.id)
        if end is None:
            undated += 1
        elif end >= day:
            not_due += 1
        elif actual is not None and actual.end is not None and actual.end <= end:
            on_time.append(action.id)
        elif actual is not None and actual.start is not None and actual.start > end:
            late.append(action.id)
        else:
            unknown.append(action.id)
    known, due = len(on_time) + len(late), len(on_time) + len(late) + len(unknown)
    notes = {"undated": undated, "not_yet_due": not_due, "late": late, "unknown": unknown}
    if not known:
        why = "no action that was due has a record of when it was done"
        return undefined("missing_input", why, n_used=0, n_eligible=due, as_of=day, notes=notes)
    return Result(
        value=len(on_time) / known,
        lower=len(on_time) / due,
        upper=(len(on_time) + len(unknown)) / due,
        n_used=known,
        n_eligible=due,
        of="actions due",
        as_of=day,
        contributing=(*on_time, *late),
        notes=notes,
    )


def tells_when(seen: Observation) -> bool:
    """Whether an observation of an action says when it took place.

    A number, or a value of an indicator, says what was reached in a period, be it nothing.
    """
    actual = seen.role is not None and seen.role.code == "actual" and seen.reason is None
    if not actual or seen.value is not None or seen.period is None:
        return False
    return seen.indicator is None or how_far(seen.text or "") == "done"


def how_far(text: str) -> str | None:
    """How far something is as words say: "done", "under way" …; ``None`` if they do not."""
    words = fold(text).split()
    phrases = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((far for one in phrases if (far := lexicon("progress").get(one))), None)


def _done(dataset: Dataset, day: datetime.date) -> dict[str, Period]:
    """The period of the latest actual observation of each record that had begun by a day."""
    latest: dict[str, Period] = {}
    for seen in dataset.of(Observation):
        period = seen.period if tells_when(seen) else None
        if seen.of is None or period is None or period.end is None:
            continue
        if (period.start or period.end) > day:
            continue
        known = latest.get(seen.of)
        if known is None or (known.end is not None and period.end > known.end):
            latest[seen.of] = period
    return latest
