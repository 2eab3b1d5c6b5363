"""Measures the report page in a real browser, against sigma.js on the same data in the same run.

The first frame is the time from opening the file to pixels: a pixel is read back from the canvas
of each, so that neither can put off its drawing. Our time is that of the whole page, with its
filters, details and tables; sigma's page has the graph alone, already laid out. Frames are
counted while the map is zoomed and moved without a pause; time of scripts is what the browser's
main thread spent in them for each frame.

sigma and graphology come by npm into a temporary folder; without npm, or offline, they are left
out. Without a GPU both draw with the processor.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from jmdi import Actor, Dataset, Model, Tie
from jmdi.model.values import code

SMALL_LIMIT = 500.0
"""Milliseconds to the first frame of 1,000 actors."""

SHARE_LIMIT = 1 / 3
"""The first frame of 20,000 actors, as a share of sigma's."""

FRAMES_LIMIT = 55.0
"""Frames a second while moving: 60 of the screen, but for what the measuring itself takes."""

PACKAGES = ("sigma@3", "graphology@0.26")
TYPES = ("local_authority", "national_government", "national_ngo", "private_sector", "academia")
COUNTRIES = ("MA", "TN", "SN", "PH", "SV", "CR", "NP")


def records(actors: int, ties: int) -> Dataset:
    """Invented actors of seven countries; most ties stay in the country, some actors have many."""
    rng = random.Random(7)
    weights = [rng.paretovariate(2) for _ in range(actors)]
    country = [rng.choices(range(7), (30, 20, 15, 10, 10, 10, 5))[0] for _ in range(actors)]
    groups = [[i for i in range(actors) if country[i] == c] for c in range(7)]
    made: list[Any] = [
        Actor(
            id=f"actor:{i}",
            names={"en": f"Actor number {i}"},
            type=code("actor-type", rng.choice(TYPES)),
            country=COUNTRIES[country[i]],
        )
        for i in range(actors)
    ]
    kind = code("tie-kind", "advocacy")
    for i, a in enumerate(rng.choices(range(actors), weights, k=ties)):
        near = rng.random() < 0.6
        b = rng.choice(groups[country[a]]) if near else rng.randrange(actors)
        b = (a + 1) % actors if a == b else b
        made.append(
            Tie(id=f"tie:{i}", source=f"actor:{a}", target=f"actor:{b}", type=kind, directed=False)
        )
    return Dataset(made, model=Model.build())


def our_page(dataset: Dataset, path: Path) -> None:
    """The report page, without metrics: they take their time in Python, not in the browser."""
    from jmdi_report.report import report

    report(dataset, metrics=(), title="Benchmark").write(path)


def drawn_map(dataset: Dataset) -> dict[str, Any]:
    """The map of the payload: what both draw."""
    from jmdi_report.facts import Facts
    from jmdi_report.network_map import NetworkMap
    from jmdi_report.payload import payload
    from jmdi_report.settings import Settings

    facts = Facts(dataset, Settings(languages="en"))
    found: dict[str, Any] = payload(facts, NetworkMap(facts), [])["map"]
    return found


SIGMA = """<!doctype html><meta charset="utf-8"><style>body{margin:0}#map{width:698px;height:558px}
</style><div id="map"></div><script type="application/json" id="data">%s</script>
<script type="module">%s</script>"""

SIGMA_SCRIPT = """
import Graph from "graphology";
import Sigma from "sigma";
const map = JSON.parse(document.querySelector("#data").textContent);
const graph = new Graph({multi: true});
const {x, y} = map.layouts.territory;
map.id.forEach((id, i) => graph.addNode(id, {
  x: x[i], y: -y[i], size: 2, label: map.label[i], color: map.types[map.type[i]].light,
}));
map.ties.s.forEach((s, e) => graph.addEdge(map.id[s], map.id[map.ties.t[e]], {color: "#bbc"}));
const sigma = new Sigma(graph, document.querySelector("#map"));
sigma.refresh();
for (const canvas of document.querySelectorAll("#map canvas")) {
  canvas.getContext("webgl2")?.readPixels(0, 0, 1, 1, 6408, 5121, new Uint8Array(4));
}
window.firstFrame = performance.now();
window.move = (n) => sigma.getCamera().setState({
  ratio: 0.6 + 0.3 * Math.sin(n / 20), x: 0.5 + 0.1 * Math.sin(n / 13), y: 0.5, angle: 0,
});
"""

OURS = """() => {
  const canvas = document.querySelector('#map canvas');
  canvas.getContext('2d').getImageData(0, 0, 1, 1);
  window.firstFrame = performance.now();
  const box = canvas.getBoundingClientRect();
  window.move = (n) => canvas.dispatchEvent(new WheelEvent('wheel', {
    deltaY: n % 80 < 40 ? -12 : 12, ctrlKey: true, cancelable: true,
    clientX: box.left + 300 + n % 50, clientY: box.top + 200,
  }));
}"""
"""Reads a pixel back and says how the map is moved, as a hand would with the wheel."""

