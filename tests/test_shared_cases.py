"""The shared cases: those that are right stay right, and one that becomes right shows as XPASS.

A case is right when its script ends with 0 or names it so; `RIGHT` lists these. Where the folder
``../shared`` is absent all are skipped. The cases of a script that runs many are read from what
it prints, so that it runs once.
"""

from __future__ import annotations

import functools
import io
import json
import os
import re
import struct
import subprocess
import sys
import time
import types
import zipfile
from pathlib import Path
from typing import Annotated

import pytest

import jmdi

CASES = Path(__file__).parents[2] / "shared" / "cases"
PLUGINS = (
    "jmdi_iati",
    "jmdi_knowledge",
    "jmdi_network",
    "jmdi_networkfiles",
    "jmdi_report",
    "jmdi_scaling",
    "jmdi_surveys",
    "jmdi_workbook",
    "jmdi_workplan",
)
RIGHT = {
    "house/placeholder_words.py",
    "embedding/facet_wrong_kind.py",
    "embedding/gc_left_off.py",
    "embedding/guard_host_state.py",
    "embedding/log_extra.py",
    "embedding/network_forgets_model.py",
    "embedding/network_is_mutable.py",
    "embedding/only_unknown.py",
    "embedding/two_official_plugins.py",
    "embedding/workplan_cost_per_row.py",
    "iati/01-sole-country-no-percentage",
    "iati/02-region-per-vocabulary",
    "iati/03-value-date-is-not-transaction-date",
    "iati/05-sector-shares",
    "iati/06-aid-type-vocabulary",
    "iati/07-original-and-revised",
    "iati/08-hierarchy-budgets",
    "iati/09-one-sided-money",
    "iati/10-secondary-reporter",
    "iati/11-humanitarian-in-transaction",
    "iati/12-empty-identifiers",
    "iati/15-dimension-and-place-of-results",
    "iati/18-text-date-1x",
    "iati/19-location-coded-as-country",
    "iati/20-typed-descriptions",
    "iati/21-two-narratives-one-language",
    "iati/23-transaction-country-sector-split",
    "iati/24-streams",
    "iati/25-org-two-identifiers",
    "iati/27-whitespace-refs",
    "iati/31-utf8-declared-latin1-accents",
    "iati/33-reporter-under-old-number",
    "iati/34-edit-adds-budget",
    "iati/35-default-currency",
    "iati/37-v103-attributes",
    "workplans/actor_placeholders",
    "workplans/checkbox_gantt",
    "workplans/day_month_evidence",
    "workplans/audience_size_before_colon",
    "workplans/audience_workshops",
    "workplans/levels_a_nivel",
    "workplans/levels_at_the",
    "workplans/levels_word_caption",
    "workplans/merged_action_three_dates",
    "workplans/money_bare_number",
    "workplans/money_millions",
    "workplans/money_thousands",
    "workplans/money_tilde",
    "workplans/months_as_numbers",
    "workplans/numbered_empty_rows",
    "workplans/numbered_sections",
    "workplans/objectives_hyphen",
    "workplans/path_is_no_title",
    "workplans/phases_shaded",
    "workplans/portuguese",
    "workplans/quarters_default_year",
    "workplans/quarters_year_in_title",
    "workplans/rdc_is_a_council",
    "workplans/start_end_under_one_head",
    "workplans/table_in_layout_table",
    "workplans/title_of_intervention",
    "workplans/title_right_above_header",
    "workplans/title_territory_only",
    "workplans/two_sheets_title_blocks",
    "workplans/typo_in_head",
    "workplans/un_annual_work_plan",
}
LONG = {"embedding/workplan_cost_per_row.py"}
"""Right ones that measure time, so that they take long."""

ADAPTED = {
    "house/directed_graph_file.py",
    "house/field_vocabulary.py",
    "house/iati_actor_type.py",
    "embedding/extra_shadows_member.py",
    "embedding/merge_many_files.py",
    "embedding/progress_and_cancel.py",
    "embedding/single_csv_by_name.py",
    "embedding/sniff_own_file.py",
}
"""Cases whose call the interface no longer takes: they stand below as tests of their own."""

