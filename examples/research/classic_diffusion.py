"""Thresholds, categories and models of diffusion in the three classic studies.

python examples/research/classic_diffusion.py [folder [folder for figures]]

The folder holds the data sets as JSON: medical innovation (Coleman, Katz & Menzel), Brazilian
farmers (Rogers et al.), Korean family planning (Rogers & Kincaid), after Valente 1995. Beside
each number stands the call of the R package netdiffuseR that asks for the same one, with `dn` for
the study with the same censoring, and where the two differ. None of its defaults is the same for
all of them: its exposure is of the same period, and its infectiousness is divided once more.
"""

import json
import sys
from pathlib import Path

import numpy as np

import jmdi
import jmdi_scaling
from jmdi_scaling.diffusion.adoption import (
    CATEGORIES,
    Adoption,
    at_adoption,
    categories,
    exposure,
    hazard,
    infectiousness,
    susceptibility,
)
from jmdi_scaling.diffusion.fitting import fit

here = Path(__file__).resolve().parents[3] / "shared" / "data" / "diffusion"
folder = Path(sys.argv[1]) if len(sys.argv) > 1 else here
files = sorted(folder.glob("*DiffNet.json"))
if not files:
    print("the data sets are not here: give their folder")
    sys.exit(0)

IN_R = {
    "hazard": "hazard_rate(dn); its first period is 0, here it is undefined",
    "threshold": "threshold(dn, lags = 1); who names nobody is 0 there, left out here",
    "infectiousness": "infection(dn, K = 1, normalize = FALSE); 0/0 is 0 there, left out here",
    "susceptibility": "susceptibility(dn, K = 1, normalize = FALSE); 0/0 is 0 there, left out here",
    "categories": "classify_adopters(dn)",
    "bass": "fitbass(dn); all adopt in the end there (m = 1), here m is fitted too",
    "logistic": "none",
}
"""The setting of netdiffuseR beside each number."""


def said(what: str, words: str) -> None:
    """Prints a finding with the setting beside it."""
    print(f"  {words}\n      netdiffuseR: {IN_R[what]}")


def model_of(shares: list[float], model: str, first: int) -> str:
    """When adoption is fastest by a model, in words."""
    try:
        found = fit(shares, model)
    except jmdi.UndefinedResult as error:
        return f"{model}: {error}"
    if found.inflection is None or found.inflection_interval is None:
        return f"{model}: adoption is fastest at the start (q is at most p)"
    at, (low, high) = found.inflection, found.inflection_interval
    end, (least, most) = found.parameters["m"], found.intervals["m"]
    return (
        f"{model}: fastest at {first - 1 + at:.1f} ({first - 1 + low:.1f} to "
        f"{first - 1 + high:.1f}), {end:.0%} in the end ({least:.0%} to {min(most, 1):.0%})"
    )


def records_of(study: dict, adopted: dict) -> list:
    """The study as records of jmdi, for the figures; period k becomes the k-th year after 1900."""
    ties = dict.fromkeys((a, b) for a, b, *_ in study["edges"] if a != b)
    year = 0 if study["t0"] > 1000 else 1900
    return [
        *(jmdi.Actor(id=node) for node in adopted),
        jmdi.Practice(id="practice"),
        *(jmdi.Tie(id=f"{a}>{b}", source=a, target=b, directed=True) for a, b in ties),
        *(
            jmdi.Adopts(
                id=f"by {n}", source=n, target="practice", period=jmdi.Period(str(year + t))
            )
            for n, t in adopted.items()
            if t is not None
        ),
    ]


for file in files:
    study = json.loads(file.read_text(encoding="utf-8"))
    adopted = {node: study["toa"].get(node) for node in study["nodes"]}
    # The last period in which anybody adopts is when the study closed. It holds those who had
    # not adopted by then (medical, Korean), or may be late (Brazil: 152 in 1965,
    # three times the year before). They are censored here, not laggards.
    last = max(time for time in adopted.values() if time is not None)
    seen = {node: None if time == last else time for node, time in adopted.items()}
    net = Adoption.of(study["edges"], seen, range(study["t0"], last))
    shares = net.adopters() / len(net.nodes)
    censored = int((net.time < 0).sum())
    print(
        f"{study['title']}: {len(net.nodes)} actors, {shares[-1]:.0%} adopted before {last}, "
        f"{censored} censored"
    )
    rate = hazard(net)
    peak = int(np.nanargmax(rate))
    said("hazard", f"hazard peaks at {rate[peak]:.2f} in {net.periods[peak]}")
    for name, measured in (
        ("threshold", at_adoption(net, exposure(net))),
        ("infectiousness", infectiousness(net)),
        ("susceptibility", susceptibility(net)),
    ):
        known = measured[~np.isnan(measured)]
        low, middle, high = np.quantile(known, (0.25, 0.5, 0.75))
        said(
            name,
            f"{name}: mean {known.mean():.3f}, quartiles {low:.2f} {middle:.2f} {high:.2f}, "
            f"over {len(known)} of {len(net.nodes) - censored} adopters",
        )
    groups = categories(net) or ()
    sizes = ", ".join(f"{groups.count(name)} {name}" for name in CATEGORIES["valente"])
    said("categories", sizes)
    for model in ("bass", "logistic"):
        said(model, model_of(shares.tolist(), model, study["t0"]))
    if len(sys.argv) > 2:
        plugin = jmdi.Model.build([jmdi_scaling.plugin])
        ds = plugin.dataset(records_of(study, seen))
        for metric in ("adoption-curve", "threshold", "hazard"):
            axes = ds.metric(f"scaling:{metric}").plot()
            axes.set_title(study["title"])
            axes.figure.savefig(Path(sys.argv[2]) / f"{file.stem}-{metric}.svg")
