"""Each metric on the invented programme beside a value that a plain loop over its records finds."""

from __future__ import annotations

import hashlib
import itertools
import math
import statistics
from collections import Counter, defaultdict

import pytest

import jmdi
from jmdi import (
    Action,
    Actor,
    Coded,
    Derives,
    Disseminated,
    KnowledgeItem,
    KnowledgeProduct,
    Observation,
    Practice,
    Territory,
    Tie,
)

DS = jmdi.datasets.load("sample")
ITEMS = {item.id: item for item in DS.of(KnowledgeItem) if item.id != "item/thread"}
PRODUCTS = {product.id: product for product in DS.of(KnowledgeProduct)}
ACTORS = {actor.id: actor for actor in DS.of(Actor)}
CODED = [coding for coding in DS.of(Coded) if coding.source in ITEMS]
ABOVE = defaultdict(set)
for derivation in DS.of(Derives):
    ABOVE[derivation.target].add(derivation.source)
SENT = DS.of(Disseminated)


def measured(name, **given):
    return DS.metric(f"knowledge:{name}", **given)


def above(id):
    found = set(ABOVE[id])
    for one in ABOVE[id]:
        found |= above(one)
    return found


USED = {id: above(id) & PRODUCTS.keys() for id in ITEMS}


def test_codification():
    texts = [id for id, item in ITEMS.items() if item.text is not None]
    coded = {coding.source for coding in CODED}
    assert measured("codification").value == len([id for id in texts if id in coded]) / len(texts)


def test_consolidation_and_lag():
    value = sum(bool(used) for used in USED.values()) / len(ITEMS)
    assert measured("consolidation", closed_world=True).value == value
    assert measured("consolidation").lower == value and measured("consolidation").upper == 1

    def middle(period):
        return (period.start.toordinal() + period.end.toordinal()) / 2

    days = [
        middle(PRODUCTS[product].published) - middle(ITEMS[id].date)
        for id, used in USED.items()
        for product in used
    ]
    assert measured("consolidation-lag").value == statistics.median(days)


def test_traceability():
    intact = {
        coding.source
        for coding in CODED
        if coding.text_digest == hashlib.sha256(ITEMS[coding.source].text.encode()).hexdigest()
    }
    found = {product for id in intact for product in USED[id]}
    assert measured("traceability").value == len(found) / len(PRODUCTS)


def test_conversion():
    practices = set(DS.of(Practice).ids())
    first = [id for id in ITEMS if ABOVE[id] & practices]
    second = [id for id in practices if ABOVE[id] & PRODUCTS.keys()]
    value = len(first) / len(ITEMS) * len(second) / len(practices)
    assert measured("conversion", closed_world=True).value == pytest.approx(value)


def test_agreement_on_documents():
    coders = sorted({coding.coder for coding in CODED})
    themes = sorted({coding.target for coding in CODED})
    given = {(coding.coder, coding.source, coding.target) for coding in CODED}
    seen = {(coding.coder, coding.source) for coding in CODED}
    rows = [
        [int((coder, id, theme) in given) for coder in coders if (coder, id) in seen]
        for id in ITEMS
        for theme in themes
    ]
    rows = [row for row in rows if len(row) == 2]
    ones = sum(map(sum, rows))
    n = 2 * len(rows)
    differ = sum(one != other for one, other in rows)
    value = 1 - (n - 1) * differ / (ones * (n - ones))
    assert measured("agreement").value == pytest.approx(value)
    assert measured("agreement").notes["pairable_values"] == n


@pytest.mark.parametrize("unit", ["character", "sentence"])
def test_agreement_on_parts_of_texts(unit):
    from jmdi_knowledge.agreement.units import sentences

    counts = Counter()
    for id, item in ITEMS.items():
        own = [coding for coding in CODED if coding.source == id]
        if len({coding.coder for coding in own}) < 2:
            continue
        size = len(item.text)
        pieces = sentences(item.text) if unit == "sentence" else [(k, k + 1) for k in range(size)]
        for theme in {coding.target for coding in CODED}:
            for start, stop in pieces:
                counts[
                    tuple(
                        any(
                            coding.coder == coder
                            and coding.target == theme
                            and max(coding.start, start) < min(coding.stop, stop)
                            for coding in own
                            if coding.stop <= size and coding.id != "coded/8-2-data"
                        )
                        for coder in ("coder 1", "coder 2")
                    )
                ] += 1
    n = 2 * counts.total()
    ones = sum(sum(pair) * many for pair, many in counts.items())
    differ = counts[True, False] + counts[False, True]
    value = 1 - (n - 1) * differ / (ones * (n - ones))
    assert measured("agreement", unit=unit).value == pytest.approx(value)


