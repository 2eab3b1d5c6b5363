"""Who works with local governments on migration, by what agencies publish as IATI.

python examples/research/iati_local_governments.py FILE.xml ...

Each file, archive, folder or pattern is read. Activities in the eight JMDI countries count when
a sector of migration is coded, or, since few publishers use those codes, when title or
description speak of migration. Placeholders such as "Enterprise - Other" name nobody: they are
counted and left out.
"""

import io
import re
import sys
from collections import Counter

import jmdi

SECTORS = {"15190": "migration", "24050": "remittances", "15136": "immigration"}
COUNTRIES = {"CR", "EC", "SV", "MA", "NP", "PH", "SN", "TN"}
TOPIC = re.compile(
    r"\b(?:[ei]m)?migra(?:tion|nt|cion|ción|nte)|remittance|remesa|diaspora|refugee|refugiad",
    re.IGNORECASE,
)
WILDLIFE = re.compile(r"migratory (?:bird|species|fish|waterfowl|shorebird)", re.IGNORECASE)
LOCAL = re.compile(
    r"\b(?:municipal\w*|municipio|mairie|commune|alcald[ií]a|ayuntamiento|city of|ville de|"
    r"local government|district council|provincial government|gobierno aut[oó]nomo)\b",
    re.IGNORECASE,
)
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
        return jmdi.read(names, on_error="keep")
    return jmdi.read(io.BytesIO(SAMPLE.encode()), format="iati:xml")


def here(ds: jmdi.Dataset, initiative: jmdi.Initiative) -> bool:
    """Whether an initiative is in one of the eight countries."""
    places = (ds.find(place.territory) for place in initiative.places if place.territory)
    return any(t.country in COUNTRIES for t in places if isinstance(t, jmdi.Territory))


def topic(initiative: jmdi.Initiative) -> str:
    """How an initiative is about migration: by code, by words, or not at all."""
    if any(
        sector.scheme == "iati-sector" and sector.code in SECTORS for sector in initiative.sectors
    ):
        return "code"
    words = " ".join((*initiative.names.values(), *initiative.description.values()))
    return "words" if TOPIC.search(WILDLIFE.sub("", words)) else ""


def taking_part(ds: jmdi.Dataset) -> jmdi.Dataset:
    """Only the actors that take part in its initiatives."""
    acting = {relation.source for relation in ds.of(jmdi.Participates)}
    return ds.where(jmdi.Actor, lambda actor: actor.id in acting)


def local_governments(ds: jmdi.Dataset) -> dict[str, str]:
    """Local governments, and how they were recognised: their type is a late addition to IATI."""
    found = {}
    for actor in ds.of(jmdi.Actor):
        if actor.type is not None and actor.type.code == "local_authority":
            found[actor.id] = "type"
        elif any(map(LOCAL.search, actor.names.values())):
            found[actor.id] = "name, to be reviewed"
    return found


ds = read(sys.argv[1:])
inside = ds.where(jmdi.Initiative, lambda initiative: here(ds, initiative))
how = Counter(map(topic, inside.of(jmdi.Initiative)))
print(
    f"{len(ds.of(jmdi.Initiative))} initiatives, {how.total()} in the eight countries; "
    f"on migration by code {how['code']}, by words only {how['words']}"
)

for title, chosen in (
    ("on migration", inside.where(jmdi.Initiative, lambda initiative: bool(topic(initiative)))),
    ("on anything", inside),
):
    chosen = taking_part(chosen)
    local = local_governments(chosen)
    net = chosen.project("co-participation").simple()
    print(
        f"\n{title}: {len(net.nodes)} actors, {len(net.edges)} pairs; "
        f"{net.notes['excluded_actors']} placeholders are left out"
    )
    partners: dict[str, list[str]] = {id: [] for id in sorted(local)}
    for edge in net.edges:
        for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if one in local:
                partners[one].append(chosen.get(other, jmdi.Actor).label("en"))
    if not local:
        print("  no local government is named")
    for id, names in sorted(partners.items(), key=lambda item: (-len(item[1]), item[0]))[:10]:
        label = chosen.get(id, jmdi.Actor).label("en")
        print(f"  {label} (by {local[id]}): {'; '.join(sorted(names)) or 'no named partner'}")
    sides = Counter(r.side.code for r in chosen.of(jmdi.Participates) if r.side is not None)
    print(f"  sides of participations: {dict(sorted(sides.items()))}")
