"""The script for statnet and RSiena reads what jmdi writes as it was meant."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import attrs
import pytest

import jmdi

PAPER = Path(__file__).parents[1] / "examples" / "paper"


@pytest.mark.parametrize("hours_known", [True, False])
def test_r_counts_the_ties_and_the_pairs_that_were_not_observed(
    tmp_path: Path, hours_known: bool
) -> None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("R is not installed")
    data = jmdi.read(PAPER / "survey.csv", format="surveys:table", mapping=PAPER / "survey.toml")
    if not hours_known:  # a matrix with x is one of texts to R
        there = next(tie for tie in data.of(jmdi.Tie) if tie.strength)
        others = [record for record in data if record is not there]
        data = jmdi.dataset([*others, attrs.evolve(there, strength=None)])
    net = data.project("actors", co_participation=False)
    net.write(tmp_path / "ties.csv", format="networkfiles:matrix")
    assert hours_known != (",x," in (tmp_path / "ties.csv").read_text(encoding="utf-8"))
    actors = net.table([], attributes=["label", "type", "country", "Members"])
    actors.write_csv(tmp_path / "actors.csv")
    done = subprocess.run(
        [rscript, str(PAPER / "models.R")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if "there is no package called" in done.stderr:
        pytest.skip("R lacks the package network")
    assert done.returncode == 0, done.stderr
    said = dict(line.strip().rsplit(" ", 1) for line in done.stdout.splitlines()[:3])
    assert said == {
        "actors": str(net.n_nodes),
        "ties": str(net.n_edges),
        "not observed": str(len(net.unobserved)),
    }