NEW_CALLS = {
    ", discover=False, strict=True)": ")",
    ",discover=False,strict=True)": ")",
    ", discover=False)": ")",
    "build(discover=False)": "build([])",
    "only=only, strict=True": "only",
    "extra=p.to_dict()": "extra=p.log_extra()",
    'd,p=m.read(f,on_error="collect"': 'd=m.read(f,on_error="keep"',
    'm.read(mk(10),on_error="collect"': 'm.read(mk(10),on_error="keep"',
    'm.read(mk(4000),on_error="collect"': 'm.read(mk(4000),on_error="keep"',
    'm.read(f,on_error="collect"': 'm.read(f,on_error="raise"',
    "jmdi.app.gc =": "import jmdi.running.collector; jmdi.running.collector.gc =",
    'format="workplan:csv", on_error="skip"': 'format="workplan:csv", on_error="keep"',
    'ds, problems = jmdi.read(str(HERE / "files"': 'ds = jmdi.read(str(HERE / "files"',
    'on_error="collect", **case["options"])': (
        'on_error="keep", **case["options"]); problems = ds.problems'
    ),
}
"""What stands in scripts for what they call; what they expect stays as it is."""

PHRASES = 185
"""How many of the 185 phrases of work plans are read right, at least."""

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not here")


@pytest.fixture(autouse=True)
def plugins():
    for name in PLUGINS:
        pytest.importorskip(name)


