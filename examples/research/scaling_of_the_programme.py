"""From the bundled records to a paragraph of findings on scaling, with what is not known.

python examples/research/scaling_of_the_programme.py
"""

import jmdi

model = jmdi.Model.build(("scaling", "workplan"))
ds = model.dataset(jmdi.datasets.load("jmdi").records)
SEED = 1

# %% What is asked, and what would have to be on record to answer it
questions = {
    "anchorage": ({}, "initiatives, with the side and type of who takes part"),
    "strategic-partnerships": ({}, "ties of associations and town halls, with formality and dates"),
    "ownership": ({}, "initiatives with places, and who contributed how much"),
    "institutionalization": (
        {"targets": ds.of(jmdi.Territory).ids()},
        "for each piece of evidence, whether it is present or absent",
    ),
    "out": ({}, "who adopted which practice, and when"),
    "reach": ({}, "people aimed at and people reached"),
    "outreach": ({"of": "territories"}, "places of the actions"),
    "cost-per-participant": ({}, "costs and audiences with their basis"),
    "cascade": (
        {"thresholds": ("uniform", 0.1, 0.4), "replicates": 5000, "seed": SEED},
        "ties of the actors",
    ),
    "best-seeds": ({"count": 1, "thresholds": ("uniform", 0.1, 0.4), "seed": SEED}, "ties"),
    "sensitivity": (
        {"practice": "practice/migration-in-local-plan", "seed": SEED},
        "ties of the actors",
    ),
}
results = {name: ds.metric(name, **given) for name, (given, _) in questions.items()}
for result in results.values():
    print(result)


def name_of(record_id: str) -> str:
    return jmdi.pick(ds.get(record_id).names, "en") or record_id


# %% A paragraph of findings: each sentence from a result, with its uncertainty
sentences = []
outreach, cost = results["outreach"], results["cost-per-participant"]
if outreach.defined:
    beyond = [name_of(name) for name in outreach.notes["territories_beyond"]]
    more = ""
    if outreach.lower is not None and outreach.lower < outreach.upper:
        more = f" (between {outreach.lower:.0%} and {outreach.upper:.0%} with places not coded)"
    sentences.append(
        f"The plan's actions target {outreach.n_used} territories; {len(beyond)} of them "
        f"({', '.join(beyond)}) lie outside its header, so that it reaches out by "
        f"{float(outreach):.0%}{more}."
    )
if cost.defined:
    spans = [
        f"{currency} {part['lower']} to {part['upper']}" for currency, part in cost.values.items()
    ]
    sentences.append(
        f"A participant costs {' and '.join(spans)}, known for {cost.n_used} of "
        f"{cost.n_eligible} actions; the span is that of the wording (per region or in all)."
    )
cascade, seeds, curve = results["cascade"], results["best-seeds"], results["sensitivity"]
if cascade.defined:
    low, middle, high = (
        round(x * cascade.n_used) for x in cascade.notes["quantiles_of_final_share"]
    )
    sentences.append(
        f"Nobody measured how ready the {cascade.n_used} actors on record are to follow each "
        f"other. If each did once 10 to 40 % of its partners had, a first mover drawn at random "
        f"would end with {middle} of them in the median case, and with {low} to {high} in 90 % "
        f"of {cascade.notes['replicates']:,} simulations; {cascade.notes['reaching_half']:.0%} "
        f"reach half. Beginning with {name_of(seeds.contributing[0])} would win "
        f"{float(seeds):.0%} on average. Random first movers reach half on average only up to a "
        f"threshold of {float(curve):.0%}: this rests on {len(ds.of(jmdi.Tie))} ties, and says "
        f"where to look, not what will happen."
    )
unknown = [name for name, result in results.items() if not result.defined]
sentences.append(
    f"{len(unknown)} of {len(results)} questions cannot be answered from these records:"
    if unknown
    else "All questions could be answered."
)
print()
print(" ".join(sentences).replace("%", " %").replace("  %", " %"))
for name in unknown:
    result = results[name]
    print(f"- {result.title.lower()}: {result.why}. Needed: {questions[name][1]}.")
print()
for result in (outreach, cost, cascade):
    print(result.cite())
