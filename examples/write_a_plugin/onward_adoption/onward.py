"""Does a practice spread from those who adopted it? Mean onward adoptions per adopter."""

import datetime
from typing import Annotated

import jmdi

JMDI_API = 1


@jmdi.metric(
    "onward:mean",
    "Mean onward adoptions per adopter",
    on="dataset",
    unit="adoptions",
    value_is="mean",
    range=(0, None),
    polarity="higher",
    citation="after horizontal scaling up in ExpandNet/WHO 2010, Nine steps",
    convention="an adoption falls on the first day that its date can mean",
)
def onward_adoptions(
    dataset: jmdi.Dataset, *, days: Annotated[int, jmdi.AtLeast(1)] = 365
) -> jmdi.Result:
    """Adoptions that followed an adopter's own among those tied to it, on average.

    An adoption by B follows that of A if both are tied and B adopted the same practice 1 to
    ``days`` days later; one that follows several is shared out among them. Adopters of the
    last ``days`` days on record have not had the time to pass anything on: they do not count.

    Args:
        dataset: The records.
        days: How long an adopter may take to pass it on.
    """
    net = dataset.project("actors")
    adopted: dict[tuple[str, str], datetime.date | None] = {}
    for fact in dataset.of(jmdi.Adopts):
        if fact.source in net:
            day = fact.period.start if fact.period else None
            known = adopted.get((fact.target, fact.source))
            adopted[fact.target, fact.source] = min(day, known) if day and known else day or known
    dated = {key: day for key, day in adopted.items() if day}
    if not dated:
        why = "no actor is known to have adopted a practice on a known day"
        return jmdi.undefined("missing_input", why, n_used=0, n_eligible=len(adopted))
    window = datetime.timedelta(days=days)
    old = [key for key, day in dated.items() if day + window <= max(dated.values())]
    eligible = len(old) + len(adopted) - len(dated)
    if not old:
        why = f"all adoptions fall within {days} days of the last one"
        return jmdi.undefined("not_enough_periods", why, n_used=0, n_eligible=eligible)
    credit = dict.fromkeys(old, 0.0)
    for (practice, actor), day in dated.items():
        before = [
            (practice, other)
            for other in net.neighbours(actor)
            if (known := dated.get((practice, other))) and known < day <= known + window
        ]
        for key in before:
            if key in credit:
                credit[key] += 1 / len(before)
    return jmdi.Result(
        value=sum(credit.values()) / len(old),
        n_used=len(old),
        n_eligible=eligible,
        of="adopters",
        notes={"undated": len(adopted) - len(dated), "recent": len(dated) - len(old)},
    )


@jmdi.hookimpl
def jmdi_metrics() -> list[jmdi.Metric]:
    """One metric of datasets."""
    return jmdi.metrics_of(__name__)
