"""Measures the processor time of a fresh process up to the first numbers of the bundled data.

It reads the data and computes betweenness, constraint, brokerage and communities: as it comes, and
with every kernel compiled. Beside it stands the time to import networkx and scipy.sparse.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys

METRICS = """
import jmdi
network = jmdi.datasets.load({data!r}).project("actors")
for name in ("betweenness", "constraint", "communities"):
    network.metric("network:" + name)
network.metric("network:brokerage", groups="country")
"""
COMPILED = """
from jmdi_network.kernels import jit
jit._left[0] = 0
"""
IMPORT = "import jmdi\nfrom jmdi_network.kernels import jit\n"
PEER = "import networkx, scipy.sparse\n"
END = "import time\nprint(time.process_time())\n"


def once(code: str) -> float:
    """Seconds of processor time of a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", code + END], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def main() -> None:
    """Runs all of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--smoke", action="store_true", help="few, only to see that it runs")
    parser.add_argument("--rounds", type=int, default=9, help="rounds of each measurement")
    parser.add_argument("--json", action="store_true", help="write the figures as JSON")
    options = parser.parse_args()
    jobs = {"peer": PEER, "import": IMPORT}
    for data in ("jmdi", "sample"):
        jobs[data] = METRICS.format(data=data)
        jobs[f"{data} compiled"] = COMPILED + METRICS.format(data=data)
    for code in jobs.values():
        once(code)
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(1 if options.smoke else options.rounds):
        for name, code in jobs.items():
            taken[name].append(once(code))
    median = {name: statistics.median(times) for name, times in taken.items()}
    if options.json:
        print(json.dumps({"seconds": median}))
        return
    for name, seconds in median.items():
        print(f"  {name:<16} {seconds:6.3f} s, {seconds / median['peer']:5.2f} times the peer")


if __name__ == "__main__":
    main()