def test_co_occurrence_in_documents():
    themes = defaultdict(set)
    for coding in CODED:
        themes[coding.target].add(coding.source)
    found = measured("co-occurrence").values
    for one, other in itertools.combinations(sorted(themes), 2):
        both = len(themes[one] & themes[other])
        row = found.get(f"{one} – {other}")
        assert (row is None) == (not both)
        if row:
            assert row["jaccard"] == both / len(themes[one] | themes[other])


def test_gap_matrix():
    lands = set(DS.of(Territory).ids())
    cells = {(ITEMS[c.source].territory, c.target) for c in CODED if ITEMS[c.source].territory}
    value = len(cells) / (len(lands) * 7)
    assert measured("gap-matrix", closed_world=True).lower == value


def test_dissemination():
    reached = {sent.target for sent in SENT}
    assert measured("dissemination-reach", closed_world=True).value == len(reached) / len(ACTORS)
    known = [sent.reach for sent in SENT if sent.reach is not None]
    assert measured("people-reached").lower == sum(known)
    types = Counter(actor.type.code for actor in ACTORS.values() if actor.type)
    got = Counter(ACTORS[id].type.code for id in reached if ACTORS[id].type)
    apart = sum(abs(got[t] / got.total() - types[t] / types.total()) for t in types) / 2
    found = measured("dissemination-equity", closed_world=True)
    assert found.value == pytest.approx(apart)
    cells = {(ACTORS[sent.target].type.code, sent.source) for sent in SENT}
    listed = [id for id, product in PRODUCTS.items() if product.recipients_complete]
    here = [cell for cell in cells if cell[1] in listed]
    assert measured("recipient-matrix").value == len(here) / (len(types) * len(listed))


def test_measuring():
    roles = defaultdict(set)
    for seen in DS.of(Observation):
        if seen.role and (seen.text or seen.value is not None):
            roles[seen.of, seen.indicator].add(seen.role.code)
    whole = {of for (of, _), found in roles.items() if {"baseline", "target", "actual"} <= found}
    actions = set(DS.of(Action).ids())
    value = len(whole & actions) / len(actions)
    assert measured("measured-actions", closed_world=True).value == value
    found = {seen.id for seen in DS.of(Observation) if seen.role and seen.role.code == "actual"}
    found -= {seen.id for seen in DS.of(Observation) if not seen.text and seen.value is None}
    led = [id for id in found if ABOVE[id]]
    assert measured("loop-closure", closed_world=True).value == len(led) / len(found)
    used = {sent.source for sent in SENT if sent.use}
    assert measured("use-rate", closed_world=True).value == len(used) / len(PRODUCTS)


def test_balance():
    counts = Counter()
    for kind in (Action, Practice, KnowledgeProduct):
        for record in DS.of(kind):
            counts.update(record.pillars)
    for item in ITEMS.values():
        counts.update(item.pillars)
    n = counts.total()
    entropy = -sum(k / n * math.log(k / n) for k in counts.values())
    assert measured("pillar-balance").value == pytest.approx(entropy / math.log(5))


def test_sources():
    counts = Counter(item.source_type.code for item in ITEMS.values() if item.source_type)
    n = counts.total()
    entropy = -sum(k / n * math.log(k / n) for k in counts.values())
    assert measured("source-evenness").value == pytest.approx(entropy / math.log(5))


def test_ties():
    pairs = defaultdict(list)
    for tie in DS.of(Tie):
        if tie.state is None and tie.strength != 0 and tie.intensity != 0:
            pairs[frozenset((tie.source, tie.target))].append(tie)
    countries = [{ACTORS[id].country for id in pair} for pair in pairs]
    known = [both for both in countries if None not in both]
    value = sum(len(both) == 2 for both in known) / len(known)
    assert measured("international-ties").value == value
    firsts = Counter()
    for pair, ties in pairs.items():
        places = [ACTORS[id].territory for id in pair]
        if None not in places and len(set(places)) == 2:
            firsts[min(tie.period.edtf[:4] for tie in ties)] += 1
    assert dict(measured("new-cross-territory-ties").values) == dict(firsts)
