"""Merging from the roster: two ticked, both looked at, confirmed; asked by the whole cast."""

import re

import pytest
from django.urls import reverse

from members.models import LegalHold, Member, MergedEntry
from tests import factories
from tests.members.test_admin_roster import ROSTER
from units.editing import STAMP_FIELD
from units.models import Event
from units.roles import Role
from units.scoping import scope_of_unit

pytestmark = pytest.mark.ignore_template_errors

REASON = "同一人录入两次"


@pytest.fixture
def clerk(client, cast):
    """The clerk's browser."""
    client.force_login(cast.clerk)
    return client


@pytest.fixture
def two(school):
    """Two entries of one person who attended one meeting under both."""
    entries = [factories.member(school, "徐文清", party="民盟") for _each in range(2)]
    meeting = factories.activity(school, "中国梦教育行")
    for entry in entries:
        factories.participation(meeting, entry)
    return entries


def page_of(keep, gone) -> str:
    return reverse("admin:members_member_merge", args=[keep.pk, gone.pk])


def sent(page) -> dict[str, str]:
    """What a browser sends when nothing but the reason is filled in."""
    fields = page.context["form"].fields.items()
    chosen = {name: field.initial for name, field in fields if field.initial}
    return {STAMP_FIELD: page.context["careful_field"]["value"], **chosen, "reason": REASON}


def ticked(client, *entries):
    data = {"action": "merge_two", "_selected_action": [entry.pk for entry in entries]}
    return client.post(reverse(ROSTER), data)


def entries_of(school) -> list[Member]:
    with scope_of_unit(school):
        return list(Member.objects.order_by("pk"))


def test_two_ticked_lead_to_the_page_and_the_older_one_remains(clerk, two):
    answer = ticked(clerk, *reversed(two))
    assert (answer.status_code, answer.url) == (302, page_of(*two))


@pytest.mark.parametrize("number", [1, 3])
def test_one_or_three_ticked_are_told_so(clerk, school, number):
    answer = ticked(clerk, *(factories.person(school) for _each in range(number)))
    assert answer.url == reverse(ROSTER)
    assert "请勾选恰好两条记录。" in clerk.get(answer.url).content.decode()


def test_page_shows_both_and_what_happens_to_the_rows(clerk, two, school):
    factories.title_of(two[1], "高级教师")
    page = clerk.get(page_of(*two)).content.decode()
    assert "中国梦教育行" in page
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td>([^<]*)</td></tr>', page)
    double, moves = "两条记录都有，只计一次", "移到保留的记录"
    assert sorted(what for what, _row in rows) == [double] * 3 + [moves]


def test_confirmed_merge_makes_one_entry_and_asks_nothing_more(clerk, two, school, cast):
    page = clerk.get(page_of(*two))
    answer = clerk.post(page_of(*two), sent(page))
    assert answer.url == reverse("admin:members_member_change", args=[two[0].pk])
    assert entries_of(school) == [two[0]]
    with scope_of_unit(school):
        assert two[0].participations.count() == 1
        entry = MergedEntry.objects.get()
        assert entry.history.get().history_user == cast.clerk
    event = Event.objects.filter(model="members.member", action="delete").get()
    assert (event.reason, event.actor) == (REASON, cast.clerk)


def test_field_in_which_both_differ_is_asked_for(clerk, two, school):
    with scope_of_unit(school):
        for entry, number in zip(two, ("T017", "T018"), strict=True):
            Member.objects.filter(pk=entry.pk).update(staff_number=number)
    data = sent(clerk.get(page_of(*two)))
    page = clerk.post(page_of(*two), data)
    assert "请选择正确的一项。" in page.content.decode()
    assert len(entries_of(school)) == 2
    clerk.post(page_of(*two), {**data, "field-staff_number": "gone"})
    assert [entry.staff_number for entry in entries_of(school)] == ["T018"]


def test_rows_that_cannot_both_stand_are_asked_for(clerk, two, school):
    with scope_of_unit(school):
        two[1].employments.update(status="retired")
    page = clerk.get(page_of(*two))
    (key,) = [name for name in page.context["form"].fields if name.startswith("rows-")]
    data = sent(page)
    clerk.post(page_of(*two), data)
    assert len(entries_of(school)) == 2
    clerk.post(page_of(*two), {**data, key: "gone"})
    with scope_of_unit(school):
        assert two[0].employments.get().status == "retired"


