"""The template of a plugin gives one that works, without the repository and without edits."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytest.importorskip("copier")

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "plugins" / "_template"
ANSWERS = {
    "name": "river-basin",
    "description": "Partners along a river: names & ties",
    "author": "Municipality A",
}
PACKAGE = "jmdi_river_basin"
PATIENCE = 600

pytestmark = pytest.mark.slow


def environment():
    """What a command is given: nothing of the settings of whoever runs the tests."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JMDI_", "PYTHON", "GIT_"))}
    person = {"NAME": "Tester", "EMAIL": "tester@example.org"}
    git = {f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER") for k, v in person.items()}
    return {**kept, **git, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def run(*command, cwd, check=True):
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert not check or done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


def copier(*arguments, cwd, **answers):
    data = [part for name, text in answers.items() for part in ("--data", f"{name}={text}")]
    return run(
        sys.executable, "-m", "copier", *arguments, "--defaults", *data, cwd=cwd, check=False
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    done = copier("copy", TEMPLATE, "my-plugin", cwd=folder, **ANSWERS)
    assert done.returncode == 0, done.stderr
    return folder / "my-plugin"


def texts(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git/" not in path.as_posix()
    }


def test_one_command_gives_a_whole_plugin(project):
    found = texts(project)
    assert set(found) >= {
        "pyproject.toml",
        "README.md",
        "CHANGELOG.md",
        "docs/index.md",
        ".gitignore",
        ".github/workflows/ci.yml",
        ".copier-answers.yml",
        f"src/{PACKAGE}/plugin.py",
        f"src/{PACKAGE}/py.typed",
        "tests/test_conformance.py",
    }
    left = re.compile(r"(?<!\$)\{\{|\{%|\.jinja")
    assert not [name for name, text in found.items() if left.search(name + text)]
    assert "name: river-basin" in found[".copier-answers.yml"]


def test_the_template_runs_no_commands():
    text = (TEMPLATE / "copier.yml").read_text(encoding="utf-8")
    assert not re.search(r"^_(tasks|migrations|jinja_extensions)", text, re.MULTILINE)


@pytest.mark.parametrize(
    "answers",
    [
        {"name": "Upper"},
        {"name": "two words"},
        {"name": "1st"},
        {"name": "a--b"},
        {"name": "jmdi"},
        {"description": 'a "quoted" word'},
        {"author": "back\\slash"},
    ],
)
def test_answers_that_would_break_it_are_refused(answers, tmp_path):
    done = copier("copy", TEMPLATE, "out", cwd=tmp_path, **answers)
    assert done.returncode != 0
    assert "Validation error" in done.stderr
    assert not (tmp_path / "out").exists()


def test_style_and_types_are_clean(project):
    pytest.importorskip("mypy")
    if shutil.which("ruff", path=Path(sys.executable).parent) is None:
        pytest.skip("ruff is not installed")
    ruff = Path(sys.executable).parent / "ruff"
    run(ruff, "check", ".", cwd=project)
    run(ruff, "format", "--check", ".", cwd=project)
    run(sys.executable, "-m", "mypy", cwd=project)


@pytest.fixture(scope="module")
def wheels(project, tmp_path_factory):
    """Wheels of the core and of the plugin; skips where nothing can be downloaded."""
    folder = tmp_path_factory.mktemp("wheels")
    pip = (sys.executable, "-m", "pip")
    probe = run(
        *pip,
        "download",
        "-q",
        "--no-deps",
        "-d",
        folder / "probe",
        "hatchling>=1.25",
        cwd=folder,
        check=False,
    )
    if probe.returncode != 0:
        pytest.skip("pip cannot download what builds a wheel")
    core = folder / "core"
    for name in ("src", "pyproject.toml", "README.md", "LICENSE"):
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        core.mkdir(exist_ok=True)
        copy(source, core / name)
    run(*pip, "wheel", "-q", "--no-deps", "-w", folder, core, project, cwd=folder)
    return sorted(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def clean(wheels, tmp_path_factory):
    """The Python of a virtual environment in which only the wheels are installed."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    core, plugin = wheels
    run(python, "-m", "pip", "install", "-q", f"{core}[test]", plugin, cwd=folder)
    return python


def test_wheels_pass_their_tests_without_the_repository(project, clean, tmp_path):
    for name in ("tests", "docs", "README.md", "pyproject.toml"):
        source = project / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    done = run(clean, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", cwd=tmp_path)
    assert "test_conformance.py::TestRiverBasin::" in done.stdout
    assert re.search(r"README\.md", done.stdout)
    places = run(
        clean, "-c", f"import jmdi, {PACKAGE} as p; print(jmdi.__file__, p.__file__)", cwd=tmp_path
    ).stdout
    assert str(ROOT) not in places
    assert places.count("site-packages") == 2


def test_the_installed_plugin_is_listed_and_works(clean, tmp_path):
    (tmp_path / "a.partners.csv").write_text("name,partner\nA,B\nC,\n", encoding="utf-8")
    jmdi = clean.parent / "jmdi"
    rows = run(jmdi, "plugins", "--check", "--strict", cwd=tmp_path).stdout
    assert re.search(r"importer +river-basin:partners +jmdi-river-basin 0\.1\.0 .*ok", rows)
    shown = run(jmdi, "metrics", "a.partners.csv", "river-basin:isolated-share", cwd=tmp_path)
    assert "0.3333" in shown.stdout


def commit(folder, message, tag=None):
    run("git", "init", "-q", cwd=folder)
    run("git", "add", "-A", cwd=folder)
    run("git", "commit", "-qm", message, cwd=folder)
    if tag:
        run("git", "tag", tag, cwd=folder)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_an_update_brings_changes_and_keeps_those_of_the_author(tmp_path):
    template = tmp_path / "template"
    shutil.copytree(TEMPLATE, template)
    commit(template, "first", "v1.0.0")
    done = copier("copy", template, "plugin", cwd=tmp_path, **ANSWERS)
    assert done.returncode == 0, done.stderr
    plugin = tmp_path / "plugin"
    own = plugin / "CHANGELOG.md"
    own.write_text(own.read_text(encoding="utf-8") + "\nOur own words.\n", encoding="utf-8")
    commit(plugin, "ours")

    (template / "template" / "CONTRIBUTING.md.jinja").write_text("To {{ name }}\n")
    ignored = template / "template" / ".gitignore"
    ignored.write_text(ignored.read_text(encoding="utf-8") + "*.tmp\n", encoding="utf-8")
    commit(template, "second", "v1.1.0")
    done = copier("update", cwd=plugin)
    assert done.returncode == 0, done.stderr
    found = texts(plugin)
    assert found["CONTRIBUTING.md"] == "To river-basin\n"
    assert found[".gitignore"].endswith("*.tmp\n")
    assert found["CHANGELOG.md"].endswith("\nOur own words.\n")
    assert "_commit: v1.1.0" in found[".copier-answers.yml"]
    assert not [name for name, text in found.items() if name.endswith(".rej") or "<<<<<<" in text]
