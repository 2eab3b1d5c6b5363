"""The library is a guest in other people's processes: it changes nothing of them.

What depends on being the first in a process runs in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SLOW = pytest.mark.slow

FIRST_READ = """
import decimal, gc, io, locale, logging, os, random, signal, sys, threading, warnings
import jmdi

sys.setswitchinterval(1e-6)
out = io.StringIO()
sys.stdout = out
printed, numbers, stop = [0] * 3, [[] for _ in range(3)], threading.Event()

def host(number):
    while not stop.is_set():
        print(f"line {number} {printed[number]}\\n", end="")
        printed[number] += 1
        numbers[number].append(random.random())
        stop.wait(1e-4)

def state():
    return [
        sys.stdout, sys.stderr, sys.stdin, sys.getrecursionlimit(), sys.getswitchinterval(),
        list(warnings.filters), str(decimal.getcontext()), locale.setlocale(locale.LC_ALL),
        os.getcwd(), dict(os.environ), gc.isenabled(), gc.get_threshold(), sys.excepthook,
        list(logging.getLogger().handlers), logging.getLogger().level,
        [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM)],
    ]

before = state()
threads = [threading.Thread(target=host, args=[n]) for n in range(3)]
models = []
readers = [
    threading.Thread(
        target=lambda: models.append(jmdi.read(io.BytesIO(b'{"jmdi":"1.0"}\\n')).model)
    )
    for _ in range(4)
]
for thread in threads + readers:
    thread.start()
for thread in readers:
    thread.join()
stop.set()
for thread in threads:
    thread.join()
assert state() == before, [pair for pair in zip(before, state()) if pair[0] != pair[1]]
sys.stdout = sys.__stdout__
lines = out.getvalue().splitlines()
assert len(models) == 4 and len({id(model) for model in models}) == 1, models
assert len(lines) == len(set(lines)) == sum(printed), (len(lines), printed)
drawn = [number for own in numbers for number in own]
assert len(drawn) == len(set(drawn)) == sum(printed)
print(sum(printed))
"""

COLLECTOR = """
import gc, io, threading, types
import jmdi
from jmdi.running import collector

model = jmdi.Model.build([])
data = b'{"jmdi":"1.0"}\\n{"kind":"actor","id":"a"}\\n'
inside, asked, done = (threading.Event() for _ in range(3))

class Slow(io.BytesIO):
    def read(self, *size):
        inside.set()
        asked.wait(0.2)
        return super().read(*size)

def is_enabled():  # as if the interpreter switched threads between asking and pausing
    answer = gc.isenabled()
    if threading.current_thread().name == "second":
        asked.set()
        done.wait(0.5)
    return answer

collector.gc = types.SimpleNamespace(isenabled=is_enabled, disable=gc.disable, enable=gc.enable)

def first():
    model.read(Slow(data))
    done.set()

def second():
    inside.wait(5)
    model.read(io.BytesIO(data))

threads = [threading.Thread(target=f, name=f.__name__) for f in (first, second)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert gc.isenabled(), "reading left the garbage collector of the process off"
"""

FORK = """
import gc, io, os, pickle, threading, warnings
import jmdi
from jmdi.running import collector

warnings.simplefilter("ignore", DeprecationWarning)  # of forking with threads, as of 3.12
model = jmdi.Model.build([])
dataset = model.dataset([jmdi.Actor(id="a")])
inside, go = threading.Event(), threading.Event()

def pausing():
    with collector.paused():
        inside.set()
        go.wait(20)

thread = threading.Thread(target=pausing)
thread.start()
inside.wait()
assert not gc.isenabled()
if (child := os.fork()) == 0:
    right = gc.isenabled() and dataset.model is model
    right &= model.read(io.BytesIO(b'{"jmdi":"1.0"}\\n')).model is model and gc.isenabled()
    right &= pickle.loads(pickle.dumps(dataset)).model is model
    os._exit(0 if right else 7)
status = os.waitpid(child, 0)[1]
go.set()
thread.join()
assert status == 0 and gc.isenabled(), (status, gc.isenabled())
"""


def runs(code):
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("run", [*range(3), *(pytest.param(n, marks=SLOW) for n in range(3, 20))])
def test_the_first_read_of_a_process_touches_nothing_of_its_host(run):
    assert int(runs(FIRST_READ)) > 100


def test_two_reads_at_a_time_do_not_leave_the_collector_off():
    runs(COLLECTOR)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_fork_while_another_thread_reads_has_its_collector_and_its_models():
    runs(FORK)
