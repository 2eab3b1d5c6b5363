"""The tables of words of the core, which the readers of every plugin go by."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from jmdi.words.folding import Folded
from jmdi.words.placeholders import ALL, whole
from jmdi.words.tables import LANGUAGES, Tables, is_summary, words_of


def test_every_language_speaks_of_every_topic() -> None:
    for topic in ("placeholder", "unnamed", "month", "summary"):
        assert {word.language for word in words_of(topic)} == set(LANGUAGES), topic
    for language in LANGUAGES:
        months = {word.meaning for word in words_of("month") if word.language == language}
        assert months == {str(number) for number in range(1, 13)}


def test_the_meanings_are_those_of_the_topic() -> None:
    assert {word.meaning for word in words_of("placeholder")} == set(ALL)
    assert {word.meaning for word in words_of("summary")} == {"sum", "mean"}
    assert {word.meaning for word in words_of("unnamed")} == {"category", "several", "withheld"}


def test_no_name_is_that_of_two_months() -> None:
    numbers: dict[str, str] = {}
    for word in words_of("month"):
        assert numbers.setdefault(Folded.of(word.word).low, word.meaning) == word.meaning


def test_no_word_is_in_two_topics() -> None:
    assert not [word for word in words_of("unnamed") if whole(word.word)]
    assert not [w for topic in ("unnamed", "answer") for w in words_of(topic) if is_summary(w.word)]
    assert is_summary(" TOTAL ") and is_summary("Média") and not is_summary("Total Energies")


def test_a_topic_that_no_table_has() -> None:
    with pytest.raises(KeyError, match="weather"):
        words_of("weather")


def test_a_plugin_adds_words_to_a_topic(tmp_path: Path) -> None:
    for language in LANGUAGES:
        (tmp_path / f"{language}.csv").write_text("topic,word,meaning\n", encoding="utf-8")
    (tmp_path / "pt.csv").write_text("topic,word,meaning\nmonth,janero,1\n", encoding="utf-8")
    words = words_of("month", Tables(tmp_path))
    assert words[:-1] == words_of("month")
    assert (words[-1].word, words[-1].language) == ("janero", "pt")


READ = """
import pathlib, sys
from jmdi.words import tables
tables.SHARED = tables.Tables(pathlib.Path(sys.argv[1]))
import jmdi
from jmdi_iati.meaning.identity import is_placeholder
from jmdi_iati.standard.dates import day
from jmdi_workplan.finance import read_finance
from jmdi_workplan.timeline import read_timeline

action = jmdi.Action(id="a", workplan="w", objectives=({"und": "baadaye"},),
                     timeline=jmdi.Period(words="baadaye"), finance=(jmdi.Money(words="baadaye"),))
plan = jmdi.dataset([jmdi.WorkPlan(id="w"), action])
print(read_finance("baadaye")[0].reason, read_timeline("baadaye").reason,
      plan.metric("workplan:completeness").value, is_placeholder("Baadaye"),
      is_placeholder("Wengine"), read_timeline("3 Machi 2016").edtf, day("3 Machi 2016").edtf)
"""
ROWS = """placeholder,baadaye,to_be_determined
unnamed,wengine,several
month,Machi,3
"""


def test_one_row_teaches_the_readers_of_plans_and_of_iati(tmp_path: Path) -> None:
    pytest.importorskip("jmdi_workplan")
    pytest.importorskip("jmdi_iati")
    for language in LANGUAGES:
        name = f"{language}.csv"
        shutil.copyfile(str(files("jmdi").joinpath("words", name)), tmp_path / name)
    before = _read(tmp_path)
    assert before[0] != "to_be_determined" and before[3:5] == ["False", "False"]
    assert before[6] == "None"
    with (tmp_path / "pt.csv").open("a", encoding="utf-8") as table:
        table.write(ROWS)
    undecided, shares, read = ["to_be_determined"] * 2, ["0.0"], ["True"] * 2
    assert _read(tmp_path) == [*undecided, *shares, *read, "2016-03-03", "2016-03-03"]


def _read(folder: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", READ, str(folder)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()
