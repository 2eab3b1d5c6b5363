"""From the bundled records to a paragraph of findings on scaling, with what is not known.

python examples/research/scaling_of_the_programme.py
"""

import jmdi
import jmdi_scaling

model = jmdi.Model.build(plugins=[jmdi_scaling.plugin], discover=False)
ds = model.dataset(jmdi.datasets.load("jmdi").records)

# %% What the records can answer, and what they cannot
results = {
    name: ds.metric(f"scaling:{name}", **parameters)
    for name, parameters in {
        "anchorage": {},
        "cross-sector-density": {},
        "institutionalization": {"targets": ds.of(jmdi.Territory).ids()},
        "out": {},
        "outreach": {"of": "territories"},
        "cascade": {"thresholds": ("uniform", 0.1, 0.4), "replicates": 2000, "seed": 1},
        "sensitivity": {},
        "tipping-margin": {"thresholds": 0.4},
    }.items()
}
for result in results.values():
    print(result)

# %% A paragraph of findings: each sentence from a result, with its uncertainty
cascade, margin = results["cascade"], results["tipping-margin"]
low, middle, high = cascade.notes["quantiles_of_final_share"]
outreach = results["outreach"]
few = f"{margin.value:g}" if margin.value is not None else f"{margin.lower} to {margin.upper}"
sentences = [
    f"The plan targets {outreach.n_used} territories, of which {float(outreach):.0%} lie outside "
    "its header.",
    f"If thresholds lay anywhere between 10 % and 40 %, one agency chosen at random would move "
    f"{middle:.0%} of the {cascade.n_used} actors on record in the middle case (5th to 95th "
    f"percentile {low:.0%} to {high:.0%}, {cascade.notes['replicates']:,} simulated cascades, "
    f"seed {cascade.seed}).",
    f"At a threshold of 40 %, the fewest adopters from whom a cascade reaches half of them: {few}.",
]
unknown = [r for r in results.values() if not r.defined]
sentences.append(
    "Not known from these records: "
    + "; ".join(f"{r.title.lower()} ({r.why})" for r in unknown)
    + "."
    if unknown
    else "All questions could be answered."
)
print()
print(" ".join(sentences).replace("%", " %").replace("  %", " %"))
print()
for result in (outreach, cascade, margin):
    print(result.cite())
