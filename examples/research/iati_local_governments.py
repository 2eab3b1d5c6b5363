"""Who works with local governments on migration, by what agencies publish as IATI.

python examples/research/iati_local_governments.py FILE.xml ...

Each file, archive or pattern is read; activities of the sectors of migration are kept, or all
when none is coded so, since few are. Placeholders such as "Enterprise - Other" are nobody: they
are counted and left out.
"""

import re
import sys
from collections import Counter

import jmdi

SECTORS = {"15190": "migration", "24050": "remittances", "15136": "immigration"}
NAMES = re.compile(
    r"\b(municipal|municipio|mairie|commune|alcald[ií]a|city of|ville de|local government|"
    r"district council|provincial government|ayuntamiento)", re.IGNORECASE,
)  # fmt: skip
COUNTRIES = {"CR", "EC", "SV", "MA", "NP", "PH", "SN", "TN"}
SAMPLE = """<iati-activities version="2.03"><iati-activity xml:lang="en">
<iati-identifier>XM-DAC-41114-1</iati-identifier>
<reporting-org ref="XM-DAC-41114" type="40"><narrative>Agency A</narrative></reporting-org>
<title><narrative>Remittances for local development</narrative></title>
<participating-org role="4" type="11"><narrative>Municipality A</narrative></participating-org>
<participating-org role="3" type="22"><narrative>Association B</narrative></participating-org>
<participating-org role="4" type="70"><narrative>Enterprise - Non United States Other</narrative>
</participating-org><recipient-country code="SN"/><sector code="24050"/>
</iati-activity></iati-activities>"""


def read(names: list[str]) -> jmdi.Dataset:
    """The files, or a made-up one."""
    if names:
        return jmdi.read(names, on_error="skip")
    import io

    return jmdi.read(io.BytesIO(SAMPLE.encode()), format="iati:xml")


def concerns(ds: jmdi.Dataset, initiative: jmdi.Initiative) -> bool:
    """Whether an initiative is in one of the countries, and coded to a sector of migration."""
    here = (ds.find(place.territory) for place in initiative.places if place.territory)
    countries = {t.country for t in here if isinstance(t, jmdi.Territory)}
    return bool(countries & COUNTRIES) and any(s.code in SECTORS for s in initiative.sectors)


ds = read(sys.argv[1:])
coded = ds.where(jmdi.Initiative, lambda initiative: concerns(ds, initiative))
chosen = coded if coded.of(jmdi.Initiative) else ds
print(f"{len(ds.of(jmdi.Initiative))} initiatives, {len(coded.of(jmdi.Initiative))} on migration")

typed = {
    actor.id
    for actor in chosen.of(jmdi.Actor)
    if actor.type is not None and actor.type.code == "local_authority"
}
# Few publishers use the type, which is a late addition: look at the names too, and say so.
named = {a.id for a in chosen.of(jmdi.Actor) if any(map(NAMES.search, a.names.values()))} - typed
local = typed | named
net = chosen.project("co-participation").simple()
print(f"{net.notes['excluded_actors']} placeholders are left out of {net}")

partners: Counter[str] = Counter()
for edge in net.edges:
    for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
        if one in local:
            partners[other] += 1
print(f"{len(typed)} local governments by type and {len(named)} by name work with:")
for id, number in sorted(partners.items(), key=lambda item: (-item[1], item[0]))[:10]:
    print(f"{number:4}  {chosen.get(id, jmdi.Actor).label('en')}")
sides = Counter(r.side.code for r in chosen.of(jmdi.Participates) if r.side is not None)
print("sides:", dict(sorted(sides.items())))
