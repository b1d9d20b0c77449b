"""An installation to start from, made once for all tests of this folder."""

import shutil
from pathlib import Path

import pytest

from tests.units.installations import finished, manage


@pytest.fixture(scope="session")
def empty_installation(tmp_path_factory) -> tuple[Path, str]:
    """The data folder of an installation that is no trial, and what its first start printed."""
    var = tmp_path_factory.mktemp("empty")
    return var, finished(manage(var, "prepare", RECORDS_TRIAL="false"))


@pytest.fixture
def var(empty_installation, tmp_path) -> Path:
    """A copy of that data folder, for one test."""
    return shutil.copytree(empty_installation[0], tmp_path / "var", symlinks=True)
