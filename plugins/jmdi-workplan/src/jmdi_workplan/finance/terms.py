"""The expressions for money without a figure, for vague figures and for sums.

They are grammar more than words, in English, French and Spanish, some in Portuguese and Arabic.

All patterns are for folded text in lower case, and bounded.
"""

from __future__ import annotations

import re

from jmdi.words.placeholders import UNDECIDED, placeholder_pattern
from jmdi_workplan.words.lexicon import group

__all__ = [
    "AFTER",
    "BEFORE",
    "CUES",
    "ENUMERATORS",
    "MONEY_WORD",
    "NOTES",
    "OR_SAME",
    "PIECE_MARK",
    "SAME_SUM",
    "TOTAL",
    "WITHOUT_COST",
]

_NOT_YET = r"(?! (?:estimat|available|yet|define|determine|definid|determinad|estimad|connu))"
_NOT_APPLICABLE = (
    r"\b(?:at )?no (?:additional |extra |direct )?costs?\b"
    + _NOT_YET
    + r"|\bwithout (?:any )?costs?\b|\bcost[- ]free\b|\bfree of (?:charge|cost)\b|\bnot required\b|"
    r"\bnone (?:required|needed|necessary)\b|\bno (?:financial |additional |specific )?"
    r"(?:resources?|budget|funds?|funding|financing)(?: (?:is|are))? (?:required|needed|"
    r"necessary)\b|\bsans (?:frais|incidence financiere)\b|\bsans couts?\b"
    + _NOT_YET
    + r"|\bpas de (?:couts?|frais)\b|\baucune? (?:couts?|frais|depense|ressource|"
    r"financement|budget)\b|\bsin (?:costos?|costes?|gastos?)\b"
    + _NOT_YET
    + r"|\bno (?:requiere|se requieren?|necesita)\b|\bgratuit[eos]*\b|\bgratuitement\b|"
    r"\bgratis\b|\bsem (?:custos?|onus|despesas?|encargos?)\b|\bcusto zero\b|\bcost[eo]s? cero\b|"
    r"\b(?:بدون|بلا|دون) (?:اي )?(?:تكلف|كلف|مقابل)|\bمجانا|"
    r"\bningun[oa]?\b (?:costo|recurso|gasto)\b"
)
_BY = r"(?:by|from|under|within|through|as part of)"
_EMBEDDED = (
    r"\b(?:embedded|included?|integrated|incorporated|subsumed|mainstreamed) (?:already )?"
    r"(?:in|within|under|into|as part of)\b|"
    r"\b(?:covered|absorbed|borne|shouldered|funded|financed|paid|paid for|met|supported|provided|"
    r"sourced|defrayed) " + _BY + r"\b|\bcharged to\b|\bpart of (?:the )?(?:\w+ ){0,3}budget\b|"
    r"\b(?:from|within|under|in|through) (?:the |its |their )?(?:\w+ ){0,3}budgets?\b|"
    r"\bbudgets? (?:of|from) (?:the )?\w|\b(?:municipal|city|provincial|national|government|"
    r"ministry|regular|existing|lgu|mof|programme|project) budgets?\b|"
    r"\bpris(?:e?s?)? en charge (?:par|dans|sur)\b|"
    r"\b(?:inclus|incluse|incluses|compris|comprise|integres?|integrees?|incorpores?|imputes?|"
    r"imputees?|prevus?|prevues?|inscrits?|inscrites?|couverts?|couvertes?|finances?|financees?|"
    r"supportes?|supportees?) (?:dans|par|sur|au|aux|a)\b|\ba la charge d[eu'l]|"
    r"\b(?:sur|dans) le budget\b|\bbudget (?:de la|du|des|de l'|communal|municipal|regional)|"
    r"\b(?:incluid|integrad|incorporad|contemplad|previst|cubiert|financiad|asumid|absorbid|"
    r"sufragad|pagad)[oa]s? (?:em?|en|por|dentro|con|al)\b|\ba cargo de\b|\bcon cargo a\b|"
    r"\b(?:en|del|dentro del) presupuesto\b|\bpresupuesto (?:municipal|del?|institucional|"
    r"ordinario|nacional)\b|\bضمن ميزاني"
)

CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("to_be_determined", placeholder_pattern(*UNDECIDED)),
    ("in_kind", re.compile(r"\bin[- ]kind\b|\ben nature\b|\ben especies?\b|\bem generos\b|\bعيني")),
    ("not_applicable", placeholder_pattern("not_applicable")),
    ("not_applicable", re.compile(_NOT_APPLICABLE)),
    ("embedded", re.compile(_EMBEDDED)),
    ("not_stated", placeholder_pattern("not_stated")),
)
"""Why there is no figure, in the order in which the reasons count when a piece has several."""

NOTES = {
    "in_kind": "in kind",
    "embedded": "embedded in another budget",
    "to_be_determined": "to be determined",
}
"""What a reason becomes when a figure is stated beside it."""

WITHOUT_COST = re.compile(r"(?:zero|free|gratuite?|gratuito)\.?")
"""Words that mean "no cost" only where they are all that was typed."""

TOTAL = re.compile(r"(?<![-\w])(?:grand |in )?(?:totale?s?|totaux)(?!\w)|\baltogether\b")

