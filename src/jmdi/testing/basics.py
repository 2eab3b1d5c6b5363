"""Hypothesis strategies for the plain values that records are made of."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

__all__ = [
    "decimals",
    "edtf_texts",
    "ids",
    "json_objects",
    "json_values",
    "texts",
    "unknown_members",
    "words",
]

_TYPED = (
    "Municipalité de l'Est – phase 2",
    "الهجرة والتنمية المحلية",
    "e\u0301cole",
    "한국 지방정부",
    "Ꮳꮃꭹ 🤝🏽 👩‍👩‍👧",
    "1 500,000 DT\u00a0(à confirmer)",
    '"quoted", \\ back\nnew\ttab \u2028 \u0000',
    "=SUM(A1)",
)
"""Words as people type them, with what most often goes wrong in files."""

_LANGUAGES = ("en", "fr", "es", "ar", "und", "pt-BR", "zh-Hant")


def words(*, max_size: int = 20) -> SearchStrategy[str]:
    """Texts of any Unicode that can be written as UTF-8, so without half surrogate pairs.

    Args:
        max_size: Most characters of a random text; some texts are ready-made and longer.
    """
    # The same as codec="utf-8", for which Hypothesis first tries to encode each character there is.
    characters = st.characters(exclude_categories=["Cs"])
    return st.text(characters, max_size=max_size) | st.sampled_from(_TYPED)


def texts() -> SearchStrategy[dict[str, str]]:
    """Texts by language."""
    return st.dictionaries(st.sampled_from(_LANGUAGES), words(), max_size=3)


def ids() -> SearchStrategy[str]:
    """Ids as jmdi makes them, and any other text that is not empty."""
    made = st.builds("{}/{:024x}".format, st.sampled_from(("actor", "x")), st.integers(0, 99))
    return made | words().filter(bool)


def decimals() -> SearchStrategy[Decimal]:
    """Finite decimal numbers, exact ones with many digits too."""
    limit = Decimal(10) ** 12
    plain = st.integers(0, 6).flatmap(lambda places: st.decimals(-limit, limit, places=places))
    special = ("0", "-0", "0.10", "1E+20", "-1E-20", "9" * 40, "0." + "3" * 40)
    return plain | st.sampled_from([Decimal(text) for text in special])


def json_values(*, max_leaves: int = 6) -> SearchStrategy[Any]:
    """JSON values as jmdi reads them: a number that does not fit a double is a Decimal.

    Args:
        max_leaves: About how many plain values a nested one holds.
    """
    special = ("1E+400", "-1E-400", "0.1000000000000000000001")
    huge = st.sampled_from([Decimal(text) for text in special])
    plain = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.integers(-(10**40), 10**40)
        | st.floats(allow_nan=False, allow_infinity=False)
        | huge
        | words()
    )
    return st.recursive(
        plain,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words(), inner, max_size=3),
        max_leaves=max_leaves,
    )


def json_objects(*, avoid: Iterable[str] = ()) -> SearchStrategy[dict[str, Any]]:
    """JSON objects.

    Args:
        avoid: Names that no member has.
    """
    taken = frozenset(avoid)
    name = words().filter(lambda text: text not in taken)
    return st.dictionaries(name, json_values(), max_size=3)


def unknown_members(*, avoid: Iterable[str] = ()) -> SearchStrategy[dict[str, Any]]:
    """Members that no kind declares, as later versions and plugins add them.

    Args:
        avoid: The names that are declared where the members are to stand.
    """
    return _members_but(frozenset(avoid) | {"kind", "id", "source", "target", "sources"})


@functools.cache
def _members_but(taken: frozenset[str]) -> SearchStrategy[dict[str, Any]]:
    named = st.sampled_from(("x_note", "other:block", "other:facet", "~1/0", "", "__class__"))
    name = (named | words(max_size=8)).filter(lambda text: text not in taken)
    return st.dictionaries(name, json_values(), max_size=3)


def edtf_texts() -> SearchStrategy[str]:
    """Dates in EDTF: dates, intervals, open and uncertain ones, quarters, sets."""
    year = st.integers(1900, 2099).map(str)
    month = st.builds("{}-{:02}".format, year, st.integers(1, 12))
    day = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)).map(str)
    exact = year | month | day
    uncertain = st.builds("{}{}".format, exact, st.sampled_from("?~%"))
    season = st.builds("{}-{}".format, year, st.sampled_from((*range(21, 25), *range(33, 42))))
    vague = st.sampled_from(("201X", "20XX", "2015-XX", "2015-10-XX"))
    early = st.builds("{}-{:02}".format, st.integers(1900, 1999), st.integers(1, 12))
    late = st.builds("{}-{:02}".format, st.integers(2000, 2099), st.integers(1, 12))
    interval = st.builds("{}/{}".format, early | st.just("..") | st.just(""), late)
    endless = st.builds("{}/{}".format, early, st.sampled_from(("..", "")))
    listed = st.lists(exact, min_size=1, max_size=3, unique=True).map(",".join)
    sets = listed.map("{{{}}}".format) | listed.map("[{}]".format)
    return exact | uncertain | season | vague | interval | endless | sets
