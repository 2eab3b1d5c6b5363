"""Organisations named in the same words are one; words that differ in anything that counts are not.

How an organisation was understood is remembered by all that is written of it.
"""

from __future__ import annotations

import jmdi


def named(dataset, id):
    return {(claim.field, claim.value) for claim in dataset.of(jmdi.Claim) if claim.about == id}


def test_one_name_in_another_language_is_said_too(files):
    one = '<participating-org ref="GB-CHC-1" role="{}" {}>Alpha</participating-org>'
    activity = files.activity(one.format(1, ""), one.format(4, 'xml:lang="fr"'))
    dataset, _ = files.read(files.document(activity, version='"1.05"'))
    (actor,) = (a for a in dataset.of(jmdi.Actor) if "Alpha" in a.names.values())
    assert dict(actor.names) == {"en": "Alpha"}
    assert named(dataset, actor.id) == {("/names/fr", '"Alpha"')}


def test_other_elements_within_do_not_stand_for_the_name(files):
    one = '<participating-org role="4">{}<x/></participating-org>'
    activity = files.activity(one.format("Alpha"), one.format("Beta"))
    dataset, _ = files.read(files.document(activity, version='"1.05"'))
    assert {"Alpha", "Beta"} <= {a.label() for a in dataset.of(jmdi.Actor)}
