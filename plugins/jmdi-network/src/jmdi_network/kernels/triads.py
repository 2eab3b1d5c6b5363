"""Triples of actors: triangles, and the sixteen forms of a triple."""

from __future__ import annotations

import numpy as np

from jmdi_network.arrays import Floats, Graph, Sparse

__all__ = ["TRIADS", "triad_counts", "triple_counts"]


def triple_counts(graph: Graph) -> tuple[Floats, Floats]:
    """Triangles of each node and pairs of its neighbours, direction ignored; float64, n each."""
    from jmdi_network.kernels.local import triangles

    simple = graph.undirected()
    closed = triangles(*simple.neighbours())
    degree = simple.degrees().astype(np.float64)
    return closed.astype(np.float64), degree * (degree - 1) / 2


TRIADS = (
    "003",
    "012",
    "102",
    "021D",
    "021U",
    "021C",
    "111D",
    "111U",
    "030T",
    "030C",
    "201",
    "120D",
    "120U",
    "120C",
    "210",
    "300",
)


def triad_counts(graph: Graph) -> list[int]:
    """Counts after Moody 1998, Social Networks 20:291, by sparse matrix products.

    M, A are the matrices of mutual and one-sided ties. Forms with two or three tied pairs
    come from products of two of them, filtered by a third; the rest by subtraction.
    """
    n = graph.n
    arcs = graph.binary("out")
    mutual = arcs.multiply(arcs.T).tocsr()
    one = (arcs - mutual).tocsr()
    one.eliminate_zeros()
    back = one.T.tocsr()

    def closed(a: Sparse, b: Sparse, by: Sparse) -> int:
        return round(float((a @ b).multiply(by).sum()))

    full = {
        "030T": closed(one, one, one),
        "030C": closed(one, one, back) // 3,
        "120D": closed(back, one, mutual) // 2,
        "120U": closed(one, back, mutual) // 2,
        "120C": closed(one, one, mutual),
        "210": closed(mutual, mutual, one),
        "300": closed(mutual, mutual, mutual) // 6,
    }
    out, into = np.asarray(one.sum(axis=1)).ravel(), np.asarray(one.sum(axis=0)).ravel()
    both = np.asarray(mutual.sum(axis=1)).ravel()
    t, c = full["030T"], full["030C"]
    d, u, p = full["120D"], full["120U"], full["120C"]
    two = {
        "021D": round(float((out * (out - 1)).sum())) // 2 - t - d,
        "021U": round(float((into * (into - 1)).sum())) // 2 - t - u,
        "021C": round(float((out * into).sum())) - t - 3 * c - p,
        "111U": round(float((both * out).sum())) - 2 * u - p - full["210"],
        "111D": round(float((both * into).sum())) - 2 * d - p - full["210"],
        "201": round(float((both * (both - 1)).sum())) // 2 - full["210"] - 3 * full["300"],
    }
    ties_one, ties_two = round(float(one.sum())), round(float(mutual.sum())) // 2
    holding = {
        "012": ties_one * (n - 2)
        - 2 * (two["021D"] + two["021U"] + two["021C"])
        - two["111U"]
        - two["111D"]
        - 3 * (t + c)
        - 2 * (d + u + p)
        - full["210"],
        "102": ties_two * (n - 2)
        - two["111U"]
        - two["111D"]
        - 2 * two["201"]
        - (d + u + p)
        - 2 * full["210"]
        - 3 * full["300"],
    }
    every = {**full, **two, **holding}
    every["003"] = n * (n - 1) * (n - 2) // 6 - sum(every.values())
    return [every[name] for name in TRIADS]
