"""Whether a row of somebody else's is there at all: no answer tells."""

import re

import pytest
from django.contrib.auth.models import Group

from members.models import Party
from tests import factories
from tests.test_leaks import browser_of, content_of
from tests.test_matrix import address_of, rows
from tests.urls_walk import converters
from units.roles import Role

__all__ = ["rows"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

MISSING = 987654


def answered(answer, address: str) -> tuple:
    """What can be seen of an answer, without its own address and what differs each time."""
    told = re.sub(r'value="[^"]*"|\d\d:\d\d', "", content_of(answer)).replace(address, "")
    return answer.status_code, answer.headers.get("Location", "").replace(address, ""), told


def about_rows() -> list[str]:
    """The names of all addresses about one row."""
    return [
        name
        for name, asked in converters().items()
        if {"pk", "object_id", "keep"} & {*asked} and name != "admin:<path:object_id>/"
    ]


@pytest.mark.parametrize("role", [Role.CLERK, Role.SECRETARY, Role.ADMINISTRATOR, Role.VIEWER])
def test_row_of_another_unit_answers_as_one_that_is_not_there(rows, other_school, role):
    """Check 24: nobody learns from 403, 404 or a message that a row exists."""
    browser = browser_of(factories.user(role, unit=other_school))
    nowhere = {**dict.fromkeys(rows, MISSING), Party: rows[Party], Group: rows[Group]}
    common = {"admin:members_party", "admin:auth_group", "admin:units_holiday"}
    names = [name for name in about_rows() if name.rpartition("_")[0] not in common]
    told = {}
    for name in names:
        theirs, none = (address_of(name, each, other_school) for each in (rows, nowhere))
        for ask in (browser.get, browser.post):
            seen = answered(ask(theirs), theirs), answered(ask(none), none)
            if seen[0] != seen[1]:
                told[f"{ask.__name__} {name}"] = [(each[:2], each[2][-300:]) for each in seen]
    assert told == {}
    assert len(names) > 100
