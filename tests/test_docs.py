"""The documentation says what is so: pages are generated anew, blocks run, links lead somewhere."""

from __future__ import annotations

import doctest
import importlib
import inspect
import re
import sys
import types
from pathlib import Path

import attrs
import pytest

import jmdi
from jmdi.model import values
from jmdi.model.declare import fields_of, spec_of
from jmdi.model.fields import attribute_docs
from jmdi.plugins import specs
from jmdi.plugins.hookspecs import API, HOOKS, JmdiSpec

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "docs" / "_ext")]

import reference  # noqa: E402
import run_docs  # noqa: E402

PAGES = run_docs.pages_by_hand()
OTHERS = sorted([ROOT / "CONTRIBUTING.md", *ROOT.glob("plugins/*/README.md")])
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="session")
def catalog():
    pytest.importorskip("jmdi_workplan")
    return reference.build_model().catalog


@pytest.fixture(scope="session")
def built(catalog) -> dict[Path, str]:
    """The pages that are built with the site, by where they stand then."""
    return {reference.TARGET / name: text for name, text in reference.pages().items()}


@pytest.fixture(scope="session")
def texts(built) -> dict[Path, str]:
    """All pages, those by hand and those that are built."""
    nulls = {reference.TARGET / reference.NULLS: ""}  # it takes half a minute; the site has it
    return {**{path: path.read_text(encoding="utf-8") for path in PAGES}, **built, **nulls}


@pytest.fixture
def stable(monkeypatch):
    """The settings under which pages were written, whatever the developer's own are."""
    for name in [name for name in run_docs.os.environ if name.startswith("JMDI_")]:
        monkeypatch.delenv(name)
    for name, value in run_docs.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_blocks_run_as_they_are_shown(path, stable, tmp_path):
    text = path.read_text(encoding="utf-8")
    if any(b.language in ("python", "console") for b in run_docs.blocks_of(text)):
        pytest.importorskip("jmdi_workplan")
    _, failures = run_docs.run_page(text, tmp_path, readme=path.name == "README.md")
    assert not failures, "\n".join([*failures, f"python tools/run_docs.py --update {named(path)}"])


def test_a_wrong_page_is_found_and_put_right(stable, tmp_path):
    page = (
        "```python\n>>> 1 + 1\n3\n>>> 2 + 2\n>>> {}['a']\n```\n"
        "```console\n$ jmdi explain J203 | head -1\nJ203 is fine\n```\n```sh\nrm -r /\n```\n"
    )
    text, failures = run_docs.run_page(page, tmp_path)
    assert len(failures) == 5
    again, failures = run_docs.run_page(text, tmp_path)
    assert again == text
    assert failures == ["rm -r /: not run by a test"]


def test_blocks_of_built_pages_run_as_they_are_shown(built, stable, tmp_path):
    wrong = {}
    for number, (path, text) in enumerate(built.items()):
        (tmp_path / str(number)).mkdir()
        _, failures = run_docs.run_page(text, tmp_path / str(number))
        wrong |= {named(path): failures} if failures else {}
    assert not wrong


