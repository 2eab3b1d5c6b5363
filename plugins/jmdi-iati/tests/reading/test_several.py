"""Rule 4 over several inputs: neither their order nor the number of processes changes anything."""

from __future__ import annotations

import gzip
import itertools
import zipfile

import pytest
from click.testing import CliRunner
from iati_helpers import org, transaction

import jmdi
from jmdi.cli.root import cli


def version(files, title, updated, *more, id="A-1"):
    attributes = f'last-updated-datetime="{updated}"' if updated else ""
    words = f"<title><narrative>{title}</narrative></title>"
    return files.document(files.activity(words, *more, id=id, attributes=attributes))


@pytest.fixture
def inputs(files, tmp_path):
    """A file, an archive, a folder and a packed file, each with a version, and one without."""
    paid = [transaction("3", receiver=f"Municipality {n}", value=str(n)) for n in range(5)]
    documents = [
        version(files, f"V{n}", f"20{year}-01-01", paid[n], org(f"Partner {n}"))
        for n, year in enumerate((18, 20, 19, 17))
    ]
    (tmp_path / "a.xml").write_bytes(documents[0])
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("b.xml", documents[1])
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "c.xml").write_bytes(documents[2])
    (tmp_path / "d.xml.gz").write_bytes(gzip.compress(documents[3]))
    other = version(
        files, "Other", "2016-01-01", '<related-activity ref="A-1" type="1"/>', id="B-1"
    )
    (tmp_path / "e.xml").write_bytes(other)
    return [str(tmp_path / name) for name in ("a.xml", "b.zip", "c", "d.xml.gz", "e.xml")]


def test_one_version_of_one_input_is_read_in_any_order(files, inputs):
    found = set()
    for order in itertools.islice(itertools.permutations(inputs), 0, 120, 7):
        dataset = files.model.read(list(order))
        assert {i.label() for i in dataset.of(jmdi.Initiative)} == {"V1", "Other"}
        names = {actor.label() for actor in dataset.of(jmdi.Actor)}
        assert names == {"Agency A", "Partner 1", "Municipality 1"}
        assert sum(p.code == "iati:I203" for p in dataset.problems) == 3
        assert not [p for p in dataset.check().problems if p.is_error]
        found.add(tuple(sorted(record.id for record in dataset)))
    assert len(found) == 1


def test_the_same_content_is_read_from_one_of_both(files, tmp_path):
    data = version(files, "A", "2019-01-01")
    for name in ("b.xml", "a.xml"):
        (tmp_path / name).write_bytes(data)
    paths = [str(tmp_path / name) for name in ("b.xml", "a.xml")]
    for order in (paths, paths[::-1]):
        dataset = files.model.read(order)
        (initiative,) = dataset.of(jmdi.Initiative)
        assert [source.title for source in initiative.sources] == ["a.xml"]
        assert [p.code for p in dataset.problems] == ["iati:I202"]


def test_of_equally_old_ones_inputs_decide_as_one_input_does(files, tmp_path):
    titles = ("A", "B", "Longer", "C")
    documents = {title: version(files, title, "") for title in titles}
    for title, data in documents.items():
        (tmp_path / f"{title}.xml").write_bytes(data)
    for pair in itertools.permutations(titles, 2):
        apart = files.model.read([str(tmp_path / f"{title}.xml") for title in pair])
        whole = files.model.read(str(tmp_path), format="iati:folder")
        (one,) = apart.of(jmdi.Initiative)
        assert one.label() in pair
        assert "Longer" not in pair or one.label() == "Longer"
        assert whole.of(jmdi.Initiative)[0].label() == "Longer"


def test_what_cannot_be_read_decides_nothing(files, inputs, tmp_path):
    (tmp_path / "bad.xml").write_bytes(b"<iati-activities><iati-activity>")
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 no archive.xml")
    paths = [*inputs, *(str(tmp_path / name) for name in ("bad.xml", "bad.zip", "none.xml"))]
    dataset = files.model.read(paths, on_error="keep")
    assert {i.label() for i in dataset.of(jmdi.Initiative) if i.names} == {"V1", "Other"}


@pytest.mark.parametrize("workers", ["1", "2"])
def test_converting_gives_the_same_bytes(inputs, tmp_path, workers):
    made = []
    for number, order in enumerate((inputs, inputs[::-1])):
        out = tmp_path / f"{workers}-{number}.jsonl"
        words = ["convert", *order, "-o", str(out), "--workers", workers]
        done = CliRunner().invoke(cli, words)
        assert done.exit_code == 0, done.output
        made.append(jmdi.read(out))
    for dataset in made:
        assert {i.label() for i in dataset.of(jmdi.Initiative)} == {"V1", "Other"}
    assert {r.id for r in made[0]} == {r.id for r in made[1]}


def organisations(amount, date, version="2.03"):
    name = "organisation-identifier" if version == "2.03" else "iati-identifier"
    return (
        f'<iati-organisations version="{version}">'
        f'<iati-organisation default-currency="EUR" last-updated-datetime="{date}">'
        f"<{name}>GB-CHC-1 </{name}><total-budget>"
        '<period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>'
        f"<value>{amount}</value></total-budget></iati-organisation></iati-organisations>"
    )


@pytest.mark.parametrize("version", ["2.03", "1.05"])
@pytest.mark.parametrize("reverse", [False, True])
def test_budgets_of_an_organisation_that_publishes_again_count_once(
    files, tmp_path, version, reverse
):
    texts = [organisations(100, "2020-01-01", version), organisations(130, "2021-01-01", version)]
    if reverse:
        texts.reverse()
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.xml").write_text(text)
    for source in (str(tmp_path / "*.xml"), str(tmp_path)):
        found = files.model.read(source)
        assert [budget.value.amount for budget in found.of(jmdi.Budget)] == [130]
        (problem,) = (p for p in found.problems if p.code == "iati:I203")
        assert problem.message.startswith("an organisation occurs twice")


def test_a_word_of_organisations_makes_no_document_of_organisations(files, tmp_path):
    for number, date in enumerate(("2021-01-01", "2020-01-01")):
        activity = files.activity(
            "<title><narrative>iati-organisations</narrative></title>",
            attributes=f'last-updated-datetime="{date}"',
        )
        (tmp_path / f"{number}.xml").write_bytes(files.document(activity))
    found = files.model.read(str(tmp_path))
    assert found.of(jmdi.Initiative)[0].sources[0].date.year == 2021
