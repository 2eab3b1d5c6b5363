"""The kit is proven: each check fails on a plugin that is wrong, and says what is wrong."""

from __future__ import annotations

import ast
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import jmdi
import jmdi.testing
from jmdi.testing import PluginConformance, assert_round_trip, kind_suite, loopback

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "wrong_plugins"))

import checks  # noqa: E402
import formats  # noqa: E402
import kinds  # noqa: E402
import metrics  # noqa: E402
import naming  # noqa: E402
import panels  # noqa: E402
import projections  # noqa: E402

WORDS = ("one.txt", b"Ada Bo Cy Di Ed Flo Gus Hal Ira Jo Kit Lu Max Ned Ola Pia Ray Sue Tom Uma")
FIRST = {
    ("forgetful:thing", 1): {"kind": "forgetful:thing", "id": "t", "forgetful:thing": {"extent": 3}}
}

REACHED = set()
"""File and line of each failure so far."""

CASES = [
    ("heavy", "imports_cleanly", ["importing the plugin 'heavy' loads networkx", "heavy"]),
    ("loud", "imports_cleanly", ["'loud' printed 'Welcome to loud 1.0!'"]),
    ("meddling", "imports_cleanly", ["'meddling' changed the handlers of the logging module"]),
    ("signalling", "imports_cleanly", ["'signalling' changed the signal handlers of the whole"]),
    ("lingering", "imports_cleanly", ["'lingering' left the thread 'lingering' running"]),
    ("parting", "imports_cleanly", ["'parting' registered farewell for the exit"]),
    ("dying", "imports_cleanly", ["'dying' fails in a fresh interpreter", "ended with 3"]),
    ("crowded", "imports_cleanly", ["importing the plugin 'crowded' loads", "is the budget"]),
    (naming.old, "names_and_bounds_agree", ["'old' states JMDI_API = None", "JMDI_API = 1"]),
    (naming.prefix, "names_and_bounds_agree", ["metric 'other:size'", "prefix:size"]),
    (
        "unmarked",
        "hooks_are_right_and_pure",
        ["jmdi_metric of", "call it jmdi_metrics, with @jmdi"],
    ),
    (naming.impure, "hooks_are_right_and_pure", ["jmdi_kinds of the plugin 'impure'"]),
    (naming.spent, "hooks_are_right_and_pure", ["jmdi_problem_codes of the plugin 'spent'"]),
    (naming.forgotten, "hooks_are_right_and_pure", ["jmdi_problem_codes of", "returns nothing"]),
    (naming.dangling, "callables_can_be_loaded", ["run of metric 'dangling:size'", "no_such"]),
    (kinds.unmakeable, "kinds_are_well_declared", ["'unmakeable:thing'", "id from size"]),
    (kinds.mute, "kinds_are_well_declared", ["'mute:thing' (kinds.Mute)", "size", "Attributes:"]),
    (kinds.fluid, "kinds_are_well_declared", ["'fluid:thing'", "can be changed"]),
    (kinds.rough, "kinds_are_well_declared", ["'rough:thing'", "cannot be hashed"]),
    (kinds.hidden, "kinds_are_well_declared", ["'hidden:thing'", "cannot be pickled"]),
    (kinds.forked, "kinds_are_well_declared", ["'forked:thing'", "after it was pickled"]),
    (kinds.lossy, "nothing_is_lost", ["what is read is not what was written", "<<", "converter"]),
    (kinds.picky, "kinds_are_well_declared", ["'picky:thing'", "be positive", "checks"]),
    (kinds.silent, "schemas_agree", ["'silent:thing'", "not committed", "--jsonschema --refs >"]),
    (kinds.ageless, "older_versions_are_readable", ["'ageless:thing'", "no migrations lead"]),
    (kinds.forgetful, "older_versions_are_readable", ["no record of version 1", "older["]),
    (
        checks.nervous,
        "checks_only_yield_their_codes",
        ["check nervous:C1", "'en'"],
    ),
    (checks.stray, "checks_only_yield_their_codes", ["'stray'", "'J301'"]),
    (checks.moody, "checks_only_yield_their_codes", ["'moody'", "the second time"]),
    (checks.unsaid, "checks_only_yield_their_codes", ["check 'unsaid:C1'", "nobody explains"]),
    (
        formats.brittle,
        "importers_report_instead_of_raising",
        ["'brittle:txt' raises", "Error on a damaged file"],
    ),
    (formats.cryptic, "importers_report_instead_of_raising", ["'cryptic:X9'", "ProblemCode"]),
    (
        formats.nameless,
        "importers_report_instead_of_raising",
        ["'nameless:N1' past", "context.rep"],
    ),
    (
        formats.refusing,
        "exporters_are_deterministic",
        ["'refusing:txt'", "'refusing:R1'", "nobody"],
    ),
    (formats.shy, "importers_report_instead_of_raising", ["sniff of importer 'shy:txt'"]),
    (formats.drifting, "importers_are_deterministic", ["'drifting:txt'", "make_id"]),
    (formats.scattered, "importers_are_deterministic", ["importer scattered:txt", "sort"]),
    (formats.blind, "importers_are_deterministic", ["'blind:txt' gives no record"]),
    (formats.unread, "importers_are_deterministic", ["'unread:txt' has no sample"]),
    (formats.stamped, "exporters_are_deterministic", ["'stamped:txt' writes other bytes"]),
    (formats.eager, "exporters_are_deterministic", ["'eager:txt' raises IndexError"]),
    (formats.shuffled, "exporters_are_deterministic", ["exporter shuffled:txt", "HASHSEED"]),
    (formats.boastful, "lossless_exporters_lose_nothing", ["'boastful:txt'", "no importer"]),
    (formats.proud, "lossless_exporters_lose_nothing", ["'proud:txt'", "lossless=False"]),
    (formats.silent, "exporters_say_what_they_lose", ["'silent:txt'", "nothing reads", "losses="]),
    (formats.modest, "exporters_say_what_they_lose", ["'modest:txt'", "nothing reads"]),
    (formats.clumsy, "exporters_say_what_they_lose", ["losses of exporter 'clumsy:txt' raises"]),
    (formats.mumbling, "exporters_say_what_they_lose", ["'mumbling:M1'", "nobody explains"]),
    (formats.forgetting, "exporters_say_what_they_lose", ["'forgetting:jsonl' loses"]),
    (projections.hungry, "projections_are_deterministic", ["'hungry:net' fails on", "empty"]),
    (projections.picky, "projections_are_deterministic", ["'picky:net' fails on", "unpack"]),
    (
        projections.listing,
        "projections_are_deterministic",
        ["'listing:net' returned []", "not a Network"],
    ),
    (projections.tied, "projections_keep_isolates", ["'tied:net' loses actors", "ties_only ="]),
    (projections.jumbled, "projections_are_deterministic", ["projection jumbled:net", "HASHSEED"]),
    (metrics.uncited, "metrics_are_described", ["'uncited:value'", "no citation and no doc"]),
    (metrics.terse, "parameters_are_declared", ["'terse:value'", "parameters x", "'Args:'"]),
    (metrics.chatty, "parameters_are_declared", ["'chatty:value' describes depth"]),
    (metrics.vague, "parameters_are_declared", ["'vague:value'", "levels", "'Nowhere'"]),
    (metrics.loose, "parameters_are_declared", ["'loose:value'", "levels without a type"]),
    (metrics.liar, "parameters_are_declared", ["'liar:value'", "a whole number", "default None"]),
    (metrics.untyped, "parameters_are_declared", ["'untyped:value'", "network is a Network"]),
    (metrics.bare, "values_say_what_they_are", ["'bare:value' does not say", "value_is="]),
    (metrics.constant, "conventions_agree_with_parameters", ["'constant:value' says the same"]),
    (
        metrics.contrary,
        "conventions_agree_with_parameters",
        ["'contrary:value' names 'received' with direction='sent'"],
    ),
    (metrics.deaf, "conventions_agree_with_parameters", ["'deaf:value' says looped=False in its"]),
    (metrics.firm, "conventions_agree_with_parameters", ["states 'gamma 1.0' with gamma=0.5"]),
    (metrics.greek, "conventions_agree_with_parameters", ["states 'γ = 1' with gamma=0.5"]),
    (metrics.sure, "conventions_agree_with_parameters", ["'level of 95 %' with level=0.475"]),
    (metrics.stale, "conventions_agree_with_parameters", ["states '95 %' with level=0.475"]),
    (metrics.drawing, "conventions_agree_with_parameters", ["states '50' with draws=51"]),
    (metrics.set_, "conventions_agree_with_parameters", ["says gamma=1.0 in its parameters when"]),
    (
        metrics.telling,
        "conventions_agree_with_parameters",
        ["'telling:value' names 'sent' with direction='received'"],
    ),
    (metrics.beyond, "values_lie_in_the_range", ["'beyond:value'", "outside its declared range"]),
    (metrics.never, "values_lie_in_the_range", ["'never:value'", "for none of the samples"]),
    (metrics.needy, "values_lie_in_the_range", ["'needy:value' needs the parameter x", "options"]),
    (metrics.reader, "ids_do_not_matter", ["'reader:value'", "other ids", "became"]),
    (metrics.hasty, "order_does_not_matter", ["'hasty:value'", "another order", "became"]),
    (metrics.sided, "ends_do_not_matter", ["'sided:value' changes when the ends", "became"]),
    (metrics.forgetting, "isolates_are_nodes", ["'forgetting:value' does not see", "n_nodes"]),
    (metrics.partial, "isolates_are_nodes", ["'partial:value' does not see"]),
    (metrics.sparse, "isolates_are_nodes", ["'sparse:value' does not see"]),
    (metrics.alone, "isolates_are_nodes", ["'alone:value' does not see", "too_few_actors"]),
    (metrics.tied_only, "isolates_are_nodes", ["'tied-only:value' does not see"]),
    (metrics.nan, "small_inputs_are_undefined", ["'nan:value' fails", "never nan"]),
    (metrics.zero, "small_inputs_are_undefined", ["'zero:value' is 0.0", "never 0"]),
    (metrics.crash, "small_inputs_are_undefined", ["'crash:value' fails", "ZeroDivisionError"]),
    (metrics.random_, "results_can_be_repeated", ["'random:value'", "the second time", "seed"]),
    (metrics.hashed, "results_can_be_repeated", ["metric hashed:value", "HASHSEED"]),
    (metrics.secret, "results_can_be_repeated", ["'secret:value' depends on a seed", "seed=seed"]),
    (metrics.global_, "the_process_is_left_alone", ["global:value changed the state of the rand"]),
    (metrics.numeric, "the_process_is_left_alone", ["numeric:value changed", "numpy.random"]),
    (metrics.noisy, "the_process_is_left_alone", ["metric noisy:value printed 'counting'"]),
    (metrics.deep, "the_process_is_left_alone", ["deep:value changed the recursion limit"]),
    (metrics.twice, "counts_agree_with_memory", ["'twice:value' is {'value'", "in memory"]),
    (metrics.blank, "counts_agree_with_memory", ["{'value': 0", "{'value': 1", "data was [{'kind"]),
    (panels.untitled, "panels_are_titled", ["'untitled:actors'", "no title in English"]),
    (panels.raising, "panels_hold_plain_data", ["'raising:actors' fails on", "IndexError"]),
    (panels.mapping, "panels_hold_plain_data", ["'mapping:actors' fails", "one of the bodies"]),
    (panels.marked, "panels_hold_plain_data", ["'marked:actors' has HTML", "<b>"]),
    (panels.moving, "panels_are_deterministic", ["'moving:actors' shows something else"]),
    (panels.mixed, "panels_are_deterministic", ["panel mixed:actors", "HASHSEED"]),
    (panels.telling, "panels_name_no_persons", ["'telling:actors' shows the name of a person"]),
    (naming.clashing, "nothing_changes_beside_another_plugin", ["'clashing'", "'loopback:ties'"]),
    (naming.counting, "nothing_changes_beside_another_plugin", ["metric counting:kinds"]),
]