def test_git_holds_the_pages_by_hand_only():
    lines = (reference.TARGET / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert [line[1:] for line in lines if line.startswith("!")] == [
        ".gitignore",
        *reference.BY_HAND,
    ]
    held = {path.name for path in PAGES if path.parent == reference.TARGET}
    assert held == set(reference.BY_HAND)


def test_built_pages_are_written_where_they_differ(built, monkeypatch, tmp_path):
    monkeypatch.setattr(reference, "nulls_text", lambda: "drawn")
    for name in ("index.md", "gone.md", "hooks/gone.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    reference.write(tmp_path)
    written = {p.relative_to(tmp_path).as_posix(): p for p in tmp_path.rglob("*.md")}
    expected = {path.relative_to(reference.TARGET).as_posix(): built[path] for path in built}
    expected |= {"index.md": "index.md", reference.NULLS: "drawn"}
    assert {name: p.read_text(encoding="utf-8") for name, p in written.items()} == expected
    before = {name: path.stat().st_mtime_ns for name, path in written.items()}
    reference.write(tmp_path)
    assert before == {name: path.stat().st_mtime_ns for name, path in written.items()}


def test_built_pages_say_that_they_are_and_name_no_machine(built):
    for path, text in built.items():
        assert text.startswith(run_docs.BUILT), path
        assert str(ROOT) not in text, path
        assert not re.search(r" at 0x[0-9a-f]+|/home/|site-packages", text), path


@pytest.mark.parametrize("path", [*PAGES, *OTHERS], ids=named)
def test_links_lead_somewhere(path, texts):
    broken = [
        link
        for link in links_of(path.read_text(encoding="utf-8"))
        if not leads_somewhere(path, link, texts)
    ]
    assert not broken


def test_links_of_built_pages_lead_somewhere(built, texts):
    assert not [
        (named(path), link)
        for path, text in built.items()
        for link in links_of(text)
        if not leads_somewhere(path, link, texts)
    ]


def links_of(page: str) -> list[str]:
    return [link for link in LINK.findall(CODE.sub("", page)) if not re.match(r"[a-z]+:", link)]


def leads_somewhere(path: Path, link: str, texts: dict[Path, str]) -> bool:
    name, _, anchor = link.partition("#")
    target = (path.parent / name).resolve() if name else path
    if target not in texts and not target.exists():
        return False
    return not anchor or anchor in anchors_of(texts.get(target) or target.read_text("utf-8"))


def anchors_of(page: str) -> set[str]:
    text = re.sub(r"^```.*?^```$", "", page, flags=re.M | re.S)
    found: dict[str, int] = {}
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        words = "".join(c for c in heading.lower() if c.isalnum() or c in "-_ ").replace(" ", "-")
        found[words] = found.get(words, -1) + 1
    return {f"{w}-{n}" if n else w for w, last in found.items() for n in range(last + 1)}


def test_every_page_is_reached_from_the_index(texts):
    seen: set[Path] = set()
    waiting = [ROOT / "docs" / "index.md"]
    while waiting:
        path = waiting.pop()
        if path in seen or path not in texts:
            continue
        seen.add(path)
        links = links_of(texts[path])
        waiting += [(path.parent / link.partition("#")[0]).resolve() for link in links]
    assert {path for path in texts if path.is_relative_to(ROOT / "docs")} <= seen


@pytest.mark.parametrize("name", HOOKS)
def test_hooks_are_described(name):
    hook = getattr(JmdiSpec, name)
    text = inspect.getdoc(hook) or ""
    assert text.partition(">>>")[0].strip()
    assert ">>>" in text
    arguments = [p for p in inspect.signature(hook).parameters if p != "self"]
    assert [a for a in arguments if not re.search(rf"\b{a}\b: \S", text)] == []


def example_of(name: str) -> str:
    """The example in the docstring of a hook, as a script."""
    text = inspect.getdoc(getattr(JmdiSpec, name)) or ""
    return "".join(example.source for example in doctest.DocTestParser().get_examples(text))


@pytest.mark.parametrize("name", HOOKS)
def test_the_example_of_a_hook_is_a_plugin(name, monkeypatch):
    plugin = types.ModuleType("acme")
    monkeypatch.setitem(sys.modules, "acme", plugin)
    exec(example_of("jmdi_kinds"), plugin.__dict__)  # what the example of strategies builds on
    if name != "jmdi_kinds":
        del plugin.jmdi_kinds
    exec(example_of(name), plugin.__dict__)
    plugin.JMDI_API = API
    built = jmdi.Model.build([plugin]).catalog
    assert built.plugins[1].hooks == (name,)
    assert list(getattr(plugin, name)())
    if name != "jmdi_strategies":
        core = jmdi.Model.build([]).catalog
        shown = {field.alias for field in attrs.fields(type(core))} - {"plugins", "origins"}
        different = [n for n in shown if repr(getattr(core, n)) != repr(getattr(built, n))]
        assert len(different) == 1


def test_each_hook_has_a_page():
    pages = reference.plugins.hook_pages()
    assert set(pages) == {f"hooks/{name}.md" for name in HOOKS}
    index = reference.plugins.hooks_page()
    assert [name for name in HOOKS if f"[`{name}`](hooks/{name}.md)" not in index] == []


@pytest.mark.parametrize("name", HOOKS)
def test_the_page_of_a_hook_says_all(name):
    page = reference.plugins.hook_pages()[f"hooks/{name}.md"]
    assert example_of(name).partition("\n")[0] in page.partition("## Example")[2]
    assert "jmdi.builtin.plugin" in page or name in (
        "jmdi_accessors",
        "jmdi_commands",
        "jmdi_engines",
        "jmdi_facets",
        "jmdi_kernels",
        "jmdi_migrations",
        "jmdi_panels",
        "jmdi_strategies",
    )
    assert "See also: [" in page
    annotation = str(inspect.signature(getattr(JmdiSpec, name)).return_annotation)
    assert f"`{annotation}`" in page
    spec = annotation.partition("[")[2].removesuffix("]")
    if spec in specs.__all__:
        fields = re.findall(r"^\| `(\w+)` \| .* \| (?!\s*\|)[^|]+ \|$", page, re.MULTILINE)
        assert set(fields) >= {a.alias for a in attrs.fields(getattr(specs, spec))}


def test_an_undocumented_argument_or_field_is_found(monkeypatch):
    def jmdi_checks(self, catalog):
        """Rules.

        >>> 1
        """

    monkeypatch.setattr(JmdiSpec, "jmdi_checks", jmdi_checks)
    with pytest.raises(AssertionError):
        test_hooks_are_described("jmdi_checks")

    @attrs.frozen
    class Check:
        """A rule.

        Attributes:
            code: Its code.
        """

        code: str
        run: str

    monkeypatch.setattr(specs, "Check", Check)
    with pytest.raises(AssertionError):
        test_fields_of_specifications_are_described("Check")


def test_examples_that_pages_show_are_the_examples():
    shown = {}
    for path in PAGES:
        for block in run_docs.blocks_of(path.read_text(encoding="utf-8")):
            if block.file and block.file.startswith("examples/"):
                shown[block.file] = block.text
    assert len(shown) >= 5
    for name, text in shown.items():
        assert text == (ROOT / name).read_text(encoding="utf-8"), f"{name} is shown otherwise"
    plugins = {p.relative_to(ROOT).as_posix() for p in ROOT.glob("examples/write_a_plugin/*/*.py")}
    assert {p for p in plugins if "/test_" not in p} == set(shown)


@pytest.mark.parametrize("name", [n for n in specs.__all__ if isinstance(getattr(specs, n), type)])
def test_fields_of_specifications_are_described(name):
    cls = getattr(specs, name)
    described = attribute_docs(inspect.getdoc(cls) or "")
    assert [a.alias for a in attrs.fields(cls) if not described.get(a.alias)] == []


def test_kinds_values_and_facets_are_described(catalog):
    classes = [*catalog.kinds.values(), *catalog.facets.values()]
    classes += [c for c in map(values.__dict__.get, values.__all__) if isinstance(c, type)]
    assert len(classes) > 35
    missing = [
        f"{cls.__name__}.{field.name}"
        for cls in classes
        for field in fields_of(cls)
        if len(field.doc) < 4
    ]
    assert not missing
    assert not [cls.__name__ for cls in classes if not (cls.__doc__ or "").strip()]


def test_relations_say_how_they_read(catalog):
    for cls in catalog.kinds.values():
        if issubclass(cls, jmdi.Relation) and cls is not jmdi.Relation:
            assert spec_of(cls).ends, cls
            assert spec_of(cls).label, cls


@pytest.mark.parametrize("what", ["importers", "exporters", "projections", "metrics"])
def test_what_plugins_add_is_described(catalog, what):
    found = getattr(catalog, what)
    assert found
    for name, spec in found.items():
        assert len(spec.doc) > 10, f"{what} {name}"
        parameters = spec.options if what.endswith("porters") else spec.parameters
        assert not [p.name for p in parameters if len(p.doc) < 5], f"{what} {name}"


def test_metrics_can_be_cited(catalog):
    for name, metric in catalog.metrics.items():
        assert metric.title, name
        assert metric.citation, name


def test_problem_codes_are_explained(catalog):
    for code, about in catalog.codes.items():
        assert all(len(text) > 3 for text in (about.title, about.why, about.cure)), code
    assert not [c.code for c in catalog.checks if c.code not in catalog.codes or not c.doc]


def test_vocabularies_are_described(catalog):
    for scheme, vocabulary in catalog.vocabularies.items():
        assert vocabulary.title, scheme
        assert vocabulary.source, scheme
        assert not [c.code for c in vocabulary.concepts if not c.labels], scheme


def test_commands_and_options_are_described(catalog):
    page = reference.interface.cli_page()
    rows = [line for line in page.splitlines() if line.startswith("| `-")]
    assert len(rows) > 30
    assert not [row for row in rows if not row.split(" | ")[2].strip()]


def test_public_names_are_described(built):
    pages = "".join(text for path, text in built.items() if path.parent.name == "api")
    for name in jmdi.__all__:
        thing = getattr(jmdi, name)
        if not isinstance(thing, types.ModuleType):
            assert (
                len(re.findall(rf"^(?:\.\. auto\w+::|:::{{py:data}}) jmdi\.{name}$", pages, re.M))
                == 1
            )
            assert len(reference.api.WORDS.get(name) or inspect.getdoc(thing) or "") > 10, name
    for name in reference.api.MODULES:
        module = importlib.import_module(name)
        for member in module.__all__:
            assert re.search(rf"\b(?:jmdi|{re.escape(name)})\.{member}\b", pages), member
