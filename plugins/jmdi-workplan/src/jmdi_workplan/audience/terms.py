"""The words for groups of people and kinds of organisations, in five languages.

For folded text in lower case. Kinds of organisations, which have many forms, are patterns; groups
of people and of civil society are the topic ``audience`` of the tables of words. Each has a code of
``actor-type``; a group that has none, because the words leave it open, has "".
"""

from __future__ import annotations

import re

from jmdi.words.folding import Folded
from jmdi_workplan.words.lexicon import group, lexicon, words_of

__all__ = [
    "COLLECTIVES",
    "EXAMPLES",
    "GROUP",
    "LOOSE_NUMBERS",
    "NUMBER_WORDS",
    "OF_THEM",
    "NOT_COUNTED",
    "NOT_SIZED",
    "PEOPLE",
    "SEVERAL",
    "TRANSPARENT",
]

_TERMS: tuple[tuple[str, str], ...] = (
    (
        "migrant_association",
        r"(?:migrants?'?|(?:im|e)migrants?'?|diaspora|hometown|home[- ]town|returnees?'?|ofws?)"
        r" (?:workers?'? |women'?s? |youth |community |and diaspora )?(?:associations?|"
        r"organi[sz]ations?)|"
        r"(?:associations?|organi[sz]ations?|federations?|"
        r"collectifs?) (?:of|de|des|d'|de la|de los) ?"
        r"(?:migrants?|immigres?|emigres?|immigrants?|emigrants?|(?:la |the )?diasporas?|"
        r"ressortissants|mre)|(?:asociaci(?:on|ones)|organizaci(?:on|ones)|federaci(?:on|ones)) de "
        r"(?:personas )?(?:migrantes|emigrantes|inmigrantes|retornad[oa]s|"
        r"(?:la )?diaspora)|diasporas?|htas|"
        r"associac(?:ao|oes) de (?:migrantes|emigrantes|imigrantes|retornados)|"
        r"organizac(?:ao|oes) da diaspora|"
        r"جمعي(?:[ةه]|ات) (?:ال)?(?:مهاجرين|مغتربين)",
    ),
    (
        "multi_stakeholder_body",
        r"regional development councils?|rdcs?|multi-?stakeholder (?:bod(?:y|ies)|committees?|"
        r"platforms?|councils?)|(?:comites?|plateformes?) multi-?acteurs|"
        r"(?:mesas?|plataformas?) multi-?actor(?:es)?",
    ),
    (
        "local_authority",
        r"l\.?g\.?u\.?s?|lgas?|local governments?(?: units?)?|local authorit(?:y|ies)|"
        r"local (?:government )?officials|local elected officials|(?:provincial|city|municipal) "
        r"(?:governments?|councils?|authorities|officials)|"
        r"municipalit(?:y|ies)|mayors?|barangay (?:councils?|"
        r"officials|captains)|communes?|mairies?|"
        r"maires?|collectivites? (?:locales?|territoriales?)|"
        r"autorites? locales?|elus? loca(?:l|ux)|"
        r"elus? (?:municipa|communa)(?:l|ux)|conseils? (?:municipa|communa|provincia)(?:l|ux)|"
        r"municipalites?|alcaldias?|alcaldes(?:as)?|alcaldesas?|municipios?|municipalidad(?:es)?|"
        r"gobiernos? (?:locale?s?|municipale?s?|"
        r"autonomos? descentralizados?)|gobiernos? local(?:es)?|"
        r"gads?|ayuntamientos?|autoridades locales|con[cs]ejos? municipal(?:es)?|"
        r"provinces|provincias?|provincial governments?|prefeituras?|"
        r"prefeit[oa]s?|camaras? municipa(?:l|is)|autarquias?|vereadores|"
        r"governos? loca(?:l|is)|(?:ال)?بلدي(?:[ةه]|ات)|"
        r"(?:ال)?(?:جماعات|سلطات) (?:ال)?(?:محلي[ةه]|ترابي[ةه])|"
        r"روساء (?:ال)?بلديات",
    ),
    (
        "national_government",
        r"(?:line )?ministr(?:y|ies)|ministeres?|ministerios?|national governments?|"
        r"gouvernement (?:national|central)|gobierno (?:nacional|central)|central government|"
        r"national (?:government |line )?agenc(?:y|ies)|agences? nationales?|"
        r"agencias? naciona(?:l|les|is)|governo (?:nacional|federal|central)|"
        r"(?:ال)?وزار(?:[ةه]|ات)|(?:ال)?حكوم[ةه]",
    ),
    (
        "ingo",
        r"ingos?|international ngos?|ongs? internationales?|ongs? internacional(?:es)?|"
        r"ongs? internaciona(?:l|is)|"
        r"(?:ال)?منظمات (?:ال)?غير (?:ال)?حكومي[ةه] (?:ال)?دولي[ةه]",
    ),
    (
        "national_ngo",
        r"national ngos?|ongs? nationales?|ongs? nacional(?:es)?|"
        r"ongs? naciona(?:l|is)|"
        r"(?:ال)?منظمات (?:ال)?غير (?:ال)?حكومي[ةه] (?:ال)?وطني[ةه]",
    ),
    (
        "academia",
        r"universit(?:y|ies)|universites?|universidad(?:es)?|academ[ie]a?|academic institutions?|"
        r"research (?:institut(?:e|ion)s?|cent(?:re|er)s?)|(?:instituts?|centres?) de recherche|"
        r"(?:institutos?|centros?) de investigacion|"
        r"(?:institutos?|centros?) de pesquisa|(?:ال)?جامع(?:[ةه]|ات)|"
        r"مراكز (?:ال)?(?:بحث|بحوث|ابحاث)",
    ),
    (
        "financial_institution",
        r"banks?|banques?|bancos?|micro-?finance institutions?|mfis?|imfs?|financial institutions?|"
        r"institutions? (?:financieres?|de microfinance)|instituci(?:on|ones) financieras?|"
        r"instituic(?:ao|oes) financeiras?|(?:ال)?(?:بنوك|مصارف)",
    ),
    (
        "cooperative",
        r"co-?operatives?|cooperativas?|"
        r"(?:ال)?تعاوني(?:[ةه]|ات)",
    ),
    (
        "trade_union",
        r"(?:trade|labou?r) unions?|syndicats?|sindicatos?|"
        r"(?:ال)?نقاب(?:[ةه]|ات)",
    ),
    (
        "faith_based",
        r"church(?:es)?|eglises?|iglesias?|faith[- ]based organi[sz]ations?|fbos?|parish(?:es)?|"
        r"dioceses?|organisations? confessionnelles?|organizaci(?:on|ones) religiosas?|"
        r"igrejas?|(?:ال)?كنايس|(?:ال)?مساجد",
    ),
    (
        "private_sector",
        r"private sector|secteur prive|sector privado|chambers? of commerce|chambres? de commerce|"
        r"camaras? de comercio|compan(?:y|ies)|enterprises|business(?:es)?|entreprises?|empresas?|"
        r"private recruitment agencies|"
        r"setor privado|(?:ال)?قطاع (?:ال)?خاص|(?:ال)?شركات|"
        r"غرف[ةه]? (?:ال)?تجار[ةه]",
    ),
    (
        "multilateral",
        r"un agenc(?:y|ies)|united nations|agences? (?:des nations unies|onusiennes?)|"
        r"agencias? de (?:las naciones unidas|la onu)|"
        r"(?:agencias? das )?nacoes unidas|(?:وكالات )?(?:ال)?امم (?:ال)?متحد[ةه]",
    ),
    (
        "foundation",
        r"foundations?|fondations?|fundaci(?:on|ones)|"
        r"fundac(?:ao|oes)",
    ),
    ("other_public", r"pag-?ibig(?: fund)?|social security system|philhealth"),
)