_SUM_OF = (
    r"(?:[\s:.(]{0,3}(?:(?:a|the|an|un|une|el|of|de|du|d')\s)?(?:grand )?(?:total(?:s|e)?|amounts?|"
    r"sum|budget|cost|montant|cout|somme|monto|costo|presupuesto|suma)(?: (?:of|de|is|est|es))?)?"
    r"[\s:(]{0,3}"
)
_VAGUE = {
    "at_most": r"up to|at (?:the )?most|max(?:imum)?|no(?:t)? more than|not (?:to )?exceed(?:ing)?|"
    r"not to exceed|less than|under|below|jusqu'a|au (?:maximum|plus)|"
    r"(?:un )?maximum|plafonnee?s? a|moins de|hasta|(?:un )?maximo|como maximo|"
    r"no mas de|menos de|ate|no maximo|لا يتجاوز|عل[يى] الاكثر|≤|<=?",
    "at_least": r"at least|min(?:imum)?|not less than|no less than|more than|over|above|starting "
    r"from|starting at|au (?:minimum|moins)|a partir de|plus de|(?:un )?minimo|"
    r"al menos|por lo menos|como minimo|mas de|desde|pelo menos|no minimo|mais de|"
    r"اكثر من|عل[يى] الاقل|ما لا يقل عن|≥|>=?",
    "approximate": r"about|around|approx(?:imately)?|approximate|app|circa|ca|c|roughly|nearly|"
    r"almost|some|est|estimated(?: at| to be)?|estimation|estimates?|an estimated|"
    r"indicative(?:ly)?|environ|env|approximativement|a peu pres|autour d[e']|"
    r"de l'ordre de|pres de|presque|quelque|estimee?s? a|evaluee?s? a|"
    r"aproximad[oa](?:mente)?|aprox|alrededor de|cerca de|"
    r"حوالي|نحو|قراب[هة]|زهاء|تقريبا|un[oa]s|casi|"
    r"estimad[oa]s?(?: en)?|en torno a|mas o menos|~|≈|±|\+/-",
}
BEFORE = tuple(
    (
        kind,
        re.compile(
            rf"(?:(?<=\W)|^)(?:{words})(?:\.| of(?! the)| de)?{_SUM_OF}"
            r"(?:the |a |an |les |los |las |la )?$"
        ),
    )
    for kind, words in _VAGUE.items()
)
"""Words right before a figure that make it vague; to be searched in the text before it."""

AFTER = tuple(
    (kind, re.compile(rf"[\s,(]{{0,3}}(?:{words})(?!\w)"))
    for kind, words in (
        (
            "at_most",
            r"max(?:imum)?|at (?:the )?most|or less|ou moins|o menos|au (?:maximum|plus)|"
            r"maximo|como maximo|tops",
        ),
        (
            "at_least",
            r"\+|min(?:imum)?|at least|or more|and (?:above|over)|au (?:minimum|moins)|"
            r"ou plus|et plus|minimo|al menos|o mas|como minimo|y mas",
        ),
        (
            "approximate",
            r"approx(?:imately)?|(?:more )?or so|more or less|environ|estimated|est\.|"
            r"estimate|estimation|aprox(?:imad(?:amente|[oa]s?))?|mas o menos|"
            r"plus ou moins|estimad[oa]s?|estimee?s?|\(?indicative|\?",
        ),
    )
)
"""Words right after a figure that make it vague; to be matched at its end."""

MONEY_WORD = re.compile(
    r"\b(?:budget|costs?|amounts?|total|price|fees?|funds?|funding|grant|cout|couts|montant|prix|"
    r"frais|subvention|financement|costos?|costes?|monto|montos|importe|precio|presupuesto|"
    r"fondos|subvencion|valor)(?: (?:estimated|estime|estimado|total))?"
    r" ?(?:[:=]|\bof\b|\bde\b|\bis\b|\best\b|\bes\b) ?$"
)
"""A word for money right before a figure without a sign."""

OR_SAME = re.compile(
    r"[\s,;:()]*(?:(?:=|≈|~|/|i\.?e\.?|or|ou|o|soit|equivalent to|equivalent(?:e|es)?(?: a)?|equiv|"
    r"about|approx|environ|aprox|that is|es decir|c'est-a-dire)[\s.,:()=≈~]*){1,3}"
)
"""What joins an amount to the same amount in other words."""

SAME_SUM = re.compile(
    r"(?:=|≈|\bi\.?e\.?,?|\bsoit|\bequivalent\w*(?: to| a)?|\bequiv\.?|\bes decir,?|"
    r"\bc'est-a-dire,?)[\s:]*(?:(?:about|environ|approx\.?|aprox\.?)\s*)?$"
)
"""What introduces the same sum in other words, right before it."""

ENUMERATORS = group("numbered", "numbered")
"""Words before a number that make it a number of something, not of money."""

PIECE_MARK = re.compile(
    r"[,+&|]|\band\b|\bplus\b|\bet\b|\by\b|\be\b|\bmas\b|\bwhile\b|\bbut\b|\bmais\b|\bpero\b|"
    r" [-–/] |\. "
)
"""Where one line may be cut between two statements about money."""
