"""A session of a cluster, whose workers are processes of their own, gives the Results of memory."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

import jmdi
from jmdi import Model
from jmdi_tables import plugin

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore")]

EXAMPLE = Path(__file__).parents[3] / "examples" / "registry" / "on_a_cluster.py"
LOOPBACK = "127.0.0.1"


@contextmanager
def daemon(home: Path, log: str, *command: str) -> Iterator[None]:
    """A process of Spark that is ended afterwards; it listens on the loopback alone."""
    environment = {**os.environ, "SPARK_LOCAL_IP": LOOPBACK, "SPARK_PUBLIC_DNS": LOOPBACK}
    with (home / log).open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def wait_for(port: int, seconds: int = 60) -> None:
    """Returns when somebody answers at a port of the loopback."""
    for _ in range(seconds * 4):
        with socket.socket() as asked:
            if asked.connect_ex((LOOPBACK, port)) == 0:
                return
        time.sleep(0.25)
    pytest.fail(f"nobody answers at port {port} after {seconds} s")


def free_port() -> int:
    """A port of the loopback that nobody has."""
    with socket.socket() as asked:
        asked.bind((LOOPBACK, 0))
        return int(asked.getsockname()[1])


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """The address of a standalone cluster of a master and two workers, and their folder."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java: apt-get install openjdk-17-jre-headless")
    pyspark = pytest.importorskip("pyspark", reason="pip install 'jmdi-tables[spark]'")
    launch = str(Path(pyspark.__file__).parent / "bin" / "spark-class")
    home, port = tmp_path_factory.mktemp("cluster"), free_port()
    here = ("--host", LOOPBACK, "--webui-port", "0")
    deploy, address = "org.apache.spark.deploy", f"spark://{LOOPBACK}:{port}"
    with ExitStack() as running:
        master = (launch, f"{deploy}.master.Master", *here, "--port", str(port))
        running.enter_context(daemon(home, "master.log", *master))
        wait_for(port)
        for number in range(2):
            room = ("--cores", "1", "--memory", "1g", "--work-dir", str(home / f"work-{number}"))
            worker = (launch, f"{deploy}.worker.Worker", *here, *room, address)
            running.enter_context(daemon(home, f"worker-{number}.log", *worker))
        yield address, home


def test_the_example_gives_the_results_of_memory(cluster, tmp_path):
    folder = tmp_path / "sample.parquet"
    dataset = jmdi.datasets.load("sample")
    Model.build([plugin]).write(dataset, folder)
    settings = "--conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=2"
    environment = {
        **os.environ,
        "SPARK_LOCAL_IP": LOOPBACK,
        "PYSPARK_SUBMIT_ARGS": f"{settings} pyspark-shell",
    }
    address, home = cluster
    done = subprocess.run(
        (sys.executable, str(EXAMPLE), str(folder), "--master", address),
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    wanted = [
        str(dataset.metric(name, projection="co-participation"))
        for name in re.findall(r'"([a-z-]+)"', re.search(r"METRICS = .*", EXAMPLE.read_text())[0])
    ]
    assert done.stdout.splitlines() == wanted
    assert list(home.glob("work-*/app-*/*/stderr")), "no worker had anything to do"
