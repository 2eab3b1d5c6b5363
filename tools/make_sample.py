"""Makes the bundled data set "sample": an invented programme on which every metric is defined.

Nothing in it is true. It is made of random numbers with a seed, so that it is the same wherever
it is made; tools/sample has its parts. Run it from the repository root:

    python tools/make_sample.py
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from sample.actors import actors
from sample.common import TITLE
from sample.knowledge import knowledge, plans
from sample.money import money
from sample.places import territories
from sample.practices import practices
from sample.ties import ratings, ties
from sample.work import work

import jmdi

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src" / "jmdi" / "datasets" / "sample.jsonl"


def write(target: Path) -> jmdi.Dataset:
    """Writes the data set to a file."""
    model = jmdi.Model.build([])
    makers = (territories, actors, work, money, ties, ratings, practices, plans, knowledge)
    records = [record for make in makers for record in make()]
    dataset = jmdi.Dataset(records, model=model, header={"title": f"sample ({TITLE})"})
    model.check(dataset).raise_for_errors()
    model.write(dataset, target)
    return dataset


def main() -> None:
    """Writes the data set to where it is bundled."""
    print(f"{TARGET.relative_to(ROOT)}: {len(write(TARGET)):,} records")


if __name__ == "__main__":
    main()