def _words(meaning: str) -> str:
    """A pattern of the words of the tables for one sort of group, the longest first."""
    words = {word.word for word in words_of("audience") if word.meaning == meaning}
    return "|".join(map(_pattern, sorted(words, key=lambda word: (-len(word), word))))


def _pattern(word: str) -> str:
    """A word as a pattern: blanks and hyphens are one, and an Arabic noun may have its article."""
    parts = [re.escape(part) for part in re.split("[ -]", Folded.of(word).low)]
    if _ARABIC.match(parts[0]):
        parts = [f"(?:ال)?{part.removeprefix('ال').replace('ة', '[ةه]')}" for part in parts]
    return "[ -]".join(parts)


_ARABIC = re.compile("[ء-ي]")
PEOPLE = frozenset(("individuals", "migrants", "community_members"))
"""The codes of `actor-type` for people, who are no organisation."""

_PEOPLE_LAST = ("migrants", "community_members", "individuals", "open")
_CODES = dict.fromkeys(word.meaning for word in words_of("audience"))
_GROUPS = (
    *_TERMS,
    *((code, _words(code)) for code in _CODES if code not in _PEOPLE_LAST),
    *((code, _words(code)) for code in _PEOPLE_LAST[:-1]),
    ("", _words("open")),
)
GROUP = re.compile(
    "|".join(rf"(?P<t{i}>\b(?:{words})(?!\w))" for i, (_, words) in enumerate(_GROUPS))
)
"""A group; `COLLECTIVES` has the code of the group that matched."""

COLLECTIVES = {f"t{i}": code for i, (code, _) in enumerate(_GROUPS)}

TRANSPARENT = group("people", "represents others")
"""Words for people who represent the group that follows them."""

NOT_COUNTED = group("people", "counts no people")
"""Words behind a number that is no number of people: an age, a duration, a part of a phrase."""

NOT_SIZED = group("people", "numbers no people")
"""Words before a number that is no number of people."""

NUMBER_WORDS = {word: int(number) for word, number in lexicon("number").items()}
"""Numbers in words; longer ones are not composed, and "one" is as often an article."""

LOOSE_NUMBERS = {word: int(number) for word, number in lexicon("about-number").items()}
"""Numbers that are about as many, where an article stands before them."""

OF_THEM = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(group('people', 'of them')))})[.:]?\s*(?=\d)")
"""Words before a number of those who are counted already: "of whom 12 are women"."""

EXAMPLES = re.compile(
    r"(?<!\w)(?:such as|e\.g\.?|for example|including|tels? que|telles que|notamment|par exemple|"
    r"p\.? ?ex\.?|tal(?:es)? como|por ejemplo|p\.? ?ej\.?|incluid[oa]s|incluyendo|por exemplo|"
    r"incluindo|nomeadamente|مثل|بما في ذلك|لا سيما)(?!\w)"
)
"""Words behind a group that begin examples of it."""

SEVERAL = re.compile(
    r"\b(?:several|many|numerous|various|some|a number of|a few|dozens of|hundreds of|thousands of|"
    r"plusieurs|quelques|nombreu(?:x|ses)|divers|diverses|(?:des )?(?:dizaines|centaines|milliers) "
    r"de|varios|varias|algun[oa]s|much[oa]s|numeros[oa]s|divers[oa]s|decenas de|cientos de|"
    r"miles de)(?!\w)"
)
"""Words for a number that is not said."""