def run(script, *arguments, cwd=None):
    return subprocess.run(
        [sys.executable, str(script), *arguments],
        cwd=cwd or script.parent,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


def adapted(case):
    """A script with the calls as they are now."""
    code = (CASES / case).read_text(encoding="utf-8")
    for old, new in NEW_CALLS.items():
        code = code.replace(old, new)
    return code


@functools.cache
def printed(case, *arguments):
    """What a script that runs many cases prints; it looks for its files beside itself."""
    done = subprocess.run(
        [sys.executable, "-", *arguments],
        input=f"__file__ = {str(CASES / case)!r}\n{adapted(case)}",
        cwd=(CASES / case).parent,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    return done.stdout.splitlines()


def expected(names):
    """Cases with what is expected of them; those that are wrong today take their time too."""
    wrong = (pytest.mark.xfail(strict=False, reason="not right yet"), pytest.mark.slow)
    marks = {**dict.fromkeys(RIGHT, ()), **dict.fromkeys(LONG, pytest.mark.slow)}
    return [pytest.param(name, marks=marks.get(name, wrong)) for name in sorted(names)]


def scripts(folder):
    found = {f"{folder}/{path.name}" for path in (CASES / folder).glob("*.py")}
    return expected(found - ADAPTED)


def files(folder, pattern):
    return expected({f"{folder}/{path.stem}" for path in (CASES / folder).glob(pattern)})


@pytest.mark.parametrize("case", [*scripts("house"), *scripts("embedding")])
def test_scripts_end_with_0(case, tmp_path):
    script = tmp_path / Path(case).name
    script.write_text(adapted(case), encoding="utf-8")
    done = run(script, cwd=(CASES / case).parent)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("case", files("iati", "inputs/[0-9]*.xml"))
def test_iati(case):
    lines = [line for line in printed("iati/cases.py") if line.split()[1:2] == [Path(case).name]]
    if not lines:
        pytest.skip("a part of another case")
    assert all(line.startswith("ok") for line in lines), lines


@pytest.mark.parametrize("case", files("workplans", "files/*.*"))
def test_work_plans(case):
    lines = [line for line in printed("workplans/check_cases.py", "-v") if Path(case).name in line]
    assert lines, "the script does not name it"
    assert not lines[0].startswith("NO"), lines


def test_phrases_of_work_plans():
    last = printed("workplans/check_phrases.py")[-1]
    assert int(re.search(r"(\d+)/\d+", last)[1]) >= PHRASES


@pytest.mark.parametrize(
    ("plugin", "arguments", "code"),
    [
        ("check_exits", "validate dangling.jsonl", 4),
        ("metric_exits", "metrics dangling.jsonl metric_exits:m", 4),
        ("exporter_exits", "convert dangling.jsonl -o {tmp_path}/out.zzz", 4),
        ("exporter_exits", "info dangling.jsonl --from exporter_exits:r", 4),
        ("be", "validate dangling.jsonl", 4),
        ("pr", "info dangling.jsonl --json", 0),
        ("prints", "info dangling.jsonl --json", 0),
    ],
)
def test_plugins_that_misbehave(plugin, arguments, code, tmp_path):
    words = [word.format(tmp_path=tmp_path) for word in arguments.split()]
    done = run("-m", "jmdi", "--plugin", f"{plugin}.py", *words, cwd=CASES / "reliability")
    assert done.returncode == code, done.stderr
    if code:
        assert f"plugin '{plugin}'" in done.stdout + done.stderr
        assert list(tmp_path.iterdir()) == []
    else:
        json.loads(done.stdout)
        assert "POLLUTION" in done.stderr


def test_other_threads_keep_what_they_print_and_draw():
    script = CASES / "reliability" / "guard_and_threads.py"
    code = f"import sys; sys.setswitchinterval(1e-6); exec(open({str(script)!r}).read())"
    numbers = re.findall(r"\d+", run("-c", code, cwd=script.parent).stdout)
    printed_, arrived, draws, repeated = map(int, numbers[:4])
    assert printed_ == arrived == draws > 0 == repeated


def test_networks():
    networks = CASES / "networks"
    for path in (networks / "directed.graphml", CASES / "house" / "directed.graphml"):
        assert jmdi.read(path).project("actors").metric("density").value == 0.5
        network, file = jmdi.read(path).project("actors"), io.BytesIO()
        jmdi.default_model().write(network, file, format="graphml")
        again = jmdi.read(io.BytesIO(file.getvalue())).project("actors")
        assert again.metric("density").value == 0.5
        assert list(again.edges) == list(network.edges)
    nothing = jmdi.read(networks / "zero_intensity").project("actors")
    assert nothing.metric("density").value == pytest.approx(1 / 6)
    own = jmdi.read(networks / "own_columns")
    assert own.project("actors").metric("network:ei-index", groups="sector").value == 1.0
    assert "public" in own.of(jmdi.Actor).table("label", "sector").column("sector")


@pytest.mark.parametrize(
    ("name", "actors", "ties"),
    [
        ("adjacency.csv", "ABC", [("A", "B", 1, None, False), ("B", "C", 2, None, False)]),
        (
            "two_relations.dl",
            "ABC",
            [
                ("A", "B", 1, "INFO", True),
                ("A", "C", 1, "INFO", True),
                ("B", "A", 1, "INFO", True),
                ("A", "C", 3, "MONEY", True),
                ("C", "B", 2, "MONEY", True),
            ],
        ),
        (
            "arcs_edges.net",
            "ABC",
            [("A", "B", 2, None, True), ("B", "A", 1, None, True), ("B", "C", 4, None, False)],
        ),
    ],
)
def test_network_files(name, actors, ties):
    ds = jmdi.read(CASES / "networks" / name)
    assert [actor.id for actor in ds.of(jmdi.Actor)] == list(actors)
    assert [
        (t.source, t.target, t.strength, t.type.code if t.type else None, t.directed)
        for t in ds.of(jmdi.Tie)
    ] == ties


def test_a_survey_of_which_two_of_five_did_not_answer(tmp_path):
    """networks/survey_respondents.csv: what is proposed is what is right."""
    file, mapping = CASES / "networks" / "survey_respondents.csv", tmp_path / "m.toml"
    run("-m", "jmdi", "mapping", str(file), "-o", str(mapping), cwd=tmp_path)
    network = jmdi.read(file, mapping=str(mapping)).project("actors")
    assert network.directed and len(network.unobserved) == 12
    assert network.metric("network:response-rate").value == 0.6


def plugin(**hooks):
    """A plugin of these hooks."""
    module = types.ModuleType("acme")
    module.JMDI_API = 1
    for name, found in hooks.items():
        setattr(module, name, jmdi.hookimpl(lambda found=found: found))
    return module


@pytest.mark.parametrize(("scheme", "cell"), [("acme:colour", "red"), ("actor-type", "ingo")])
def test_a_fields_vocabulary_is_that_of_its_type(tmp_path, scheme, cell):
    """house/field_vocabulary.py: the words of the docstring change nothing."""
    body = {
        "__doc__": "A thing.\n\n    Attributes:\n        colour: One of ``country``.\n    ",
        "__annotations__": {"colour": Annotated[jmdi.Code, scheme] | None},
        "__module__": __name__,
        "colour": None,
    }
    shop = jmdi.define("acme:shop")(type("Shop", (jmdi.Entity,), body))
    colours = jmdi.Vocabulary("acme:colour", [jmdi.Concept("red", {"en": "Red"})])
    acme = plugin(jmdi_kinds=[shop], jmdi_vocabularies=[colours])
    model = jmdi.Model.build([acme])
    file = tmp_path / "t.csv"
    file.write_text(f"id,colour\nx,{cell}\n")
    (record,) = model.read(file, format="table", kind="acme:shop")
    assert record.colour == jmdi.Code(scheme, cell)


def test_a_member_that_hides_a_declared_one_is_refused_where_the_record_is_made():
    """embedding/extra_shadows_member.py, which looks for that only where it is written."""
    with pytest.raises(jmdi.BadValue, match="'country', 'id'"):
        jmdi.Actor(id="a", country="PH", extra={"id": "b", "country": "IT"})


@pytest.mark.parametrize("kind", ["financial_institution", "chamber", "bank"])
def test_an_actor_type_of_a_plugin_leaves_by_what_it_matches(kind):
    """house/iati_actor_type.py: 70 by `matches`, or by that of the `broader` code."""
    from jmdi_iati.export.elements import organisation

    codes = [
        jmdi.Concept("chamber", {"en": "Chamber"}, matches={"iati-organisation-type": "70"}),
        jmdi.Concept("bank", {"en": "Bank"}, broader="financial_institution"),
    ]
    acme = plugin(jmdi_vocabularies=[jmdi.Vocabulary("actor-type", codes)])
    vocabularies = jmdi.Model.build([acme, "iati"]).catalog.vocabularies
    actor = jmdi.Actor(id="a", names={"en": "A"}, type=jmdi.code("actor-type", kind))
    element = organisation("participating-org", actor, vocabularies=vocabularies, role="4")
    assert element.get("type") == "70"


@pytest.mark.slow
def test_reading_many_files_is_linear(tmp_path):
    """embedding/merge_many_files.py"""
    model, taken = jmdi.Model.build([]), {}
    for n in (50, 200):
        folder = tmp_path / str(n)
        folder.mkdir()
        for i in range(n):
            lines = "".join(f'{{"kind":"actor","id":"a{i}-{j}"}}\n' for j in range(200))
            (folder / f"{i}.jsonl").write_text('{"jmdi":"1.0"}\n' + lines)
        times = []
        for _ in range(3):
            began = time.process_time()
            model.read(f"{folder}/*.jsonl")
            times.append(time.process_time() - began)
        taken[n] = min(times)
    assert taken[200] / taken[50] < 7


def test_progress_of_many_small_files_and_an_exception_of_it(tmp_path):
    """embedding/progress_and_cancel.py"""

    class Cancel(Exception):
        pass

    def stop(done, total, input):
        raise Cancel

    for n in range(20):
        line = f'{{"kind":"actor","id":"a{n}"}}\n'
        (tmp_path / f"{n}.jsonl").write_text('{"jmdi":"1.0"}\n' + line)
    calls = []
    model = jmdi.Model.build([])
    model.read(f"{tmp_path}/*.jsonl", progress=lambda *said: calls.append(said))
    assert len({name for _, _, name in calls}) == 20
    assert all(total for _, total, _ in calls)
    with pytest.raises(Cancel):
        model.read(f"{tmp_path}/*.jsonl", progress=stop)


def test_a_table_is_read_by_its_name_whatever_is_installed(tmp_path):
    """embedding/single_csv_by_name.py"""
    path = tmp_path / "actors.csv"
    path.write_text("id,name,country\na,Town,PH\n")
    for plugins in ([], ["workplan"], None):
        (actor,) = jmdi.Model.build(plugins).read(path)
        assert actor.country == "PH"


def test_a_text_that_speaks_of_iati_is_no_iati():
    """embedding/sniff_own_file.py"""
    model = jmdi.default_model()
    actors = [jmdi.Initiative(id="i", names={"en": "About <iati-activities>"}), jmdi.Actor(id="a")]
    dataset, file = model.dataset(actors), io.BytesIO()
    model.write(dataset, file, format="jsonl")
    assert model.read(io.BytesIO(file.getvalue()), on_error="keep") == dataset


RELIABILITY = CASES / "reliability"


@pytest.mark.parametrize(
    "name", ["iati_surrogate_in_text", "iati_org_surrogate", "iati_entity_between_elements"]
)
def test_broken_characters_of_iati_are_mended(name):
    dataset = jmdi.read(RELIABILITY / f"{name}.xml")
    assert len(dataset) == 1
    assert "iati:I105" in {problem.code for problem in dataset.problems}


def test_a_table_of_many_columns():
    file = RELIABILITY / "table_16000_columns.csv"
    start = time.process_time()
    dataset = jmdi.read(file, format="table", kind="actor", on_error="keep")
    assert len(dataset) > 0
    assert time.process_time() - start < 10  # 0.2 s; minutes when the time is quadratic


def test_a_half_replaced_folder():
    if not hasattr(os, "fork"):
        pytest.skip("the script forks")
    call = 'ds, problems = m.read(d, format="tables", on_error="collect")'
    code = (RELIABILITY / "tables_half.py").read_text(encoding="utf-8")
    assert call in code
    now = 'ds = m.read(d, format="tables", on_error="keep"); problems = ds.problems'
    assert "tables of two exports" in run("-c", code.replace(call, now), cwd=RELIABILITY).stdout


def test_a_formula_behind_a_semicolon():
    words = ["convert", "semicolon_formula.jsonl", "--to", "workplan:csv", "-o", "-"]
    done = run("-m", "jmdi", *words, cwd=RELIABILITY)
    assert "\"'a;'=cmd|'/c calc'!A0;b\"" in done.stdout


PEAK = """
import re, sys, jmdi
dataset = jmdi.read(sys.argv[1], on_error="keep")
(kilobytes,) = re.findall(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())
print(len(dataset), len(dataset.problems), kilobytes)
"""
"""The peak of getrusage is at least that of the process which started this one."""


def peak(path):
    """Records, problems and megabytes of reading a file in a process of its own."""
    if sys.platform != "linux":
        pytest.skip("peaks of memory are measured on Linux")
    done = run("-c", PEAK, str(path), cwd=path.parent)
    records, problems, kilobytes = map(int, done.stdout.split())
    return records, problems, kilobytes / 1024


@pytest.mark.slow
def test_a_million_bad_lines_take_bounded_memory(tmp_path):
    path = tmp_path / "bad.jsonl"
    with path.open("w", encoding="utf-8") as file:
        file.write('{"jmdi":"1.0"}\n')
        file.writelines(f'{{"kind":"actor","id":"a{n}","country":{n}}}\n' for n in range(10**6))
    records, problems, most = peak(path)
    assert (records, problems) == (0, 10_001)
    assert most < 200


@pytest.mark.slow
def test_a_zip_of_many_large_members_takes_the_memory_of_one(tmp_path):
    path = tmp_path / "large.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(200):
            one = f"<iati-activity><iati-identifier>X-{n}</iati-identifier></iati-activity>"
            text = f"<iati-activities version='2.03'>{' ' * 5_000_000}{one}</iati-activities>"
            archive.writestr(f"{n}.xml", text)
    records, _, most = peak(path)
    assert records >= 200
    assert most < 200


def test_members_of_a_zip_that_share_bytes_are_refused(tmp_path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("0.xml", "<iati-activities version='2.03'/>")
    data = file.getvalue()
    at, end = data.find(b"PK\1\2"), data.rfind(b"PK\5\6")
    entries = data[at:end] + data[at:end].replace(b"0.xml", b"1.xml")
    tail = data[end : end + 8] + struct.pack("<HHIIH", 2, 2, len(entries), at, 0)
    path = tmp_path / "overlapping.zip"
    path.write_bytes(data[:at] + entries + tail)
    with pytest.raises(jmdi.DataError, match="shares bytes with another"):
        jmdi.read(path)
