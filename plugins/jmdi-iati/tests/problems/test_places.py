"""Problems of one code are grouped; each place is reported where the limits ask for it."""

from __future__ import annotations

import io

import jmdi


def read(files, **limits):
    document = files.document(*(files.activity(id="") for _ in range(20)))
    dataset = files.model.read(
        io.BytesIO(document), format="iati:xml", on_error="keep", limits=jmdi.Limits(**limits)
    )
    return [p for p in dataset.problems if p.code == "iati:I201"]


def test_one_problem_for_each_code(files):
    (problem,) = read(files)
    assert "(20 times: " in problem.message


def test_a_problem_for_each_place(files):
    places = [problem.where.cell for problem in read(files, alike=10**9)]
    assert sorted(places) == sorted(f"activity {number}" for number in range(1, 21))


def test_the_rest_is_grouped(files):
    problems = read(files, alike=5)
    assert len(problems) == 6
    assert sum("(15 times: " in problem.message for problem in problems) == 1