def test_stale_preview_is_refused_and_what_was_typed_stays(clerk, two, school):
    """Somebody adds a row, or corrects the name, after the page was opened."""
    for change in (
        lambda: factories.title_of(two[1]),
        lambda: Member.objects.filter(pk=two[0].pk).update(note="核对"),
    ):
        page = clerk.get(page_of(*two))
        with scope_of_unit(school):
            change()
        answer = clerk.post(page_of(*two), sent(page))
        text = answer.content.decode()
        assert "其中一条记录刚刚被他人修改" in text
        assert REASON in text
        assert len(entries_of(school)) == 2
        again = clerk.get(page_of(*two))
    assert clerk.post(page_of(*two), sent(again)).status_code == 302


@pytest.mark.parametrize("stamped", [{}, {STAMP_FIELD: "made up"}])
def test_merge_without_the_page_is_refused(clerk, two, school, stamped):
    clerk.post(page_of(*two), {**stamped, "reason": REASON})
    assert len(entries_of(school)) == 2


@pytest.mark.parametrize("reason", ["", "徐文清录入两次"])
def test_merge_without_a_reason_or_with_the_name_is_refused(clerk, two, school, reason):
    page = clerk.get(page_of(*two))
    assert clerk.post(page_of(*two), {**sent(page), "reason": reason}).status_code == 200
    assert len(entries_of(school)) == 2


def test_obstacle_is_told_before_anything_is_chosen(clerk, two, school):
    with scope_of_unit(school):
        LegalHold(unit=school, member=two[1], reason="仲裁", placed_on="2017-12-31").save()
    page = clerk.get(page_of(*two))
    assert "请先解除" in page.content.decode()
    assert 'type="submit" value=' not in page.content.decode()
    clerk.post(page_of(*two), sent(page))
    assert len(entries_of(school)) == 2


def test_merge_sent_twice_is_done_once(clerk, two, school):
    data = sent(clerk.get(page_of(*two)))
    assert [clerk.post(page_of(*two), data).status_code for _each in range(2)] == [302, 404]
    assert len(entries_of(school)) == 1


# --- by the whole cast ---

ANSWERS = {
    "clerk": 200,
    "secretary": 200,
    "auditor": 302,  # to the sign-in of the admin, which refuses them
    "administrator": 403,
    "viewer": 302,
    "colleague": 404,
}


@pytest.mark.parametrize("part", ANSWERS)
def test_page_and_deed_are_for_those_who_keep_the_records(client, cast, two, school, part):
    client.force_login(getattr(cast, part))
    assert client.get(page_of(*two)).status_code == ANSWERS[part]
    answer = client.post(page_of(*two), {"reason": REASON})
    assert answer.status_code == ANSWERS[part]
    assert len(entries_of(school)) == 2


def test_nobody_is_sent_to_sign_in(client, two):
    answer = client.get(page_of(*two))
    assert answer.url.startswith(reverse("login"))


def test_entry_of_another_unit_is_not_found(clerk, two, other_school):
    foreign = factories.person(other_school, "外人")
    assert clerk.get(page_of(two[0], foreign)).status_code == 404
    assert clerk.get(page_of(foreign, two[0])).status_code == 404


def test_two_units_of_one_clerk_stay_apart(client, school, other_school, two):
    account = factories.user(Role.CLERK, unit=school)
    factories.role_grant(account, other_school, Role.CLERK)
    client.force_login(account)
    page = client.get(page_of(two[0], factories.person(other_school)))
    assert page.context["obstacle"] == "两条记录属于不同单位，不能合并。"


def test_reader_of_the_unit_merges_nothing_there(client, school, other_school, two):
    """A clerk there who is a viewer here."""
    account = factories.user(Role.CLERK, unit=other_school)
    factories.role_grant(account, school, Role.VIEWER)
    client.force_login(account)
    assert client.get(page_of(*two)).status_code == 403
