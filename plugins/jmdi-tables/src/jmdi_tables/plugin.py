"""What the plugin adds to jmdi."""

from __future__ import annotations

from collections.abc import Iterable

from jmdi import Engine, Exporter, Importer, ProblemCode, hookimpl

JMDI_API = 1


@hookimpl
def jmdi_importers() -> Iterable[Importer]:
    """Folders of Parquet tables."""
    return [
        Importer(
            "tables:parquet",
            (".parquet", ".json"),
            "jmdi_tables.reading:read",
            "jmdi_tables.reading:sniff",
            "a folder of Parquet tables, one for each kind of record",
            folder=True,
        )
    ]


@hookimpl
def jmdi_exporters() -> Iterable[Exporter]:
    """Folders of Parquet tables."""
    return [
        Exporter(
            "tables:parquet",
            (".parquet",),
            "jmdi_tables.writing:write",
            lossless=True,
            takes="lines",
            doc="a folder of Parquet tables, one for each kind of record, for data of any size; "
            "little data is smaller as JSON Lines",
            folder=True,
        )
    ]


@hookimpl
def jmdi_engines() -> Iterable[Engine]:
    """What counts on the tables."""
    return [
        Engine(
            "tables:duckdb",
            "jmdi_tables.opening:on_duckdb",
            "tables:parquet",
            "DuckDB, in this process, on disk where memory is too small",
        ),
        Engine(
            "tables:spark",
            "jmdi_tables.opening:on_spark",
            "tables:parquet",
            "a local session of Spark, for trying out what runs on a cluster",
        ),
    ]


@hookimpl
def jmdi_problem_codes() -> Iterable[ProblemCode]:
    """What can be wrong with a folder of tables."""
    return [
        ProblemCode(
            "tables:T101",
            "unfinished folder",
            "The list of the tables is written last, so a folder without it is half written.",
            "Write the folder again; if it was copied, copy it again whole.",
        ),
        ProblemCode(
            "tables:T102",
            "a part is missing or another one",
            "A file of a table is not the one that was written: it is missing, cut off, or of "
            "another folder. Numbers from the others would be wrong.",
            "Write the folder again, or copy it again whole.",
        ),
        ProblemCode(
            "tables:T103",
            "newer layout",
            "A newer jmdi-tables wrote the folder, and this one does not know its columns.",
            "Upgrade jmdi-tables.",
        ),
        ProblemCode(
            "tables:T105",
            "too little memory for the engine",
            "DuckDB ends what needs more memory than it may use, and what it could not put on "
            "disk.",
            "Let it use more memory, or give it a folder with more room on disk.",
        ),
        ProblemCode(
            "tables:T106",
            "figures that no column holds",
            "A column of decimals has 29 digits before the point and 9 behind it, one of integers "
            "64 bits. What is longer is kept, but an engine would take it for unknown.",
            "Compute in memory: read the folder into a Dataset.",
        ),
        ProblemCode(
            "tables:T107",
            "too much to hand over",
            "What the engine cannot count is computed in memory, and there is more than the limit.",
            "Look at fewer kinds, actors or days, or raise the limit.",
        ),
        ProblemCode(
            "tables:T104",
            "not as it is written",
            "A file of the folder is no Parquet file or list as this plugin writes it.",
            "Write the folder again from the file that it was made of.",
        ),
    ]
