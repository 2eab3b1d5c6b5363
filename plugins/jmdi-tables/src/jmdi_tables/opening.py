"""Opening a folder of tables on an engine."""

from __future__ import annotations

import os
from pathlib import Path

from jmdi import Model
from jmdi_tables.engines import connected
from jmdi_tables.folder import opened, refusal
from jmdi_tables.tables import Tables

__all__ = ["on_duckdb", "on_spark", "open_tables"]


def open_tables(
    path: str | os.PathLike[str],
    *,
    engine: object = "duckdb",
    memory: str | None = None,
    threads: int | None = None,
    spill: str | None = None,
    model: Model | None = None,
    digests: bool = True,
) -> Tables:
    """Opens a folder of Parquet tables.

    Args:
        path: The folder.
        engine: What counts: ``duckdb`` in this process; a session of Spark that is there;
            ``spark`` for that of this process, or else a new one of this machine, for trying out;
            or a connection of Ibis.
        memory: Most memory for DuckDB, such as ``4GB``; 60 % of the machine's if not given.
        threads: How many threads DuckDB has; one for each core if not given.
        spill: Where DuckDB puts what does not fit; the folder of temporary files if not given.
        model: The kinds, projections and metrics that are known; the default model if not given.
        digests: Whether each part is read and compared with its digest first; without it, its
            size is.

    Raises:
        BadParameter: If a setting has a value that it cannot have.
        FormatError: If the folder is not whole.
        TypeError: If the engine is none of these, or a setting is given that it does not take.
    """
    folder = opened(Path(path), digests=digests)
    _refuse_other_bytes(folder.path)
    connection, close = connected(engine, memory=memory, threads=threads, spill=spill)
    return Tables(folder, connection, model or Model.build(), close)


def _refuse_other_bytes(path: Path) -> None:
    """Refuses a path that no engine can open."""
    try:
        str(path.absolute()).encode()
    except UnicodeEncodeError:
        message = "engines open no path that is not UTF-8"
        cure = "give the folder, and those above it, names in UTF-8"
        raise refusal(path, "T104", message, cure) from None


def on_duckdb(
    path: str,
    model: Model,
    *,
    memory: str | None = None,
    threads: int | None = None,
    spill: str | None = None,
) -> Tables:
    """Opens a folder of tables on DuckDB.

    Args:
        path: The folder.
        model: The kinds, projections and metrics that are known.
        memory: Most memory, such as 4GB; 60 % of the machine's if not given.
        threads: How many threads; one for each core if not given.
        spill: Where it puts what does not fit; the folder of temporary files if not given.
    """
    return open_tables(path, memory=memory, threads=threads, spill=spill, model=model)


def on_spark(path: str, model: Model) -> Tables:
    """Opens a folder of tables on a local session of Spark.

    Args:
        path: The folder.
        model: The kinds, projections and metrics that are known.
    """
    return open_tables(path, engine="spark", model=model)
