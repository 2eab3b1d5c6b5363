"""What must agree in the repository itself: versions, dependencies, rules and their reasons."""

from __future__ import annotations

import ast
import functools
import importlib.metadata
import importlib.util
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = [ROOT, *sorted(path.parent for path in ROOT.glob("plugins/jmdi-*/pyproject.toml"))]
NAME = re.compile(r"[A-Za-z0-9_.-]+")
KEPT = (
    "benchmarks",
    "changelog.d",
    "docs",
    "examples",
    "plugins",
    "schemas",
    "src",
    "tests",
    "tools",
)
MADE = {"__pycache__", "build", "dist", "made"}
BUILT = {".dll", ".egg", ".exe", ".pyd", ".so", ".whl"}
LARGEST = 1_000_000
"""Bytes of a file; the largest that belongs here is the sample, of 656,321."""

POSIX_MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
POSIX_NAMES = {
    *("fork", "forkpty", "geteuid", "getuid", "getgid", "chown", "fchmod", "fchown", "killpg"),
    *("mkfifo", "nice", "pathconf", "sched_getaffinity", "setsid", "statvfs", "sysconf", "uname"),
    *("wait3", "wait4", "O_NOFOLLOW", "O_NONBLOCK", "O_DIRECTORY", "SIGALRM", "SIGCHLD"),
    *("SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGUSR1", "SIGUSR2", "PosixPath", "tzset"),
}
"""What only POSIX systems have: it needs ``hasattr`` or ``getattr``, or ``except
ModuleNotFoundError`` around the import."""


def project(folder):
    return tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]


def modules(folder, *parts):
    return [path for part in parts for path in sorted((folder / part).rglob("*.py"))]


def load(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@functools.cache
def nodes(path):
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))


@functools.cache
def packages():
    """The packages of each installed distribution."""
    found = {}
    for module, names in importlib.metadata.packages_distributions().items():
        for name in names:
            found.setdefault(plain(name), set()).add(module)
    return found


def installed(name):
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


@functools.cache
def imported(path):
    """The top-level packages that a file imports, by whatever way."""
    found = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
            if called in ("import_module", "importorskip"):
                found.add(str(node.args[0].value).split(".")[0])
    return found


def test_all_distributions_have_one_version():
    versions = {project(folder)["version"] for folder in FOLDERS}
    assert len(versions) == 1
    cited = re.search(r'^version: "(.*)"$', (ROOT / "CITATION.cff").read_text("utf-8"), re.M)
    assert {cited[1]} == versions


def test_all_means_every_plugin():
    plugins = {p["name"] for p in map(project, FOLDERS[1:]) if "entry-points" in p}
    named = {NAME.match(line)[0] for line in project(ROOT)["optional-dependencies"]["all"]}
    assert named == {*plugins, "jmdi"}


LIMITED = {"sqlglot<30.18", "pandas<3"}
"""What another dependency imports, and is limited for a fault that its own limits do not know."""


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_dependency_is_imported_and_ours_are_bounded(folder):
    about = project(folder)
    groups = {"": about["dependencies"], **about.get("optional-dependencies", {})}
    for group, lines in groups.items():
        if group in ("all", "dev"):  # other distributions, and tools that are run
            continue
        tests = ("tests",) if group == "test" else ()
        used = set().union(*map(imported, modules(folder, "src", *tests)))
        if group == "docs":  # Sphinx is run, and imports what its configuration names
            named = (folder / "docs" / "conf.py").read_text(encoding="utf-8")
            used = set(re.findall(r'"(\w+)[\w.]*"', named)) | {"sphinx"}
        for line in lines:
            name = plain(NAME.match(line)[0])
            if "[" in line and name.startswith("jmdi"):  # an extra of ours
                continue
            assert not name.startswith("jmdi") or "<" in line, f"{line} has no upper bound"
            if line in LIMITED:
                continue
            own = packages().get(name)
            if own is None and group and not installed(name):  # its modules are not known
                continue
            own = own or {name.replace("-", "_")}
            assert own & used, f"{folder.name} declares {line} and does not import it"


def test_tools_build_distributions_in_the_order_of_their_needs():
    order = [one.name for one in load("build_wheels").distributions()]
    assert order[0] == "jmdi"
    assert order.index("jmdi-documents") < order.index("jmdi-workplan")
    assert len(order) == len(FOLDERS)


def test_every_exception_to_the_rules_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    ignored = re.search(r"^ignore = \[\n(.*?)^\]", text, re.M | re.S)[1]
    assert all(re.search(r'"[A-Z]+\d+", +# \w+', line) for line in ignored.splitlines())


def test_nothing_built_and_nothing_large_is_kept():
    folders = (ROOT / name for name in KEPT)
    files = [path for path in ROOT.iterdir() if path.is_file()]
    files += [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    kept = [path for path in files if not MADE.intersection(path.relative_to(ROOT).parts)]
    assert len(kept) > 1000
    assert [str(p) for p in kept if p.suffix in BUILT or p.stat().st_size > LARGEST] == []


def test_no_pattern_has_a_possessive_group():
    """Python before 3.11.5 matches these wrongly (python/cpython#106052); classes are safe."""
    group = re.compile(r"\)[*+?}]\+|\(\?>")
    paths = [path for folder in FOLDERS for path in modules(folder, "src")]
    assert len(paths) > 500
    assert [str(path) for path in paths if group.search(path.read_text("utf-8"))] == []


def test_no_call_that_only_some_systems_have():
    wrong = []
    for path in (path for folder in FOLDERS for path in modules(folder, "src")):
        text = path.read_text("utf-8")
        if "except ModuleNotFoundError" not in text:
            wrong += [f"{path}: {name}" for name in imported(path) & POSIX_MODULES]
        for node in nodes(path):
            name = getattr(node, "attr", None)
            asked = f'hasattr(os, "{name}")' in text or f'getattr(os, "{name}"' in text
            if name in POSIX_NAMES and not asked:
                wrong.append(f"{path}:{node.lineno}: {name}")
    assert wrong == []


def test_a_release_keeps_its_section(tmp_path, monkeypatch):
    tool = load("make_changelog")
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    (tmp_path / "changelog.d").mkdir()
    (tmp_path / "changelog.d" / "new.fixed.md").write_text("Corrected\nit.\n")
    old = "# Changelog\n\n## Unreleased\n\n### Added\n\n- A.\n\n## 26.1\n\n### Added\n\n- B.\n"
    wanted = (
        "# Changelog\n\n## 26.2\n\n### Fixed\n\n- Corrected it.\n\n## 26.1\n\n### Added\n\n- B.\n"
    )
    assert tool.changelog(old, "26.2") == wanted
