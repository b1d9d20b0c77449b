"""Lists and the search asked by POST, with words of another unit's rows."""

import re

import pytest
from django.urls import reverse

from tests.test_leaks import CANARY, browser_of, content_of, two_schools
from tests.urls_walk import converters

__all__ = ["two_schools"]  # a fixture

pytestmark = pytest.mark.ignore_template_errors


@pytest.mark.parametrize("name", ["people", "roster", "activities", "suggestions", "search"])
def test_question_finds_nothing_of_the_other_unit(cast, two_schools, name):
    """Checks 28 and 29: the school's own clerk finds its rows, the other school's none."""
    found = []
    for who in (cast.clerk, cast.colleague):
        about = [who.grants.get().unit.code] if converters()[name] else []
        answer = browser_of(who).post(reverse(name, args=about), {"words": CANARY})
        # The words themselves come back; in a row the mark of its round follows them.
        found.append(f"{CANARY}甲" in re.sub(r"<[^>]+>", "", content_of(answer)))
    assert found == [True, False]
