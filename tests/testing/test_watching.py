"""What changes in the process is seen, each kind of it; what does nothing goes unnoticed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

WATCH = """
import json, sys
import numpy.random
from jmdi.testing.watching import watching

notices = []
with watching(notices):
    {code}
print(json.dumps(notices))
"""


@pytest.mark.parametrize(
    ("code", "notice"),
    [
        ("pass", None),
        ("import random; random.Random(1).random()", None),
        ("import decimal; decimal.Decimal(1) / 3", None),
        ("print('a', 'b')", "printed 'a b'"),
        ("import os; os.write(1, b'below Python')", "printed 'below Python'"),
        ("import random; random.seed(1)", "changed the state of the random module"),
        ("import numpy; numpy.random.seed(1)", "changed the state of numpy.random"),
        ("import decimal; decimal.getcontext().prec = 5", "changed the decimal context"),
        ("import locale; locale.setlocale(locale.LC_ALL, 'C.UTF-8')", "changed the locale"),
        ("import os; os.chdir('/')", "changed the working directory"),
        ("import warnings; warnings.simplefilter('error')", "changed the warnings filters"),
        ("import logging; logging.basicConfig()", "changed the handlers of the logging module"),
        ("sys.setrecursionlimit(5000)", "changed the recursion limit"),
        ("sys.path.append('/nowhere')", "changed sys.path"),
        ("import os; os.environ['ACME'] = '1'", "changed the environment"),
    ],
)
def test_each_trace_is_seen(code: str, notice: str | None) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCH.format(code=code)],
        capture_output=True,
        text=True,
        check=True,
        cwd=sys.prefix,
    )
    notices = json.loads(done.stdout)
    assert len(notices) == (notice is not None)
    assert notice is None or notices[0].startswith(notice)
