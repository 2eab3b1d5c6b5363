"""What an actor is, in several languages and vocabularies."""

from __future__ import annotations

from jmdi.model.vocabularies import Concept

__all__ = ["ACTOR_TYPES", "actor_type"]

# code: (IATI organisation type, CRS channels, FollowTheMoney schema, labels en, fr, es)
ACTOR_TYPES: dict[str, tuple[str, str, str, str, str, str]] = {
    "local_authority": (
        "11",
        "11002 12002",
        "PublicBody",
        "Local authority",
        "Collectivité locale",
        "Autoridad local",
    ),
    "national_government": (
        "10",
        "11001 12001",
        "PublicBody",
        "National government",
        "Gouvernement national",
        "Gobierno nacional",
    ),
    "other_public": (
        "15",
        "11003 11004 12003 12004",
        "PublicBody",
        "Other public body",
        "Autre organisme public",
        "Otro organismo público",
    ),
    "multi_stakeholder_body": (
        "~90",
        "~30000",
        "Organization",
        "Multi-stakeholder body",
        "Instance multi-acteurs",
        "Órgano de múltiples actores",
    ),
    "ingo": (
        "21",
        "21000",
        "Organization",
        "International NGO",
        "ONG internationale",
        "ONG internacional",
    ),
    "national_ngo": (
        "22",
        "22000",
        "Organization",
        "National NGO",
        "ONG nationale",
        "ONG nacional",
    ),
    "regional_ngo": ("23", "", "Organization", "Regional NGO", "ONG régionale", "ONG regional"),
    "partner_country_ngo": (
        "24",
        "23000",
        "Organization",
        "Partner-country NGO",
        "ONG du pays partenaire",
        "ONG del país socio",
    ),
    "migrant_association": (
        "~24",
        "~23000 ~22000",
        "Organization",
        "Migrant or diaspora association",
        "Association de migrants ou de la diaspora",
        "Asociación de migrantes o de la diáspora",
    ),
    "faith_based": (
        "~22",
        "",
        "Organization",
        "Faith-based organisation",
        "Organisation confessionnelle",
        "Organización religiosa",
    ),
    "trade_union": ("~22", "", "Organization", "Trade union", "Syndicat", "Sindicato"),
    "cooperative": ("~70", "", "Company", "Cooperative", "Coopérative", "Cooperativa"),
    "financial_institution": (
        "~70",
        "",
        "Company",
        "Financial institution",
        "Institution financière",
        "Institución financiera",
    ),
    "private_sector": (
        "70",
        "60000",
        "Company",
        "Private sector",
        "Secteur privé",
        "Sector privado",
    ),
    "private_sector_provider": (
        "71",
        "61000",
        "Company",
        "Private sector in provider country",
        "Secteur privé du pays fournisseur",
        "Sector privado del país proveedor",
    ),
    "private_sector_recipient": (
        "72",
        "62000",
        "Company",
        "Private sector in recipient country",
        "Secteur privé du pays bénéficiaire",
        "Sector privado del país receptor",
    ),
    "private_sector_third": (
        "73",
        "63000",
        "Company",
        "Private sector in third country",
        "Secteur privé d'un pays tiers",
        "Sector privado de un tercer país",
    ),
    "academia": (
        "80",
        "51000",
        "Organization",
        "Academia, training and research",
        "Université, formation et recherche",
        "Academia, formación e investigación",
    ),
    "multilateral": (
        "40",
        "40000",
        "Organization",
        "Multilateral organisation",
        "Organisation multilatérale",
        "Organización multilateral",
    ),
    "foundation": ("60", "", "Organization", "Foundation", "Fondation", "Fundación"),
    "ppp": (
        "30",
        "30000",
        "Organization",
        "Public-private partnership",
        "Partenariat public-privé",
        "Alianza público-privada",
    ),
    "other": ("90", "90000", "Organization", "Other", "Autre", "Otro"),
}


def actor_type(code: str, row: tuple[str, str, str, str, str, str]) -> Concept:
    """The concept of a row."""
    iati, crs, schema, en, fr, es = row
    matches = {"iati-organisation-type": iati, "crs-channel": crs, "followthemoney": schema}
    return Concept(
        code,
        {"en": en, "fr": fr, "es": es},
        matches={scheme: match for scheme, match in matches.items() if match},
    )
