"""What counts: DuckDB, in this process, or a session of Spark that is there."""

from __future__ import annotations

import contextlib
import importlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import ibis

from jmdi import BadParameter, FormatError, JmdiError, Problem, Severity

__all__ = ["Backend", "batches", "connected", "explained", "forget", "kept", "table_of"]

Backend: TypeAlias = Any
"""A connection of Ibis: each engine has a class of its own, and they share no useful base."""

BATCH = 1_000_000
"""Rows that are handed over at a time."""

SHARE = 0.75
"""The part of what DuckDB would use, 80 % of the machine's memory, that it may use if nobody says
another: its limit is one on its buffers, and what is handed over to Python comes on top."""


def connected(
    engine: object, *, memory: str | None, threads: int | None, spill: str | None
) -> tuple[Backend, Callable[[], None]]:
    """A connection, and what takes away the files that it made.

    Args:
        engine: ``duckdb``; ``spark`` for the session of this process, or else a new one of this
            machine; a session of Spark; or a connection of Ibis.
        memory: Most memory for DuckDB, such as ``4GB``.
        threads: How many threads DuckDB has.
        spill: Where DuckDB puts what does not fit.

    Raises:
        BadParameter: If a setting has a value that it cannot have, such as ``4 apples``.
        TypeError: If the engine is none of these, or a setting is given that it does not take.
    """
    if engine == "duckdb":
        return _duckdb(memory, threads, spill)
    if any(setting is not None for setting in (memory, threads, spill)):
        raise TypeError("memory, threads and spill are DuckDB's; set those of Spark at its session")
    if engine == "spark":
        return _local_spark()
    if hasattr(engine, "sparkContext"):
        return _on_session(engine)
    if hasattr(engine, "read_parquet") and hasattr(engine, "compile"):
        return engine, lambda: None
    message = "engine is 'duckdb', 'spark', a session of Spark or a connection of Ibis"
    raise TypeError(f"{message}, not {engine!r:.80}")


def _duckdb(
    memory: str | None, threads: int | None, spill: str | None
) -> tuple[Backend, Callable[[], None]]:
    # A database in memory would spill into the folder that the user works in.
    try:
        folder = tempfile.mkdtemp(prefix="jmdi-tables-", dir=spill)
    except OSError as error:
        message = f"no file can be made in the folder {spill!r}: {error.strerror}"
        raise BadParameter(message) from None
    settings: dict[str, Any] = {
        "temp_directory": folder,
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
        **({} if memory is None else {"memory_limit": memory}),
        **({} if threads is None else {"threads": threads}),
    }
    try:
        connection = ibis.duckdb.connect(**settings)
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        given = f"memory={memory!r}, threads={threads!r}"
        raise BadParameter(f"DuckDB does not take {given}: {error!s:.200}") from None

    if memory is None:
        ((limit,),) = connection.con.execute("SELECT current_setting('memory_limit')").fetchall()
        number, unit = str(limit).split()
        connection.con.execute(f"SET memory_limit = '{float(number) * SHARE:.2f} {unit}'")

    def close() -> None:
        connection.disconnect()
        shutil.rmtree(folder, ignore_errors=True)

    return connection, close


SET_BY_IBIS = ("spark.sql.session.timeZone", "spark.sql.mapKeyDedupPolicy")
"""What Ibis sets in each session that it is given."""


def _on_session(session: Any) -> tuple[Backend, Callable[[], None]]:
    """A session that is somebody's, and what sets it as it was."""
    before = {name: session.conf.get(name) for name in SET_BY_IBIS}

    def close() -> None:
        with contextlib.suppress(Exception):  # its owner may have stopped it
            for name, value in before.items():
                session.conf.set(name, value)

    return ibis.pyspark.connect(session), close


def _local_spark() -> tuple[Backend, Callable[[], None]]:
    """A session of this machine, for trying out; it listens on the loopback alone.

    One that the process has is taken as it is, and left so.
    """
    try:
        sql: Any = importlib.import_module("pyspark.sql")
    except ImportError:
        raise JmdiError("Spark is not installed: pip install 'jmdi-tables[spark]'") from None
    there = None
    with contextlib.suppress(RuntimeError):  # there is none
        there = sql.SparkSession.active()  # another thread may have made it
    if there is not None:
        return _on_session(there)
    folder = tempfile.mkdtemp(prefix="jmdi-tables-")
    builder = sql.SparkSession.builder.master("local[*]").appName("jmdi")
    for name, value in {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.warehouse.dir": folder,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()

    def close() -> None:
        session.stop()
        shutil.rmtree(folder, ignore_errors=True)

    return ibis.pyspark.connect(session), close


def table_of(connection: Backend, paths: Sequence[Path], name: str) -> Any:
    """The table that the parts of a folder make."""
    if connection.name == "duckdb":
        # Folders above that are called as "year=2015" would be taken for columns.
        names = [str(path) for path in paths]
        return connection.read_parquet(names, table_name=name, hive_partitioning=False)
    # Others read a whole folder; that it holds the listed parts alone was looked at before.
    return connection.read_parquet(str(paths[0].parent), table_name=name)


def kept(connection: Backend, expression: Any, name: str) -> Any:
    """What an expression gives, worked out now; Spark has no temporary tables."""
    temporary = {"temp": True} if connection.name == "duckdb" else {}
    return connection.create_table(name, expression, **temporary)


def forget(connection: Backend, names: Iterable[str]) -> None:
    """Drops tables and views where they would outlive the connection, as in a session of Spark."""
    if connection.name == "duckdb":
        return
    for name in names:
        for drop in (connection.drop_view, connection.drop_table):
            with contextlib.suppress(Exception):
                drop(name, force=True)


def batches(connection: Backend, expression: Any) -> Iterator[Any]:
    """The rows of an expression in batches of Arrow."""
    if connection.name != "duckdb":
        yield from connection.to_pyarrow_batches(expression, chunk_size=BATCH)
        return
    # Ibis 12 asks DuckDB in a way that it warns of and that DuckDB 2 has no more.
    yield from connection.con.sql(connection.compile(expression)).to_arrow_reader(BATCH)


@contextlib.contextmanager
def explained(what: str) -> Iterator[None]:
    """Says what would help where an engine has too little memory.

    Raises:
        FormatError: In the place of the engine's own error.
    """
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        cure = "let it use more memory, or give it a folder with more room on disk"
        message = f"{what} needs more memory than DuckDB may use: {error!s:.200}"
        problem = Problem("tables:T105", Severity.ERROR, message, cure=cure)
        raise FormatError([problem]) from error
