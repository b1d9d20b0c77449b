"""People whose own data the tests are about."""

import pytest

from tests.members.leavers import leaver_of


@pytest.fixture
def leaver(school, settings, tmp_path):
    """Somebody who left; the list of erasures is this test's alone."""
    settings.VAR_DIR = tmp_path
    return leaver_of(school)
