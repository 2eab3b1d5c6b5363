"""Colours differ for everybody, and stand out from what is behind them."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

import jmdi
from jmdi_report.palette import BACKGROUND, FAMILIES, GREY, looks

# Machado, Oliveira and Fernandes (2009), severity 1.0, applied to linear RGB.
VISION = {
    "normal": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


def linear(colour: str) -> np.ndarray:
    """Linear RGB of ``#rrggbb``, three values from 0 to 1."""
    s = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(s <= 0.04045, s / 12.92, ((s + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIELAB under D65 of linear RGB."""
    matrix = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    t = matrix @ np.clip(rgb, 0, 1) / (0.95047, 1.0, 1.08883)
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(one: np.ndarray, other: np.ndarray) -> float:
    """ΔE2000 of two CIELAB colours, as Sharma, Wu and Dalal (2005) write it."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_c = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(mean_c**7 / (mean_c**7 + 25**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for b, a in ((b1, a1), (b2, a2)))
    dl, dc = l2 - l1, c2 - c1
    dh = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    big_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(dh / 2))
    ml, mc = (l1 + l2) / 2, (c1 + c2) / 2
    if c1 * c2 == 0:
        mh = h1 + h2
    else:
        mh = (h1 + h2) / 2 if abs(h1 - h2) <= 180 else (h1 + h2 + 360) / 2 % 360
    t = (
        1
        - 0.17 * math.cos(math.radians(mh - 30))
        + 0.24 * math.cos(math.radians(2 * mh))
        + 0.32 * math.cos(math.radians(3 * mh + 6))
        - 0.20 * math.cos(math.radians(4 * mh - 63))
    )
    sl = 1 + 0.015 * (ml - 50) ** 2 / math.sqrt(20 + (ml - 50) ** 2)
    sc, sh = 1 + 0.045 * mc, 1 + 0.015 * mc * t
    turn = math.radians(60 * math.exp(-(((mh - 275) / 25) ** 2)))
    rt = -math.sin(turn) * 2 * math.sqrt(mc**7 / (mc**7 + 25**7))
    l_, c_, h_ = dl / sl, dc / sc, big_h / sh
    return math.sqrt(l_**2 + c_**2 + h_**2 + rt * c_ * h_)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, as WCAG 2.2 defines it."""
    y = sorted(float(linear(c) @ (0.2126, 0.7152, 0.0722)) for c in (one, other))
    return (y[1] + 0.05) / (y[0] + 0.05)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [  # rows 1, 7, 17, 25 and 34 of the test data of Sharma, Wu and Dalal
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_distance_is_that_of_the_literature(one, other, expected):
    assert ciede2000(np.array(one), np.array(other)) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", BACKGROUND)
def test_every_two_colours_differ_whatever_the_vision(theme, vision):
    colours = [getattr(look, theme) for look in FAMILIES]
    seen = [lab(VISION[vision] @ linear(colour)) for colour in colours]
    near = min(itertools.combinations(seen, 2), key=lambda pair: ciede2000(*pair))
    assert ciede2000(*near) >= 15


@pytest.mark.parametrize("theme", BACKGROUND)
def test_every_colour_stands_out_from_the_background(theme):
    colours = [getattr(look, theme) for look in FAMILIES]
    colours.append(GREY[list(BACKGROUND).index(theme)])
    assert min(contrast(colour, BACKGROUND[theme]) for colour in colours) >= 3


def test_no_two_families_share_a_shape():
    assert len({look.shape for look in FAMILIES}) == len(FAMILIES)


def test_types_have_the_look_of_their_family_and_others_a_grey_shape_of_their_own():
    vocabulary = jmdi.default_model().catalog.vocabularies["actor-type"]
    found = looks(
        [None, "zz_own", "other_public", "private_sector_third", "ingo", "local_authority"],
        vocabulary,
    )
    assert list(found) == [
        "local_authority",
        "ingo",
        "private_sector_third",
        "other_public",
        "zz_own",
        None,
    ]
    assert found["ingo"].code == "civil_society"
    assert found["private_sector_third"].code == "private_sector"
    assert (found["other_public"].shape, found["other_public"].light) == ("star", GREY[0])
    assert found["other_public"].labels["fr"] == "Autre organisme public"
    assert (found["zz_own"].shape, found["zz_own"].labels["en"]) == ("cross", "zz own")
    assert found[None].shape == "ring"


def test_a_code_of_a_plugin_has_the_look_of_the_code_above_it():
    vocabulary = jmdi.default_model().catalog.vocabularies["actor-type"]
    more = vocabulary.extended([jmdi.Concept("city_network", broader="local_authority")])
    assert looks(["city_network"], more)["city_network"].code == "local_authority"
