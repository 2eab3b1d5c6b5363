"""Results have the labels of the records that they mention."""

from __future__ import annotations

import pickle

import pytest

import jmdi
from jmdi.metrics import NeedsChoice
from jmdi.running import labelling


def actor(id: str, name: str = "") -> jmdi.Actor:
    return jmdi.Actor(id=id, names={"en": name} if name else {})


def named(dataset: jmdi.Dataset) -> jmdi.Result:
    """Mentions ids as keys, in nested values, in notes and as what it rests on."""
    return jmdi.Result(
        values={"a": 1, "a → b": 2, "b – a": 3, "x": {"best": "c"}},
        notes={"left_out": ("d",), "other": "no id"},
        contributing=("e",),
    )


METRIC = jmdi.Metric("own:named", named, on="dataset")
ACTORS = [actor(x, f"Town {x.upper()}") for x in "abcde"]


def test_ids_wherever_they_stand_have_labels() -> None:
    found = jmdi.Dataset([*ACTORS, actor("x"), actor("f", "Nobody")]).metric(METRIC)
    assert found.labels == {x: f"Town {x.upper()}" for x in "abcde"}
    assert list(found.table()) == [
        ("a", "Town A", 1, None),
        ("a → b", "Town A → Town B", 2, None),
        ("b – a", "Town B – Town A", 3, None),
        ("x", None, None, "c"),
    ]
    assert found.table().columns == ("element", "label", "value", "best")


def test_labels_are_for_readers_and_no_part_of_the_value() -> None:
    found = jmdi.Dataset(ACTORS).metric(METRIC)
    again = pickle.loads(pickle.dumps(found))
    assert again.labels == found.labels
    assert found.to_dict()["labels"]["a"] == "Town A"
    plain = jmdi.Dataset(actor(x) for x in "abcde").metric(METRIC)
    assert plain.labels == {}
    assert plain.table().columns == ("element", "value", "best")


def test_a_network_without_a_dataset_has_the_labels_of_its_nodes() -> None:
    net = jmdi.Network.from_edges([("n1", "n2")], nodes={"n1": {"label": "Town"}})
    counted = jmdi.Metric("own:each", lambda network: dict.fromkeys(network.nodes, 1))
    assert net.metric(counted).labels == {"n1": "Town"}


def test_very_many_ids_have_no_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labelling, "LABELLED", 3)
    assert jmdi.Dataset(ACTORS).metric(METRIC).labels == {}


def test_a_choice_that_is_needed_ends_a_metric_undefined() -> None:
    def choosy(dataset: jmdi.Dataset) -> float:
        raise NeedsChoice("town", ["a", "b"], "towns")

    found = jmdi.Dataset(ACTORS).metric(jmdi.Metric("own:choosy", choosy, on="dataset"))
    assert found.undefined == "needs_choice"
    assert found.why == "there are 2 towns: name one as town="
    assert found.notes["choices"] == {"town": ("a", "b")}
    assert found.labels == {"a": "Town A", "b": "Town B"}
    error = pickle.loads(pickle.dumps(NeedsChoice("town", ["a"], "towns")))
    assert (error.parameter, error.options, error.reason) == ("town", ("a",), "needs_choice")
