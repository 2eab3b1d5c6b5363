"""What is always known: pillars and clusters of the programme, actor types."""

from __future__ import annotations

from collections.abc import Mapping

from jmdi.model.kinds import Pillar, Theme
from jmdi.model.records import Entity

__all__ = [
    "CIVIL_SOCIETY",
    "CLUSTERS",
    "CODEBOOK",
    "LOCAL_GOVERNMENT",
    "PILLARS",
    "WELL_KNOWN",
]

CODEBOOK = "jmdi-clusters"

_PILLARS = (
    (
        "Connect actors and strengthen networks",
        "Relier les acteurs et renforcer les réseaux",
        "Conectar a los actores y fortalecer las redes",
    ),
    ("Collect information", "Recueillir l'information", "Recopilar la información"),
    (
        "Consolidate into knowledge products",
        "Consolider en produits de connaissance",
        "Consolidar en productos de conocimiento",
    ),
    ("Disseminate", "Diffuser", "Difundir"),
    ("Measure success", "Mesurer le succès", "Medir el éxito"),
)

_CLUSTERS = (
    (
        "data",
        "Data, mapping and assessment of needs",
        "Données, cartographie et évaluation des besoins",
        "Datos, mapeo y evaluación de necesidades",
    ),
    ("partnerships", "Partnerships", "Partenariats", "Alianzas"),
    (
        "social-inclusion",
        "Social inclusion of migrants",
        "Inclusion sociale des migrants",
        "Inclusión social de las personas migrantes",
    ),
    (
        "economic-inclusion",
        "Economic inclusion of migrants",
        "Inclusion économique des migrants",
        "Inclusión económica de las personas migrantes",
    ),
    (
        "political-inclusion",
        "Political inclusion of migrants",
        "Inclusion politique des migrants",
        "Inclusión política de las personas migrantes",
    ),
    (
        "institutionalisation",
        "Institutionalisation of migration and development",
        "Institutionnalisation de la migration et du développement",
        "Institucionalización de la migración y el desarrollo",
    ),
    (
        "monitoring-evaluation",
        "Monitoring and evaluation",
        "Suivi et évaluation",
        "Seguimiento y evaluación",
    ),
)


def _names(en: str, fr: str, es: str) -> dict[str, str]:
    return {"en": en, "fr": fr, "es": es}


PILLARS: tuple[Pillar, ...] = tuple(
    Pillar(
        id=f"pillar/{number}",
        names=_names(*names),
        number=number,
        overarches=tuple(f"pillar/{other}" for other in range(2, 6)) if number == 1 else (),
    )
    for number, names in enumerate(_PILLARS, start=1)
)
"""The pillars of knowledge management; the first overarches the other four."""

CLUSTERS: tuple[Theme, ...] = tuple(
    Theme(id=f"theme/{code}", names=_names(*names), codebook=CODEBOOK, code=code)
    for code, *names in _CLUSTERS
)
"""The clusters that knowledge is coded into."""

WELL_KNOWN: Mapping[str, Entity] = {record.id: record for record in (*PILLARS, *CLUSTERS)}
"""Every record that a dataset knows without it being in a file, by id."""

CIVIL_SOCIETY = frozenset(
    {
        "ingo",
        "national_ngo",
        "regional_ngo",
        "partner_country_ngo",
        "migrant_association",
        "faith_based",
        "trade_union",
    }
)
"""Actor types that count as civil society; private sector and academia do not."""

LOCAL_GOVERNMENT = frozenset({"local_authority"})
"""Actor types that count as local government."""
