"""A kernel that only reads gives the same as plain Python and compiled, to the last bit."""

from __future__ import annotations

import contextlib
import copy
import importlib
import pickle
import pkgutil
from typing import Any

import numpy as np
import pytest
from network_helpers import MODEL, karate, measure, random_net

import jmdi_network.kernels
from jmdi.errors import JmdiError
from jmdi.graph.network import Network
from jmdi_network import onto
from jmdi_network.kernels import jit
from jmdi_network.kernels.streams import random_bits

GROUPED = {str(i): {"g": "ab"[i % 2]} for i in range(9)}
NETWORKS = [
    karate(),
    random_net(3, 9, 0.3, directed=True, weights=True),
    random_net(4, 12, 0.2, weights=True),
    Network.from_edges([("0", "1"), ("1", "2"), ("2", "3"), ("3", "0"), ("4", "5")], nodes=GROUPED),
    Network.from_edges([("0", "1"), ("1", "2"), ("2", "0")], nodes=GROUPED, directed=True),
]

BIPARTITE = Network(
    "two", ["a", "b", "c", "x", "y", "z"], [0, 0, 1, 1, 2], [3, 4, 4, 5, 3], mode=[0] * 3 + [1] * 3
)

CHOICES: list[dict[str, Any]] = [
    {"groups": "g"},
    {"draws": 3, "groups": "g", "weighted": True},
    {"length": "inverse", "mean": "geometric", "groups": "g"},
    {"kind": "strong"},
    {"over": "two-steps"},
]


def kernels() -> dict[str, Any]:
    """All kernels with two forms, by module and name."""
    found = {}
    for module in pkgutil.iter_modules(jmdi_network.kernels.__path__):
        loaded = importlib.import_module(f"jmdi_network.kernels.{module.name}")
        for name, value in vars(loaded).items():
            if isinstance(value, jit._ReadingKernel):
                found[f"{value.__module__}.{name}"] = value
    return found


def alike(one: Any, two: Any) -> bool:
    if isinstance(one, tuple):
        return len(one) == len(two) and all(map(alike, one, two))
    if isinstance(one, np.ndarray):
        return one.dtype == two.dtype and np.array_equal(one, two, equal_nan=one.dtype.kind == "f")
    return bool(one == two or (one != one and two != two))


def test_both_forms_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: set[str] = set()

    def both(self: Any, *args: Any) -> Any:
        before = copy.deepcopy(args)
        plain, compiled = self.in_python(*args), self.compiled(*args)
        name = f"{self.__module__}.{self.__name__}"
        assert alike(plain, compiled) and alike(before, args), name
        tried.add(name)
        return compiled

    monkeypatch.setattr(jit._ReadingKernel, "__call__", both)
    for network in NETWORKS:
        measure_all(network)
    for weight in ("count", "newman", "jaccard"):
        assert onto(BIPARTITE, weight=weight).n_nodes == 3
    missed = set(kernels()) - tried
    assert not missed


def measure_all(network: Network) -> None:
    """Computes what can be computed of a network, by groups and by weight too."""
    for name, metric in MODEL.catalog.metrics.items():
        if not name.startswith("network:") or metric.on != "network":
            continue
        for choice in CHOICES:
            named = {p.name for p in metric.parameters if p.name in choice}
            with contextlib.suppress(JmdiError):
                measure(network, name, **{name: choice[name] for name in named})


def test_a_kernel_is_pickled_by_its_name() -> None:
    assert pickle.loads(pickle.dumps(random_bits)) is random_bits


def test_what_is_too_much_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    forms: list[str] = []
    monkeypatch.setattr(jit, "_left", [1.0])

    @jit.reading_kernel
    def ones(values: Any, n: int) -> Any:
        return np.full(n, 1, np.int32)

    monkeypatch.setattr(ones, "in_python", lambda *_: forms.append("plain"), raising=False)
    ones(np.zeros(6), 3)
    ones(np.zeros(jit.MOST), 0)
    monkeypatch.setattr(jit, "_left", [0.0])
    assert forms == ["plain", "plain"]
    assert ones(np.zeros(6), 3).tolist() == [1, 1, 1]  # no time is left
    monkeypatch.setattr(jit, "_left", [1.0])
    ones(np.zeros(6), 3)
    assert forms == ["plain", "plain"]  # it is compiled already


def test_a_large_input_is_compiled() -> None:
    @jit.reading_kernel
    def first(values: Any) -> Any:
        return values[0]

    assert first(np.ones(jit.MOST + 1)) == 1
    assert "compiled" in vars(first)


def test_time_in_plain_python_is_taken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    @jit.reading_kernel
    def first(values: Any) -> Any:
        return values[0]

    monkeypatch.setattr(jit, "_left", [1.0])
    assert first(np.ones(3)) == 1
    assert 0 < jit._left[0] < 1
