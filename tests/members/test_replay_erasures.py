"""After a restore: who was erased is erased again."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from members.erasing import erase
from members.erasure_list import list_path, read_list
from members.models import Erasure, Member
from tests.members.leavers import DAY, NAME, REASON
from tests.stored_bytes import is_stored
from units.scoping import scope_of_unit


@pytest.mark.django_db(transaction=True)
def test_list_names_nobody_and_brings_a_restored_person_down_again(leaver, school):
    """Check 59: an older backup gets the erasure replayed, under the same number."""
    with scope_of_unit(school):
        erase(leaver, reason=REASON, day=DAY)
    (listed,) = read_list(list_path())
    assert (listed.person, listed.number, listed.day) == (leaver.person, 1, DAY)
    assert NAME not in list_path().read_text()
    bring_back(leaver)
    output = StringIO()
    call_command("replay_erasures", stdout=output)
    with scope_of_unit(school):
        assert Member.objects.get(pk=leaver.pk).name == "已删除人员01"
        assert Erasure.objects.get().reason == REASON
    assert not is_stored(NAME)
    lines = read_list(list_path())
    call_command("replay_erasures")
    assert read_list(list_path()) == lines, "once is enough"


def bring_back(member):
    """As a restored backup would: the row as it was, and no trace of the erasure."""
    with scope_of_unit(member.unit):
        Erasure.objects.all().delete()
        row = Member.objects.get(pk=member.pk)
        row.name = NAME
        row.save()


@pytest.mark.django_db(transaction=True)
def test_list_is_made_up_for_from_the_database(leaver, school):
    with scope_of_unit(school):
        erase(leaver, reason=REASON, day=DAY)
    list_path().unlink()
    call_command("replay_erasures")
    assert [row.person for row in read_list(list_path())] == [leaver.person]


def test_broken_list_is_refused(leaver):
    list_path().write_text("rubbish\n")
    with pytest.raises(CommandError):
        call_command("replay_erasures")
