"""Folding plain ASCII, which is the fast way, gives what folding any text gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jmdi.words.folding import Folded, fold

ASCII = st.text(st.characters(max_codepoint=127), max_size=40)


@given(ASCII)
def test_ascii_folds_as_the_same_words_beside_an_accent(text: str) -> None:
    assert f"{fold(text)} e".strip() == fold(f"{text} é")
    plain, mixed = Folded.of(text), Folded.of(f"{text}é")
    assert mixed.plain == f"{plain.plain}e"
    assert mixed.low == f"{plain.low}e"
    assert mixed.index[: len(text)] == plain.index[: len(text)]
    assert plain.index[-1] == len(text)