def suite(plugin, **more):
    """A conformance class for a plugin, as its author would write it."""
    if isinstance(plugin, str):
        plugin = __import__(plugin)
    members = {"plugin": plugin, "examples": 15, "samples": [WORDS], **more}
    return type("TestWrong", (PluginConformance,), members)()


@pytest.mark.parametrize(
    ("plugin", "sample", "error"),
    [
        (formats.scores, ("a.txt", b"Ada,3\nBo,4\n"), "ValueError"),
        (formats.tree, ("a.txt", b'["Ada", 3]'), "RecursionError"),
    ],
)
def test_numbers_that_are_none_and_deep_nesting_are_tried(plugin, sample, error):
    message = failure(suite(plugin, samples=[sample]), "importers_report_instead_of_raising")
    assert f"raises {error}" in message


def failure(case, check):
    """What a check says of a plugin."""
    with pytest.raises(AssertionError) as caught:
        getattr(case, f"test_{check}")()
    return said(caught)


def said(caught):
    """What a failure says; where in jmdi.testing it was raised is kept."""
    raised = caught.traceback[-1]
    REACHED.add((Path(raised.path).name, raised.lineno + 1))
    return str(caught.value)


@pytest.mark.parametrize(
    ("plugin", "check", "words"),
    CASES,
    ids=[f"{c[0] if isinstance(c[0], str) else c[0].__name__}-{c[1]}" for c in CASES],
)
def test_a_wrong_plugin_fails_for_the_right_reason(plugin, check, words):
    case = suite(plugin)
    message = failure(case, check)
    case.teardown_class()
    for word in (*words, "\n  why it matters: ", "\n  cure: "):
        assert word in message


