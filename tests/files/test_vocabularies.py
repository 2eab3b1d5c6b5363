"""Vocabularies as tables, which are read when they are first needed."""

from __future__ import annotations

import pickle
import subprocess
import sys

import jmdi
from jmdi.files.vocabularies import vocabularies_in


def test_codes_given_as_a_function_are_read_when_first_needed():
    read = []

    def concepts():
        read.append(1)
        yield jmdi.Concept("red")

    vocabulary = jmdi.Vocabulary("colour", concepts, title="Colours")
    assert vocabulary.title == "Colours"
    assert not read
    assert vocabulary.codes() == ("red",)
    assert vocabulary.get("red") == jmdi.Concept("red")
    assert len(read) == 1
    assert vocabulary == jmdi.Vocabulary("colour", [jmdi.Concept("red")], title="Colours")
    assert vocabulary.extended([jmdi.Concept("blue")]).codes() == ("red", "blue")


def test_vocabularies_are_tables_in_a_folder(tmp_path):
    (tmp_path / "index.csv").write_text(
        "scheme,title,source,complete\nacme:colour,Colours,us,yes\n"
    )
    assert [v.title for v in vocabularies_in(tmp_path)] == ["Colours"], "the table is not read yet"
    (tmp_path / "acme.colour.csv").write_text(
        "code,en,fr,broader,note,ral-code\nred,Red,Rouge,,,~3000\nruby,,,red,rarely,\n"
    )
    (vocabulary,) = vocabularies_in(tmp_path)
    assert vocabulary == jmdi.Vocabulary(
        "acme:colour",
        [
            jmdi.Concept("red", {"en": "Red", "fr": "Rouge"}, matches={"ral-code": "~3000"}),
            jmdi.Concept("ruby", broader="red", note="rarely"),
        ],
        title="Colours",
        source="us",
        complete=True,
    )
    assert pickle.loads(pickle.dumps(vocabulary)) == vocabulary


def test_building_a_model_reads_no_table_of_codes():
    code = """
import sys
read = []
def watch(what, args):
    if what == "open" and str(args[0]).endswith(".csv"):
        read.append(args[0])
sys.addaudithook(watch)
import jmdi
jmdi.Model.build([])
assert [str(p).rpartition("/")[2] for p in read] == ["index.csv"], read
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
