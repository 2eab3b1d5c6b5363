"""A service checks an uploaded work plan and answers with its problems as JSON.

python examples/embed/validate_upload.py examples/workplan/workplan.csv
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import jmdi
import jmdi_workplan.plugin

MODEL = jmdi.Model.build([jmdi_workplan.plugin])
LIMITS = jmdi.Limits(size=20_000_000, cells=200_000, problems=500)


def answer(name: str, data: bytes) -> tuple[int, str]:
    """The HTTP status and the JSON body for an upload.

    Args:
        name: Name of the file, which need not be trusted: nothing is opened by it.
        data: Its bytes.
    """
    upload = io.BytesIO(data)
    upload.name = name
    dataset = MODEL.read(upload, on_error="keep", limits=LIMITS)
    if dataset.unread:
        return 415, jmdi.problems_to_json(dataset.problems)
    found = (*dataset.problems, *MODEL.check(dataset).problems)
    status = 422 if any(problem.is_error for problem in found) else 200
    return status, jmdi.problems_to_json(found)


def main(path: str) -> int:
    """Prints the answer for a file, one problem on each line."""
    status, body = answer(Path(path).name, Path(path).read_bytes())
    print(status)
    for problem in json.loads(body):
        print(problem["severity"], problem["code"], problem["message"])
    return int(status != 200)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
