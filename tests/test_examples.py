"""The scripts of examples/ run as they are, and print what they are for."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import jmdi

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
PLAN = "examples/workplan/workplan.csv"
BAD = "Action,Objective,Timeline\nFair,Inform families,03/04/2015\n"


def run(script: str, *arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("JMDI_")}
    environment |= {
        "JMDI_PLUGINS": "iati,network,scaling,workbook,workplan",
        "PYTHONIOENCODING": "utf-8",
    }
    return subprocess.run(
        [sys.executable, "-W", "error", str(EXAMPLES / script), *arguments],
        capture_output=True,
        cwd=cwd,
        env=environment,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture(autouse=True)
def plugin():
    pytest.importorskip("jmdi_workplan")


def test_a_good_upload_is_accepted():
    done = run("embed/validate_upload.py", PLAN)
    assert done.stderr == ""
    assert done.stdout.splitlines()[0] == "200"
    assert done.returncode == 0


def test_a_doubtful_upload_is_accepted_with_warnings(tmp_path):
    (tmp_path / "plan.csv").write_text(BAD, encoding="utf-8")
    done = run("embed/validate_upload.py", "plan.csv", cwd=tmp_path)
    assert done.stdout.splitlines()[0] == "200"
    assert "warning workplan:W203" in done.stdout


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\x7fELF", b"a,b\n1,2\n"])
def test_what_is_no_plan_is_refused(tmp_path, content):
    (tmp_path / "plan.docx").write_bytes(content)
    done = run("embed/validate_upload.py", "plan.docx", cwd=tmp_path)
    assert done.stdout.splitlines()[0] in ("415", "422")
    assert done.stderr == ""
    assert done.returncode == 1


def test_a_work_plan_is_a_network():
    done = run("research/workplan_network.py")
    assert done.stderr == ""
    assert "<Network 'workplan':" in done.stdout
    assert re.search(r"workplan:completeness = 0\.\d+", done.stdout)
    assert "Orientation of regional development councils" in done.stdout


def test_actors_of_the_programme():
    done = run("research/actors_of_the_programme.py")
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0].startswith("<Network 'actors':")
    assert lines[1].startswith("density = ")
    assert "label,degree,betweenness" in lines
    assert len(lines) > 10


def test_partners_of_local_governments_in_iati():
    pytest.importorskip("jmdi_iati")
    done = run("research/iati_local_governments.py")
    assert done.stderr == ""
    assert "1 placeholders are left out" in done.stdout
    assert "Association B" in done.stdout


def test_a_country_in_iati():
    pytest.importorskip("jmdi_iati")
    rates = ("--currency", "USD", "--rates", "examples/iati/rates.csv")
    done = run("research/iati_country.py", "SN", "examples/iati", *rates)
    assert done.stderr == ""
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert "5 initiatives, 10 transactions" in lines
    assert "8 actors, or 6 if they are" in lines
    assert "Mairie de Hautbourg: Example Agency (publishes it); Northern Region" in lines
    assert "1 may be local or not: Northern Region" in lines
    assert "2021: 70,720 USD (4)" in lines
    assert "Example Agency -> Commune of Lowtown: 75,000 USD (2, provider inferred)" in lines
    assert "Fund of Friends -> Commune of Lowtown: 16,560 USD (1)" in lines
    assert "transactions without a receiver: {'not_stated': 2}" in lines


@pytest.mark.parametrize("country", ["SV", "NP"])
def test_a_country_in_published_iati(country):
    pytest.importorskip("jmdi_iati")
    folder = ROOT.parent / "shared" / "data" / "iati"
    if not folder.is_dir():
        pytest.skip("no published files beside the repository")
    done = run("research/iati_country.py", country, str(folder / "*.xml"))
    assert done.stderr == ""
    paid = re.findall(r"^  (20\d\d): ([\d,]+) USD", done.stdout, re.MULTILINE)
    assert len(paid) > 5
    assert re.search(r"^undisbursed = ", done.stdout, re.MULTILINE)


def test_scaling_of_the_programme():
    pytest.importorskip("jmdi_scaling")
    done = run("research/scaling_of_the_programme.py")
    assert done.stderr == ""
    assert "questions cannot be answered from these records" in done.stdout


def test_classic_diffusion(tmp_path):
    pytest.importorskip("jmdi_scaling")
    done = run("research/classic_diffusion.py", str(tmp_path))
    assert done.stderr == ""
    assert "the data sets are not here" in done.stdout


def test_classic_diffusion_names_the_setting_of_netdiffuser_beside_each_number(tmp_path):
    pytest.importorskip("jmdi_scaling")
    nodes = [f"n{k}" for k in range(8)]
    study = {
        "title": "Made-up study",
        "nodes": nodes,
        "edges": [pair for a, b in itertools.pairwise(nodes) for pair in ([a, b], [b, a])],
        "toa": {node: 1 + k for k, node in enumerate(nodes)},
        "t0": 1,
    }
    (tmp_path / "made-upDiffNet.json").write_text(json.dumps(study), encoding="utf-8")
    done = run("research/classic_diffusion.py", str(tmp_path))
    assert done.stderr == ""
    title, *lines = done.stdout.splitlines()
    assert title.startswith("Made-up study: 8 actors")
    assert len(lines) == 14
    assert all("netdiffuseR: " in line for line in lines[1::2])
    assert "threshold(dn, lags = 1)" in done.stdout


def test_the_plugin_is_tried():
    done = run("write_a_plugin/try_it.py")
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "<Dataset of 2 records: 2 actor>",
        "input:2 names:N1 the line is empty",
        "names:isolated = 2   (count)",
    ]


def test_the_plugin_works_at_the_command_line(tmp_path):
    shutil.copy(EXAMPLES / "write_a_plugin" / "names_plugin.py", tmp_path)
    (tmp_path / "a.names").write_text("Municipality A\nFund\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "jmdi",
        "metrics",
        "a.names",
        "names:isolated",
        "--plugin",
        "names_plugin.py",
    ]
    done = subprocess.run(
        command,
        capture_output=True,
        cwd=tmp_path,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"names:isolated +2 +count", done.stdout)


def test_an_invented_registry_is_the_same_each_time(tmp_path):
    files = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for file in files:
        done = run("registry/make_registry.py", "--projects", "50", "-o", str(file))
        assert (done.returncode, done.stderr) == (0, "")
    assert files[0].read_bytes() == files[1].read_bytes()
    registry = jmdi.read(files[0])
    assert len(registry.of(jmdi.Initiative)) == 50
    assert not registry.check().problems


def test_every_script_is_described_and_run():
    scripts = {path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.rglob("*.py")}
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    tests = (
        Path(__file__),
        Path(__file__).with_name("test_example_plugins.py"),
        ROOT / "plugins/jmdi-tables/tests/test_on_a_cluster.py",
    )
    here = "".join(path.read_text(encoding="utf-8") for path in tests)
    assert scripts
    for script in scripts:
        assert script in readme
        assert Path(script).name in here
