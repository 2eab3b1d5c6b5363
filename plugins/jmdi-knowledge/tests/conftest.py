"""What the tests share: a model with the plugin."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import jmdi

sys.path.insert(0, str(Path(__file__).resolve().parent))


@pytest.fixture(scope="session", autouse=True)
def own_settings(tmp_path_factory):
    """No test makes a key in the settings of whoever runs it; the key is there already."""
    settings = tmp_path_factory.mktemp("settings")
    key = settings / "jmdi" / "people.key"
    key.parent.mkdir()
    key.write_text("the key of the tests\n", encoding="ascii")
    key.chmod(0o600)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(settings))
        yield


@pytest.fixture(scope="session")
def model():
    import jmdi_knowledge

    return jmdi.Model.build([jmdi_knowledge.plugin])