def test_each_check_has_a_plugin_that_fails_it():
    names = {name.removeprefix("test_") for name in dir(PluginConformance) if name[:5] == "test_"}
    assert {check for _, check, _ in CASES} == names


def test_what_is_written_must_be_readable():
    thing = kinds.Picky(id="p")
    object.__setattr__(thing, "size", 0)
    model = jmdi.Model.build([kinds.picky])
    with pytest.raises(AssertionError, match="cannot be read again") as caught:
        assert_round_trip(model.dataset([thing]), model)
    assert "rules belong in checks" in said(caught)


def test_what_is_made_must_be_writable():
    thing = kinds.Shifty(id="s")
    with pytest.raises(AssertionError, match="records cannot be written") as caught:
        assert_round_trip(jmdi.Model.build([kinds.shifty]).dataset([thing]), jmdi.Model.build([]))
    assert "expected text, got whole number 0" in said(caught)


def test_a_record_must_fit_its_schema(monkeypatch):
    monkeypatch.setattr(kind_suite, "kind_schema", lambda cls: {"required": ["colour"]})
    message = failure(suite(loopback, schemas=HERE / "schemas"), "schemas_agree")
    assert "kind 'loopback:" in message
    assert "does not fit its schema: 'colour' is a required property" in message


NEWER = b'{"jmdi":"1.0","kinds":{"alpha:bank":{"v":99,"is":["actor","entity"]}}}\n'


