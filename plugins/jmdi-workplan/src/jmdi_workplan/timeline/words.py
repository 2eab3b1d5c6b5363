"""The words of dates in English, French, Spanish, Portuguese and Arabic, and what they do.

Words stand folded: lower case, no accents; an apostrophe stays with the word before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

__all__ = ["DOTTED_MONTHS", "LONGEST_PHRASE", "ROMAN", "WORDS"]

_MONTHS = (
    "january jan janvier janv enero ene janeiro يناير جانفي",
    "february feb fevrier fevr fev febrero fevereiro فبراير فيفري شباط",
    "march mar mars marzo marco مارس اذار",
    "april apr avril avr abril abr ابريل افريل نيسان",
    "may mai mayo maio مايو ماي ايار",
    "june jun juin junio junho يونيو جوان حزيران",
    "july jul juillet juil julio julho يوليو يوليوز جويلية تموز",
    "august aug aout aou agosto ago اغسطس اوت غشت",
    "september sep sept septembre septiembre setiembre setembro سبتمبر شتنبر ايلول",
    "october oct octobre octubre outubro اكتوبر",
    "november nov novembre noviembre novembro نوفمبر نونبر",
    "december dec decembre diciembre dic dezembro dez ديسمبر دجنبر",
)

DOTTED_MONTHS = MappingProxyType({"set": 9, "out": 10})
"""Short months that are words of English too: months only with a dot after them."""

ROMAN = MappingProxyType({"i": 1, "ii": 2, "iii": 3, "iv": 4})

_ORDINALS = (
    "first premier premiere primer primero primera primeiro primeira 1er",
    "second seconde deuxieme segundo segunda",
    "third troisieme tercer tercero tercera terceiro terceira",
    "fourth quatrieme cuarto cuarta quarto quarta",
    "fifth cinquieme quinto quinta",
)

_UNITS = {
    "quarter": "quarter quarters qtr trimester trimestre trimestres trim",
    "semester": "semester semesters semestre semestres half halves",
    "quadrimester": "quadrimester cuatrimestre cuatrimestres quadrimestre quadrimestres",
    "bimester": "bimestre bimestres",
    "fortnight": "quinzaine quincena quinzena",
    "fortnight?": "fortnight",
}

_SEASONS = {
    21: "spring printemps primavera",
    22: "summer ete verano verao",
    23: "autumn fall automne otono outono",
    24: "winter hiver invierno inverno",
}

_DURATIONS = {
    "hour": "hour hours heure heures hora horas minutes min",
    "day": "day days jour jours journee journees dia dias",
    "week": "week weeks semaine semaines semana semanas",
    "month": "month months mois mes meses",
    "year": "year years annee annees ano anos an ans cy",
}

_EACH = {
    "month": "each month|every month|monthly|chaque mois|tous les mois|mensuel|mensuelle|"
    "mensuellement|cada mes|todos los meses|mensual|mensualmente",
    "quarter": "each quarter|every quarter|quarterly|chaque trimestre|tous les trimestres|"
    "trimestriel|trimestrielle|trimestriellement|cada trimestre|trimestral|trimestralmente",
    "semester": "each semester|every semester|chaque semestre|tous les semestres|semestriel|"
    "semestrielle|cada semestre|semestral",
    "year": "each year|every year|annually|yearly|chaque annee|tous les ans|annuellement|"
    "cada ano|todos los anos|anualmente",
    "other": "each week|every week|weekly|daily|chaque semaine|cada semana|hebdomadaire|"
    "quotidien|semanal|semanalmente|diario|bimonthly|bimensuel|regularly|regulierement|"
    "periodically|periodicamente|regularmente|as needed|au besoin|si necesario",
}

_PARTS = {
    "early": "early|debut|debut de|beginning|beginning of|start of|inicio|inicios|principios|"
    "a principios|a principios de|comienzos|a comienzos|a comienzos de|a inicios|a inicios de|"
    "start|comienzo",
    "mid": "mid|middle|middle of|mi|milieu|mediados|a mediados|a mediados de|meados",
    "late": "late|end|end of|fin|fin de|a la fin de|la fin de|fines|a fines|"
    "a fines de|finales|a finales|a finales de|final|final de|fim",
}

_SINGLE = {
    "of": "of de d' du del des do da",
    "glue": "the le la les l' el los las in on en em dans during durant pendant durante courant "
    "throughout for pour para within all whole toute tout todo toda only just",
    "weekday": "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi "
    "jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo",
    "noise": "date dates exact exacte exactes exactas exacta fecha fechas period periode periodo "
    "timeline calendrier cronograma planned scheduled prevu prevue prevus prevues previsto "
    "prevista previstos previstas held launch lancement lanzamiento be will is are se sera seront "
    "duree duration duracion",
    "soft": "a au aux al ao ate",
    "range": "to through thru",
    "until": "until till til by jusque hasta deadline due echeance",
    "before": "before avant antes",
    "after": "after following apres despues tras",
    "since": "from since starting commencing depuis desde",
    "onwards": "onwards onward thereafter",
    "start": "starts debute commence inicia comienza",
    "end": "ends termina",
    "between": "between entre",
    "and": "and et y e then puis luego",
    "or": "or ou o u",
    "except": "not except excluding excepted without sauf hors excepto salvo excluyendo postponed "
    "rescheduled moved reporte reportee deplace pospuesto aplazado reprogramado instead",
    "approx": "about around approx approximately circa ca vers environ hacia aproximadamente aprox "
    "towards toward roughly",
    "unsure": "tentative tentatively provisional provisionally provisoire tentativo tentativa "
    "possibly probably posiblemente indicative indicatif indicativo estimated estime estimee "
    "estimado estimada",
    "ongoing": "ongoing continuous continuously continuing continual permanent permanently "
    "underway continu continue permanente continuo continua",
    "present": "present now today actualidad hoy presente",
    "fiscal": "fy fiscal exercice ejercicio",
    "calendar": "bs bikram vikram sambat samvat nepali hijri hijra hegire ah ec ethiopian "
    "baisakh baishakh vaishakh vaisakh jestha jeth jyestha asar ashar ashadh asadh shrawan saun "
    "sawan shravan bhadra bhadau ashwin ashoj asoj aswin kartik mangsir margashirsha poush paush "
    "magh falgun phalgun fagun phagun chaitra chait "
    "muharram safar rabi jumada rajab shaban shawwal dhu zulhijja "
    "meskerem tikimt hidar tahsas yekatit megabit miyazya ginbot hamle nehase",
    "feast": "ramadan ramadhan ramzan eid tabaski korite magal gamou mawlid maouloud mouloud "
    "ashura achoura easter paques pascua pascuas pascoa christmas noel navidad natal carnival "
    "carnaval lent careme cuaresma diwali deepawali tihar dashain dasain holi chhath teej lhosar "
    "losar vesak nowruz novruz thanksgiving toussaint pentecost pentecote season saison "
    "temporada estacion hivernage harvest recolte cosecha monsoon mousson lluvias elections "
    "elecciones",
    "money": "usd us eur php xof fcfa cfa gbp chf cad mad tnd npr crc dh dhs dinar dinars dirham "
    "dirhams dollar dollars euro euros peso pesos colon colones rupee rupees roupies roupie franc "
    "francs rs million millions millones millon mil mille thousand k",
    "count": "participants participant people persons person beneficiaries families households "
    "migrants migrant women men youth youths children students pupils trainers trainees workers "
    "stakeholders local members farmers returnees refugees villages communities municipalities "
    "workshops sessions events meetings trainings kits brochures copies leaflets posters jobs "
    "entrepreneurs officials officers planners experts volunteers associations schools "
    "young adults returned km ha "
    "personnes beneficiaires familles menages femmes hommes jeunes enfants eleves etudiants "
    "habitants exemplaires acteurs elus membres formateurs ateliers reunions seances emplois "
    "agriculteurs communes "
    "personas participantes beneficiarios beneficiarias familias hogares mujeres hombres jovenes "
    "ninos ninas estudiantes migrantes ejemplares miembros comunidades talleres reuniones "
    "sesiones empleos agricultores municipios funcionarios",
}

_PHRASES = {
    "month of": "month of|months of|mois de|mois d'|mes de|meses de",
    "glue": "au cours|au cours de|in the course of|all of",
    "noise": "to be held|will be held|est prevu",
    "until": "up to|no later than|not later than|jusqu' a|jusqu' au|jusqu' aux|jusqu' en|d' ici|"
    "d' ici a|d' ici au|au plus tard|au plus tard en|au plus tard le|a mas tardar|"
    "a mas tardar en|due by|date limite|fecha limite",
    "before": "prior to|avant le|antes de|antes del",
    "after": "despues de|despues del|depois de",
    "since": "starting from|starting in|starting on|as from|as of|beginning in|beginning on|"
    "a partir de|a partir du|a partir d'|a partir del|a compter de|a compter du",
    "onwards": "and onwards|and beyond|and after|and thereafter|et suivants|et suivantes|"
    "en adelante|y siguientes",
    "start": "starts in|starts on|start date|date de debut|fecha de inicio",
    "end": "ends in|ends on|end date|date de fin|fecha de fin|fecha de termino",
    "and": "and then|as well as|ainsi que|asi como",
    "approx": "alrededor de|cerca de",
    "unsure": "peut etre|a titre indicatif",
    "ongoing": "on going|in progress|under way|en cours|en continu|en permanence|en curso|"
    "en ejecucion|tout au long|year round|all year|all year round|throughout the year|"
    "throughout the project|toute l' annee|todo el ano|durante todo el ano|tout au long du projet",
    "present": "the present|to date|a ce jour|ce jour|aujourd' hui|la actualidad|la fecha|"
    "el presente",
    "fiscal": "fiscal year|financial year|budget year|exercice fiscal|exercice budgetaire|"
    "annee fiscale|annee budgetaire|ano fiscal|ejercicio fiscal|ejercicio presupuestario",
    "feast": "aid el|aid al|holy week|semaine sainte|semana santa|new year|nouvel an|ano nuevo|"
    "all saints|school year|annee scolaire|ano escolar",
}


def _entries() -> Iterator[tuple[str, tuple[str, str | int]]]:
    """Each word or phrase with its kind and value; the first meaning of a word holds."""
    for number, words in enumerate(_MONTHS, start=1):
        yield from ((word, ("month", number)) for word in words.split())
    for number, words in enumerate(_ORDINALS, start=1):
        yield from ((word, ("ordinal", number)) for word in words.split())
    last = "last dernier derniere ultimo ultima"
    yield from ((word, ("ordinal", -1)) for word in last.split())
    for unit, words in _UNITS.items():
        yield from ((word, ("unit", unit)) for word in words.split())
    for code, words in _SEASONS.items():
        yield from ((word, ("season", code)) for word in words.split())
    for unit, words in _DURATIONS.items():
        yield from ((word, ("length", unit)) for word in words.split())
    for unit, phrases in _EACH.items():
        yield from ((phrase, ("each", unit)) for phrase in phrases.split("|"))
    for part, phrases in _PARTS.items():
        yield from ((phrase, ("part", part)) for phrase in phrases.split("|"))
    for kind, words in _SINGLE.items():
        yield from ((word, (kind, "")) for word in words.split())
    for kind, phrases in _PHRASES.items():
        yield from ((phrase, (kind, "")) for phrase in phrases.split("|"))


def _lexicon() -> Mapping[str, tuple[str, str | int]]:
    words: dict[str, tuple[str, str | int]] = {}
    for phrase, meaning in _entries():
        words.setdefault(phrase, meaning)
    return MappingProxyType(words)


WORDS = _lexicon()
"""Kind and value of each word and phrase."""

LONGEST_PHRASE = max(len(phrase.split()) for phrase in WORDS)