MOVING = """async (seconds) => {
  const begun = performance.now();
  let frames = 0;
  await new Promise((done) => {
    const frame = () => {
      window.move(frames++);
      if (performance.now() - begun < seconds * 1000) requestAnimationFrame(frame);
      else done();
    };
    requestAnimationFrame(frame);
  });
  return frames / ((performance.now() - begun) / 1000);
}"""


def sigma_page(drawn: dict[str, Any], folder: Path) -> Path | None:
    """A page of sigma, or nothing where it cannot be had, which it says."""
    if shutil.which("npm") is None:
        print("sigma: left out, npm is not installed")
        return None
    try:
        subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", *PACKAGES, "esbuild@0.25"],
            cwd=folder, check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        (folder / "bench.js").write_text(SIGMA_SCRIPT, encoding="utf-8")
        subprocess.run(
            ["npx", "esbuild", "bench.js", "--bundle", "--minify", "--format=esm",
             "--outfile=bundle.js"],
            cwd=folder, check=True, capture_output=True, timeout=60,
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError) as error:
        print(f"sigma: left out, npm gave no packages ({error})")
        return None
    script = (folder / "bundle.js").read_text("utf-8").replace("</script", "<\\/script")
    page = folder / "sigma.html"
    data = json.dumps(drawn).replace("<", "\\u003c")
    page.write_text(SIGMA % (data, script), encoding="utf-8")
    return page


def measured(browser: Any, path: Path, ours: bool, seconds: float) -> dict[str, float]:
    """First frame in ms, frames a second while moving, ms of script for each frame."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    if ours:  # at the moment that the script of the page says it is ready
        page.add_init_script(
            "new MutationObserver((_, watch) => { if ('ready' in document.documentElement.dataset)"
            f" {{ watch.disconnect(); ({OURS})(); }} }}).observe(document, "
            "{attributes: true, subtree: true, attributeFilter: ['data-ready']})"
        )
    page.goto(path.as_uri(), wait_until="commit")
    try:
        page.wait_for_function("() => window.firstFrame", timeout=120_000)
    except Exception as error:
        raise SystemExit(f"{path.name} shows nothing: {errors or error}") from error
    page.wait_for_timeout(300)
    session = context.new_cdp_session(page)
    session.send("Performance.enable")

    def script() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(m["value"] for m in metrics if m["name"] == "ScriptDuration"))

    before = script()
    rate = float(page.evaluate(MOVING, seconds))
    found = {
        "first": float(page.evaluate("() => window.firstFrame")),
        "frames": rate,
        "script": 1000 * (script() - before) / max(rate * seconds, 1),
    }
    context.close()
    return found


def medians(browser: Any, pages: dict[str, Path], runs: int, seconds: float) -> dict[str, Any]:
    """The median of each figure, the pages measured in turns."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
    for _ in range(runs):
        for name, path in pages.items():
            found[name].append(measured(browser, path, name != "sigma", seconds))
    return {
        name: {key: statistics.median(one[key] for one in all_) for key in all_[0]}
        for name, all_ in found.items()
    }


def main() -> int:
    """Prints the figures; 1 if a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="times that each page is opened")
    parser.add_argument("--smoke", action="store_true", help="small and quick: only that it runs")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        print("left out: playwright is not installed")
        return 0
    if chromium is None:
        print("left out: chromium is not installed (apt-get install chromium)")
        return 0
    small, large = ((60, 130), (200, 440)) if options.smoke else ((1000, 2200), (20_000, 44_000))
    runs, seconds = (1, 0.3) if options.smoke else (options.runs, 2.0)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        pages = {"small": folder / "small.html", "large": folder / "large.html"}
        our_page(records(*small), pages["small"])
        dataset = records(*large)
        our_page(dataset, pages["large"])
        peer = None if options.smoke else sigma_page(drawn_map(dataset), folder)
        if peer:
            pages["sigma"] = peer
        sizes = {name: path.stat().st_size / 1024 for name, path in pages.items()}
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        found = medians(browser, pages, runs, seconds)
        browser.close()
    print(f"{'page':<8}{'actors':>8}{'KiB':>8}{'first ms':>10}{'fps':>7}{'script ms/frame':>17}")
    for name, got in found.items():
        actors = small[0] if name == "small" else large[0]
        print(
            f"{name:<8}{actors:>8,}{sizes[name]:>8.0f}{got['first']:>10.0f}{got['frames']:>7.1f}"
            f"{got['script']:>17.2f}"
        )
    if options.smoke:
        return 0
    kept = [found["small"]["first"] <= SMALL_LIMIT, found["large"]["frames"] >= FRAMES_LIMIT]
    if "sigma" in found:
        share = found["large"]["first"] / found["sigma"]["first"]
        print(f"first frame, as a share of sigma's: {share:.2f} (at most {SHARE_LIMIT:.2f})")
        kept.append(share <= SHARE_LIMIT)
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
