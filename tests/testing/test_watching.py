"""What changes in the process is seen, each kind of it; what does nothing goes unnoticed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

WATCH = """
import atexit, csv, decimal, faulthandler, gc, gettext, io, json, logging, signal, sys, threading
import time, warnings
import numpy.random
from jmdi.testing.watching import watching

notices = []
with watching(notices):
    {code}
sys.stdout = sys.__stdout__
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
        ("import os; os.umask(0o001)", "changed the mask of new files"),
        ("decimal.DefaultContext.prec = 9", "changed the decimal context"),
        ("warnings.showwarning = print", "changed the function that shows warnings"),
        ("logging.captureWarnings(True)", "changed the function that shows warnings"),
        ("logging.root.setLevel(10)", "changed the levels of the logging module"),
        ("logging.disable(50)", "changed the levels of the logging module"),
        ("logging.setLoggerClass(type('L', (logging.Logger,), {}))", "changed the class of"),
        ("logging.getLogger('acme').setLevel(10)", None),
        ("signal.signal(signal.SIGINT, signal.SIG_IGN)", "changed the signal handlers"),
        ("signal.signal(signal.SIGTERM, print)", "changed the signal handlers"),
        ("faulthandler.enable()", "changed faulthandler"),
        ("gc.disable()", "changed the garbage collector"),
        ("gc.set_threshold(10**5)", "changed the garbage collector"),
        ("gc.freeze()", "changed the garbage collector"),
        ("gc.disable(); gc.enable()", None),
        ("sys.excepthook = print", "changed sys.excepthook"),
        ("sys.unraisablehook = print", "changed sys.unraisablehook"),
        ("threading.excepthook = print", "changed threading.excepthook"),
        ("sys.displayhook = print", "changed sys.displayhook"),
        ("sys.stdout = io.StringIO()", "changed the standard streams"),
        ("sys.setprofile(lambda *_: None)", "changed the trace function"),
        ("sys.setswitchinterval(1)", "changed the switch interval"),
        ("sys.set_int_max_str_digits(0)", "changed the longest number in digits"),
        ("csv.field_size_limit(10**9)", "changed the longest field of csv"),
        ("gettext.install('acme')", "changed the builtins"),
        ("sys.meta_path.append(object())", "changed sys.meta_path"),
        ("numpy.seterr(all='ignore')", "changed what numpy does about errors"),
        ("numpy.set_printoptions(precision=2)", "changed how numpy prints"),
        ("t = threading.Thread(target=time.sleep, args=[9], daemon=True); t.start()", "left the"),
        ("t = threading.Thread(target=print, daemon=True); t.start(); t.join()", None),
        ("atexit.register(print)", "registered print for the exit"),
        ("import weakref; weakref.finalize(threading.Lock, print)", None),
    ],
)
def test_each_trace_is_seen(code: str, notice: str | None) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCH.format(code=code)],
        capture_output=True,
        text=True,
        check=True,
        cwd=sys.prefix,
        encoding="utf-8",
    )
    notices = json.loads(done.stdout)
    assert len(notices) == (notice is not None)
    assert notice is None or notices[0].startswith(notice)