class Careless:
    """A jmdi without the plugin that changes what it passes on."""

    def __init__(self, change):
        self.change, self.model = change, jmdi.Model.build([])
        self.catalog = self.model.catalog

    def read(self, stream, **more):
        return self.model.read(stream, **more)

    def write(self, dataset, stream, **more):
        held = io.BytesIO()
        self.model.write(dataset, held, **more)
        stream.write(self.change(held.getvalue()))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda data: data.replace(b'"score":1', b'"score":2'), "a file changes when it passes"),
        (lambda data: NEWER + data.partition(b"\n")[2], "are not the same"),
    ],
)
def test_a_file_must_pass_through_other_jmdis_unchanged(change, words):
    import alpha

    model = jmdi.Model.build([alpha])
    dataset = model.dataset([alpha.Bank(id="b", licence="7").with_facet(alpha.Risk(score=1))])
    with pytest.raises(AssertionError, match=words) as caught:
        assert_round_trip(dataset, model, Careless(change))
    assert "only jmdi" in said(caught)


def test_a_migration_must_give_a_readable_record():
    message = failure(suite(kinds.forgetful, older=FIRST), "older_versions_are_readable")
    assert "'forgetful:thing'" in message
    assert "is not readable" in message
    assert "/forgetful:thing/size" in message


