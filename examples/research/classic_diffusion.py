"""Thresholds, categories and models of diffusion in the three classic studies.

python examples/research/classic_diffusion.py [folder]

The folder holds the data sets as JSON: medical innovation (Coleman, Katz & Menzel), Brazilian
farmers (Rogers et al.), Korean family planning (Rogers & Kincaid), after Valente 1995.
"""

import json
import sys
from pathlib import Path

import numpy as np

from jmdi.metrics.result import UndefinedResult
from jmdi_scaling.adoption import (
    CATEGORIES,
    Adoption,
    categories,
    hazard,
    infectiousness,
    susceptibility,
    thresholds,
)
from jmdi_scaling.fitting import fit

here = Path(__file__).resolve().parents[3] / "shared" / "data" / "diffusion"
folder = Path(sys.argv[1]) if len(sys.argv) > 1 else here
files = sorted(folder.glob("*DiffNet.json"))
if not files:
    print("the data sets are not here: give their folder")
    sys.exit(0)

for file in files:
    study = json.loads(file.read_text(encoding="utf-8"))
    adopted = {node: study["toa"].get(node) for node in study["nodes"]}
    # In the medical and the Korean study the last period stands for not within the study: who
    # is in it is censored. In the Brazilian study nobody is, and 1965 may hold such cases too.
    last = study["t1"]
    adopted = {node: None if time == last else time for node, time in adopted.items()}
    net = Adoption.of(study["edges"], adopted, range(study["t0"], last))
    shares = net.adopters() / len(net.nodes)
    print(f"{study['title']}: {len(net.nodes)} actors, {shares[-1]:.0%} adopted")
    peak = int(np.nanargmax(hazard(net)))
    print(f"  hazard peaks at {hazard(net)[peak]:.2f} in {net.periods[peak]}")
    for name, measured in (
        ("threshold", thresholds(net)),
        ("infectiousness", infectiousness(net)),
        ("susceptibility", susceptibility(net)),
    ):
        known = measured[~np.isnan(measured)]
        print(f"  {name}: mean {known.mean():.3f} over {len(known)} actors")
    groups = categories(net) or ()
    print("  " + ", ".join(f"{groups.count(name)} {name}" for name in CATEGORIES["valente"]))
    for model in ("bass", "logistic"):
        try:
            found = fit(shares.tolist(), model)
        except UndefinedResult as error:
            print(f"  {model}: {error}")
            continue
        if found.inflection is None or found.inflection_interval is None:
            print(f"  {model}: adoption is fastest at the start")
            continue
        low, high = (study["t0"] - 1 + end for end in found.inflection_interval)
        print(f"  {model}: fastest at {study['t0'] - 1 + found.inflection:.1f} "
              f"({low:.1f} to {high:.1f}), {found.parameters['m']:.0%} in the end")  # fmt: skip
