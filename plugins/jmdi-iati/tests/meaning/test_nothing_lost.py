"""Everything that an activity can say is data, or is listed as kept in its XML only."""

from __future__ import annotations

import io
import itertools
import json

import pytest
from lxml import etree

import jmdi
from jmdi_iati.standard.schema import rule_of

READ_AS_SOMETHING_ELSE = {
    "description/@type": "the field that it goes to",
    "activity-date/@type": "the date that it is",
    "activity-date/@iso-date": "of a type that is none; I309 says it",
    "iati-activity/@default-currency": "the currency of amounts",
    "iati-organisation/@default-currency": "the currency of amounts",
    "recipient-country/@percentage": "shares, of 1",
    "recipient-region/@percentage": "shares, of 1",
    "sector/@percentage": "shares, of 1",
    "country-budget-items/budget-item/@percentage": "shares, of 1",
    "location/@ref": "the territory of a value",
    "location/point/@srsName": "degrees are of WGS 84",
    "result/indicator/baseline/@year": "the day says it too",
}


def whole(rule, tag, numbers):
    """An element with all that the schema names, each with a text of its own."""

    def text(kind):
        n = next(numbers)
        return {
            "date": f"{1905 + n % 150}-01-01",
            "dateTime": f"{1905 + n % 150}-01-01T00:00:00Z",
            "decimal": f"7{n}7",
            "boolean": "true",
            "int": f"7{n}7",
            "nonNegativeInteger": f"7{n}7",
            "positiveInteger": f"{1905 + n % 150}",
            "anyURI": f"http://zq{n}q.example",
        }.get(kind, f"zq{n}q")

    made = etree.Element(tag, {name: text(kind) for name, kind in rule.attributes.items()})
    made.text = text(rule.text) if rule.text else None
    made.extend(whole(child, name, numbers) for name, child in rule.children.items())
    return made


@pytest.mark.parametrize("tag", ["iati-activity", "iati-organisation"])
def test_nothing_is_lost_in_silence(files, tag):
    activity = whole(rule_of(tag), tag, itertools.count(1))
    for contact in activity.findall("contact-info"):  # counted by I205
        activity.remove(contact)
    data = files.document(etree.tostring(activity, encoding="unicode"))
    dataset, _ = files.read(data, limits=jmdi.Limits(alike=1000))
    out = io.BytesIO()
    dataset.write(out, format="jsonl")
    records = [json.loads(line) for line in out.getvalue().decode().splitlines()[1:]]
    for record in records:
        for facet in ("iati:activity", "iati:organisation"):
            record.get(facet, {}).pop("xml", None)
    data_text = json.dumps(records)
    listed = {p.message.rpartition("data: ")[2] for p in dataset.problems if "I507" in p.code}
    listed = {name.partition(": ")[0] for name in listed}
    for part in activity.iter():
        tags = [*[above.tag for above in part.iterancestors()][::-1][1:], part.tag]
        aside = {"words of " + tags[-2] if len(tags) > 1 else "", *tags}
        aside |= {f"{a}/{b}" for a, b in itertools.pairwise(tags)}
        texts = {f"{'/'.join(tags)}/@{k}": v for k, v in part.attrib.items()}
        texts |= {"/".join(tags): part.text} if part.text else {}
        for path, text in texts.items():
            if text in data_text or path in READ_AS_SOMETHING_ELSE:
                continue
            name = f"{part.tag}/@{path.partition('@')[2]}"
            assert ({name} | aside) & listed, path
