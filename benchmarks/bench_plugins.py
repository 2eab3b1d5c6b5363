"""Measures what installed plugins cost at start, against none and against pluggy's own loading.

Each measurement is a fresh interpreter, so that importing the plugins is part of it. The
plugins are small modules whose specifications name their functions, as the guide asks for.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

LIMIT = 50.0
"""Milliseconds that 50 installed plugins may add."""

PLUGIN = """
import jmdi

JMDI_API = 1


@jmdi.hookimpl
def jmdi_importers():
    return [jmdi.Importer("{name}:file", (".{name}",), "{name}_work:read", "{name}_work:sniff")]


@jmdi.hookimpl
def jmdi_exporters():
    return [jmdi.Exporter("{name}:file", (".{name}",), "{name}_work:write")]


@jmdi.hookimpl
def jmdi_metrics():
    return [jmdi.Metric("{name}:metric", "{name}_work:metric", title="A metric", range=(0, 1))]


@jmdi.hookimpl
def jmdi_problem_codes():
    return [jmdi.ProblemCode("{name}:P1", "title", "why", "what to do about it")]
"""

START = """
import sys, time
sys.path.insert(0, {site!r})
import jmdi
jmdi.Importer, jmdi.Model
from jmdi.plugins import hookspecs, loader
import jmdi.builtin.plugin, jmdi.builtin.formats, jmdi.builtin.checks
import jmdi.builtin.projections, jmdi.builtin.metrics
import importlib.metadata, pluggy
began = time.perf_counter()
"""
JMDI = """
catalog = loader.build_catalog({names!r})
taken = time.perf_counter() - began
assert sum(p.state == "active" for p in catalog.plugins) == {number} + 1, catalog.plugins
"""
PLUGGY = """
manager = pluggy.PluginManager("jmdi")
manager.add_hookspecs(hookspecs.JmdiSpec)
manager.load_setuptools_entrypoints("jmdi.plugins")
found = [list(part) for hook in hookspecs.HOOKS for part in getattr(manager.hook, hook)()]
taken = time.perf_counter() - began
"""
BARE = """
manager = pluggy.PluginManager("jmdi")
manager.add_hookspecs(hookspecs.JmdiSpec)
manager.load_setuptools_entrypoints("jmdi.plugins")
taken = time.perf_counter() - began
"""
END = "print(taken)\n"


def install(site: Path, number: int) -> list[str]:
    """Makes so many distributions in a folder, and gives the names of their plugins."""
    names = [f"bench{i:03}" for i in range(number)]
    for name in names:
        info = site / f"jmdi_{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: jmdi-{name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[jmdi.plugins]\n{name} = {name}_plugin\n")
        (site / f"{name}_plugin.py").write_text(PLUGIN.format(name=name))
    return names


def once(body: str, site: Path, names: list[str]) -> float:
    """Milliseconds of one measurement in an interpreter of its own."""
    values = {"site": str(site), "names": names, "number": len(names)}
    code = START.format(**values) + body.format(**values) + END
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout) * 1000


def main() -> None:
    """Runs all of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--smoke", action="store_true", help="few, only to see that it runs")
    parser.add_argument("--plugins", type=int, default=50, help="how many plugins are installed")
    parser.add_argument("--rounds", type=int, default=11, help="rounds of each measurement")
    parser.add_argument("--json", action="store_true", help="write the figures as JSON")
    options = parser.parse_args()
    number, rounds = (3, 1) if options.smoke else (options.plugins, options.rounds)
    with tempfile.TemporaryDirectory() as folder:
        empty, full = Path(folder) / "empty", Path(folder) / "full"
        empty.mkdir()
        full.mkdir()
        names = install(full, number)
        jobs = {
            "none": (JMDI, empty, []),
            "jmdi": (JMDI, full, names),
            "pluggy without": (BARE, empty, []),
            "pluggy": (BARE, full, names),
            "calls without": (PLUGGY, empty, []),
            "pluggy and calls": (PLUGGY, full, names),
        }
        for job in jobs.values():
            once(*job)
        taken: dict[str, list[float]] = {name: [] for name in jobs}
        for _ in range(rounds):
            for name, job in jobs.items():
                taken[name].append(once(*job))
    median = {name: statistics.median(times) for name, times in taken.items()}
    added = median["jmdi"] - median["none"]
    bare = median["pluggy"] - median["pluggy without"]
    called = median["pluggy and calls"] - median["calls without"]
    if options.json:
        print(json.dumps({"plugins": number, "rounds": rounds, "ms": median, "added_ms": added}))
        return
    print(f"{number} installed plugins with lazy hooks, median of {rounds} fresh interpreters")
    for name, milliseconds in median.items():
        print(f"  {name:<17} {milliseconds:7.1f} ms")
    print(f"  jmdi adds {added:.1f} ms (at most {LIMIT:g} for 50), {added / number:.2f} each")
    print(f"  pluggy's bare loading adds {bare:.1f} ms: ratio {added / bare:.2f}")
    print(f"  with its hooks called it adds {called:.1f} ms: ratio {added / called:.2f}")


if __name__ == "__main__":
    main()
