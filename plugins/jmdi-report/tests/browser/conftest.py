"""A page of invented actors in one real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import pytest

import jmdi
from jmdi import Actor, Dataset, Tie
from jmdi.model.values import code

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
HOSTILE = '<img src=x onerror="window.ran=1"></script><script>window.ran=2</script>'
FORMULA = '=HYPERLINK("http://example.org","pay")'

_COUNTRIES = ("MA", "TN", "SN", "PH")
_TYPES = ("local_authority", "national_government", "national_ngo", "academia")


def invented() -> Dataset:
    """60 actors of four countries, among them names that try to run; ties of every state."""
    names = [f"Actor {i:02d}" for i in range(60)]
    names[:4] = [HOSTILE, FORMULA, "جمعية المهاجرين", "Commune de Fès"]
    actors = [
        Actor(
            id=f"actor:{i:02d}",
            names={"en": name},
            type=code("actor-type", _TYPES[i % 4]) if i % 10 != 9 else None,
            country=_COUNTRIES[i % 7 % 4],
            extra={"staff": i if i % 3 else None, "sector": ("jobs", "health")[i % 2]},
        )
        for i, name in enumerate(names)
    ]
    kinds = [code("tie-kind", name) for name in ("funding", "advocacy")]
    ties = [
        Tie(
            id=f"tie:{i:02d}-{step}",
            source=f"actor:{i:02d}",
            target=f"actor:{(i * step + 1) % 60:02d}",
            type=kinds[step % 2],
            directed=step == 2,
            state=code("presence", "unobserved") if step == 5 else None,
        )
        for i in range(60)
        for step in (2, 3, 5)
        if i != (i * step + 1) % 60 and i < 60 // step * 2
    ]
    return Dataset([*actors, *ties], model=jmdi.Model.build())


@attrs.frozen
class Seen:
    """What a page did that it should not."""

    requests: list[str] = attrs.Factory(list)
    errors: list[str] = attrs.Factory(list)


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return invented()


@pytest.fixture(scope="session")
def playwright():
    """Playwright, which finds no browser of its own here."""
    found = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    with found.sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright):
    """The one browser of a test run."""
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield started
    started.close()


@pytest.fixture(scope="session")
def written(dataset, tmp_path_factory) -> Callable[[str], Path]:
    """Writes the page in some languages, once each."""
    folder = tmp_path_factory.mktemp("pages")
    made: dict[str, Path] = {}

    def write(lang: str) -> Path:
        if lang not in made:
            from jmdi_report.report import report

            made[lang] = folder / f"{lang.replace(',', '-')}.html"
            report(dataset, lang=lang.split(",")).write(made[lang])
        return made[lang]

    return write


def _bad(said) -> bool:
    """Whether the console was told of a fault; that tests read pixels often is none."""
    return said.type in ("error", "warning") and "willReadFrequently" not in said.text


@contextmanager
def opened(browser, path: Path, *, hash: str = "", **options) -> Iterator:
    """The page in a fresh context, as ``page``, with ``page.seen``; ready when its script is."""
    options.setdefault("viewport", {"width": 1280, "height": 900})
    context = browser.new_context(**options)
    try:
        page = context.new_page()
        page.set_default_timeout(10_000)
        seen = Seen()
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on("console", lambda said: seen.errors.append(said.text) if _bad(said) else None)
        page.seen = seen
        page.goto(path.as_uri() + hash)
        if options.get("java_script_enabled", True):
            page.wait_for_selector("html[data-ready]", state="attached")
        yield page
    finally:
        context.close()


@pytest.fixture
def page(browser, written):
    """The page in English and Arabic, in the light theme."""
    with opened(browser, written("en,ar"), color_scheme="light") as page:
        yield page
        assert page.seen.errors == []
