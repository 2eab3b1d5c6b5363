"""The plugin does what jmdi asks of every plugin."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

from jmdi.testing import PluginConformance

FOLDER = Path(__file__).parent / "files"
WHOLE, ORGANISATION, OLD = (FOLDER / f"{name}.xml" for name in ("agency-a", "agency-b", "old"))


def zipped() -> bytes:
    """The files as an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in (WHOLE, OLD):
            archive.writestr(path.name, path.read_bytes())
    return out.getvalue()


class TestIati(PluginConformance):
    plugin = "iati"
    examples = 15
    samples = {  # noqa: RUF012
        "iati:xml": (WHOLE, ORGANISATION, OLD),
        "iati:archive": (
            ("files.zip", zipped()),
            ("agency-a.xml.gz", gzip.compress(WHOLE.read_bytes(), mtime=0)),
        ),
        "iati:folder": (FOLDER,),
    }
