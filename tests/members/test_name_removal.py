"""Names in texts: whose name it is, and what people must look at themselves."""

from django.contrib.admin.models import CHANGE, LogEntry

from members.erasing import erase
from tests import factories
from tests.members.leavers import DAY, NAME, REASON
from units.acting import because
from units.events import EventDetail
from units.scoping import scope_of_unit


def test_longer_name_of_somebody_else_stays(leaver, school, in_scope):
    factories.member(school, f"{NAME}文")
    text = factories.activity(school, f"{NAME}文与{NAME}对谈")
    erase(leaver, reason=REASON, day=DAY)
    text.refresh_from_db()
    assert text.title == f"{NAME}文与已删除人员01对谈"


def test_namesake_keeps_the_name_and_texts_are_left_to_people(leaver, school, in_scope):
    namesake = factories.member(school, NAME)
    text = factories.activity(school, f"{NAME}讲座")
    done = erase(leaver, reason=REASON, day=DAY)
    namesake.refresh_from_db()
    text.refresh_from_db()
    assert (namesake.name, text.title) == (NAME, f"{NAME}讲座")
    assert f"activities.Activity {text.pk} title" in done.left
    assert NAME not in " ".join(done.left)
    assert EventDetail.objects.filter(
        event__model="members.member", event__object_id=str(namesake.pk)
    ).exists()


def test_same_name_in_another_unit_is_not_touched(leaver, school, other_school):
    other = factories.member(other_school, NAME)
    text = factories.activity(other_school, f"{NAME}讲座")
    with scope_of_unit(school):
        erase(leaver, reason=REASON, day=DAY)
    with scope_of_unit(other_school):
        other.refresh_from_db()
        text.refresh_from_db()
    assert (other.name, text.title) == (NAME, f"{NAME}讲座")


def test_places_nothing_can_be_changed_in_are_named(leaver, school, cast, in_scope):
    factories.user(full_name=NAME)
    with because(f"{NAME}调离"):
        factories.department(school)
    left = erase(leaver, reason=REASON, day=DAY).left
    assert [place.split()[0] for place in left] == ["units.User", "units.Event"]


def test_admins_own_log_loses_the_name(leaver, school, cast, in_scope):
    meeting = leaver.participations.get().activity
    for row, message in ((leaver, ""), (meeting, [{"added": {"name": "person", "object": NAME}}])):
        LogEntry.objects.log_actions(cast.clerk.pk, [row], CHANGE, change_message=message)
    erase(leaver, reason=REASON, day=DAY)
    entries = LogEntry.objects.order_by("pk")
    assert [entry.object_repr for entry in entries] == ["已删除人员01", "已删除人员01同志座谈"]
    assert not is_stored_now(NAME)


def is_stored_now(words):
    """Whether an entry of the admin's log holds ``words``."""
    return any(
        words in f"{entry.object_repr} {entry.get_change_message()}"
        for entry in LogEntry.objects.all()
    )