def test_an_archived_file_must_be_readable(tmp_path):
    (tmp_path / "1.0").mkdir()
    path = tmp_path / "1.0" / "old.jsonl"
    header = {"jmdi": "1.0", "kinds": {"forgetful:thing": {"v": 1}}}
    record = FIRST["forgetful:thing", 1]
    path.write_text(f"{json.dumps(header)}\n{json.dumps(record)}\n", encoding="utf-8")
    message = failure(suite(kinds.forgetful, archive=tmp_path), "older_versions_are_readable")
    assert "old.jsonl of 1.0 cannot be read" in message
    record["forgetful:thing"] = {"size": 3}
    path.write_text(f"{json.dumps(header)}\n{json.dumps(record)}\n", encoding="utf-8")
    suite(kinds.forgetful, archive=tmp_path).test_older_versions_are_readable()


def test_a_committed_schema_must_be_that_of_the_code(tmp_path):
    shutil.copytree(HERE / "schemas", tmp_path, dirs_exist_ok=True)
    path = tmp_path / "loopback.ledger.schema.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"pages"', '"leaves"'))
    message = failure(suite(loopback, schemas=tmp_path), "schemas_agree")
    assert "loopback.ledger.schema.json is not the JSON Schema of kind 'loopback:ledger'" in message


class Distribution:
    """What the metadata of a distribution say, for a plugin that is not really installed."""

    metadata = {"Name": "jmdi-vague"}  # noqa: RUF012

    def __init__(self, *requires):
        self.requires = list(requires)


@pytest.mark.parametrize(
    ("name", "requires", "word"),
    [
        ("vague", [], "does not say which jmdi"),
        ("vague", ["attrs>=24"], "does not say which jmdi"),
        ("vague", ["jmdi"], "does not say which jmdi"),
        ("vague", ["jmdi<30"], "does not say"),
        ("vague", ["jmdi>=99"], "jmdi>=99, and is tested with"),
        ("Va_gue", ["jmdi>=26"], "prefix"),
    ],
)
def test_a_distribution_asks_for_a_fitting_jmdi(name, requires, word):
    import attrs

    from jmdi.testing.conformance import _check_distribution
    from jmdi.testing.subject import subject_of

    @attrs.frozen
    class Entry:
        name: str
        dist: Distribution

    subject = subject_of(naming.vague)
    with pytest.raises(AssertionError, match=word) as caught:
        _check_distribution(subject, Entry(name, Distribution(*requires)))
    said(caught)
    _check_distribution(subject, Entry("vague", Distribution("jmdi>=26.1", "lxml")))


def test_a_class_must_name_a_plugin_that_can_be_loaded():
    assert "TestWrong names no plugin" in failure(suite(None), "imports_cleanly")
    with pytest.raises(
        AssertionError, match=r"'wrkplan' cannot be loaded.* mean 'workplan'"
    ) as caught:
        type("TestWrong", (PluginConformance,), {"plugin": "wrkplan"})().test_imports_cleanly()
    said(caught)


def test_the_kit_does_not_blame_what_is_right():
    case = suite(loopback, beside=naming.vague, schemas=HERE / "schemas")
    for check in ("names_and_bounds_agree", "hooks_are_right_and_pure", "order_does_not_matter"):
        getattr(case, f"test_{check}")()
    with pytest.raises(jmdi.ModelError):
        jmdi.LazyRef("nothing")


def faults():
    """File and line of each place in jmdi.testing at which a plugin can fail."""
    folder = Path(jmdi.testing.__file__).parent
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            call = node.exc if isinstance(node, ast.Raise) else None
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "fault":
                yield path.name, node.lineno


def test_each_way_to_fail_was_reached(request):
    """Runs last; the tests before it say which wrong plugin reaches which.

    Where they are shared out among processes, all run once more in one.
    """
    if "PYTEST_XDIST_WORKER" in os.environ:
        alone = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_XDIST")}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", __file__]
        done = subprocess.run(command, env=alone, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout
        return
    here = [item for item in request.session.items if item.path == Path(__file__)]
    if len(here) < len(CASES) + 15:
        pytest.skip("run all tests of this file")
    every = set(faults())
    assert len(every) > 45
    assert every - REACHED == set()
