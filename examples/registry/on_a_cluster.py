"""Counts on a registry of tables with a session of a Spark cluster that is there.

A platform hands its session to your code; here it is made from the address of the cluster. The
folder must lie where all machines of the cluster see it under the same name. jmdi configures
nothing of the cluster, and leaves the session as it was.

    python examples/registry/on_a_cluster.py /shared/registry.parquet --master spark://HOST:7077
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import jmdi_tables

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

METRICS = ("density", "isolates", "components")


def counted(folder: str, session: SparkSession) -> None:
    """Prints some metrics of who takes part in something together, counted by the cluster."""
    with jmdi_tables.open(folder, engine=session) as tables:
        for name in METRICS:
            print(tables.metric(name, projection="co-participation"))


def main() -> None:
    """Makes a session on the cluster and hands it in."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", help="of Parquet tables, made by jmdi convert")
    parser.add_argument("--master", required=True, help="address of the cluster, or local[2]")
    given = parser.parse_args()

    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("a registry").master(given.master)
    session = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
    try:
        counted(given.folder, session)
    finally:
        session.stop()


if __name__ == "__main__":
    main()
