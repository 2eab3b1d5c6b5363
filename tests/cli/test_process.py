"""The command line as a process: streams, signals, start-up, exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest

HEAVY = (
    "networkx",
    "rich",
    "numpy",
    "pluggy",
    "jmdi.app",
    "jmdi.builtin",
    "jmdi.plugins",
    "jmdi.graph",
    "jmdi_workplan",
)

SLOW = """
import sys, time
import jmdi
JMDI_API = 1

def write(dataset, stream):
    stream.write(b"half")
    stream.flush()
    print("half way", file=sys.stderr, flush=True)
    time.sleep(60)

@jmdi.hookimpl
def jmdi_exporters():
    yield jmdi.Exporter("slow:slow", (".slow",), write)
"""


def python(code, **env):
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **env},
    )


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["convert", "--help"], ["config"]]
)
def test_help_loads_nothing_heavy(arguments):
    code = (
        "import sys\n"
        "from jmdi.cli import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit as end: assert not end.code\n"
        "print('LOADED', [m for m in sys.modules if m.startswith("
        f"{HEAVY!r})])"
    )
    done = python(code, JMDI_PLUGINS="")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_without_click_one_clear_line():
    done = python("import sys\nsys.modules['click'] = None\nfrom jmdi.cli import main\nmain([])")
    assert done.returncode == 2
    assert done.stderr == "the command line needs: pip install 'jmdi[cli]'\n"
    assert done.stdout == ""


def test_pipe_from_convert_to_metrics(start, data, place):
    first = start("convert", data, "-o", "-")
    text, _ = first.communicate(timeout=60)
    second = start("metrics", "-", "density", "--json")
    out, err = second.communicate(text, timeout=60)
    assert second.returncode == 0, err
    assert json.loads(out)["results"][0]["metric"] == "density"


@pytest.mark.parametrize("arguments", [("schema", "--jsonschema"), ("convert", "-", "-o", "-")])
def test_a_reader_that_stops_is_no_error(start, data, place, arguments):
    process = start("-q", *arguments)  # on a slow machine it would say how far it is
    line = b'{"kind":"actor","id":"actor/%d"}\n'
    if "-" in arguments:
        records = b"".join(line % number for number in range(20_000))
        process.stdin.write(b'{"jmdi":"1.0"}\n' + records)
    process.stdin.close()
    process.stdin = None
    process.stdout.read(10)
    process.stdout.close()
    process.stdout = None
    _, err = process.communicate(timeout=60)
    assert err == b""
    assert process.returncode == 0


def test_findings_stay_findings_when_the_reader_stops(start, place):
    records = [f'{{"kind":"actor","id":"actor/{n}","country":{n}}}' for n in range(3000)]
    (place / "m.jsonl").write_text("\n".join(['{"jmdi":"1.0"}', *records, ""]))
    process = start("validate", "m.jsonl", "--all", "-q")
    process.stdout.read(10)
    process.stdout.close()
    process.stdout = None
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (1, b"")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_leaves_no_partial_file(start, data, place, sent, code):
    (place / "slow.py").write_text(SLOW)
    before = sorted(path.name for path in place.iterdir())
    process = start("convert", data, "-o", "x.slow", "--plugin", "slow.py", "-q")
    assert process.stderr.readline() == b"half way\n"
    assert len(list(place.iterdir())) > len(before)
    process.send_signal(sent)
    _, err = process.communicate(timeout=60)
    assert process.returncode == code
    assert b"Traceback" not in err
    left = [p.name for p in place.iterdir() if p.name != "__pycache__"]
    assert sorted(left) == before


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("order", ["canonical", "input"])
def test_an_interrupt_while_reading(start, place, order):
    process = start(
        "-v",
        "convert",
        "-",
        "--from",
        "jsonl",
        "-o",
        "x.jsonl",
        "--order",
        order,
        "--plugin",
        "slow.py",
    )
    (place / "slow.py").write_text("import sys\nprint('loaded', file=sys.stderr, flush=True)\n")
    process.stdin.write(b'{"jmdi":"1.0"}\n')
    process.stdin.flush()
    process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert not (place / "x.jsonl").exists()


def test_no_partial_output_on_stdout_when_an_exporter_fails(start, data, place):
    (place / "fails.py").write_text(SLOW.replace("time.sleep(60)", "raise ValueError('oops')"))
    process = start("convert", data, "-o", "-", "--to", "slow:slow", "--plugin", "fails.py")
    out, err = process.communicate(timeout=60)
    assert out == b""
    assert process.returncode in (3, 4)
    assert b"Traceback" not in err
    assert b"oops" in err


def test_same_output_under_any_hash_seed(start, bad):
    outputs = set()
    for seed in ("1", "2"):
        process = start("validate", bad, "--format", "sarif", env={"PYTHONHASHSEED": seed})
        outputs.add(process.communicate(timeout=60)[0])
    assert len(outputs) == 1


@pytest.mark.skipif(os.name == "nt", reason="names of POSIX")
def test_any_name_and_any_terminal(start, data, place):
    name = os.fsdecode(b"\xff.jsonl")
    text = (place / data).read_text().replace("Partner list", "Liste é 移民")
    (place / name).write_text(text, encoding="utf-8")
    for options in ((), ("--json",)):
        process = start("info", name, *options, env={"PYTHONIOENCODING": "latin-1"})
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        assert b"\\udcff.jsonl" in out
        assert b"\\u79fb" in out
    (about,) = json.loads(out)["files"]
    assert about["sources"] == {"Liste é 移民": 1}
    assert os.fsencode(about["file"]) == b"\xff.jsonl"


@pytest.mark.skipif(os.name != "posix", reason="a shell closes the streams")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_no_fault_of_the_library(data, place, closed):
    """What is written does not go into a file that got the number of a closed stream."""
    command = f'exec "{sys.executable}" -m jmdi convert {data} -o out.jsonl {closed}'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "fault" not in done.stderr
    assert (place / "out.jsonl").read_bytes().startswith(b'{"jmdi":')
    done = subprocess.run(
        f'exec "{sys.executable}" -m jmdi info - {closed}',
        shell=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "is empty" in done.stderr or "2>&-" in closed


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_no_utf_8_are_shown_escaped(start, data, place):
    name = os.fsdecode(b"n\xff.jsonl")
    (place / name).write_bytes((place / data).read_bytes() + b"x\n")
    for style in ("text", "json", "github", "sarif"):
        out, err = start("validate", name, "--format", style).communicate(timeout=60)
        shown = "n%FF.jsonl" if style == "sarif" else "n\\udcff.jsonl"
        assert shown in out.decode()
        assert b"fault" not in err
    _, err = start("convert", f"no{name}", "-o", f"{name}.graphml").communicate(timeout=60)
    assert "non\\udcff.jsonl" in err.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_records_of_a_name_that_is_no_utf_8_can_be_written(start, place):
    name = os.fsdecode(b"ties\xff.csv")
    (place / name).write_text("source,target\na,b\n")
    process = start("convert", name, "-o", "out.jsonl")
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert b'"title":"ties\\\\udcff.csv"' in (place / "out.jsonl").read_bytes()


def test_what_other_libraries_log_is_shown_for_debug_only(tmp_path, monkeypatch):
    """Python prints a warning that is logged where nobody set up a handler."""
    plugin = tmp_path / "noisy.py"
    plugin.write_text(
        "import logging, jmdi\nJMDI_API = 1\n"
        "def read(stream, context):\n"
        "    logging.getLogger('other.library').warning('a noise')\n"
        "    yield jmdi.Actor(id='actor/1')\n"
        "@jmdi.hookimpl\n"
        "def jmdi_importers():\n"
        "    return [jmdi.Importer('noisy:noisy', ('.noisy',), read)]\n"
    )
    (tmp_path / "a.noisy").write_text("x")
    for more, heard in (((), False), (("--debug",), True)):
        command = [sys.executable, "-m", "jmdi", *more, "--plugin", str(plugin), "info"]
        done = subprocess.run(
            [*command, str(tmp_path / "a.noisy")], capture_output=True, text=True, check=True
        )
        assert ("a noise" in done.stderr) is heard, done.stderr
