"""Access from outside: who gives it, to whom, for how long, what it opens, and that it ends."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Member
from tests import factories
from tests.reports.addresses import address, pages_of
from units.acting import Act, acting
from units.models import AccessGrant, Event, Unit
from units.roles import Right, Role
from units.scoping import scope_of

pytestmark = pytest.mark.ignore_template_errors


@pytest.fixture
def school(school):
    factories.unit_year(school)
    factories.member(school, "张三丰", party="民盟")
    return school


@pytest.fixture
def office(district):
    """Somebody who reads reports at the district office."""
    return factories.user(Role.VIEWER, unit=district, username="office")


def given(school, by, *, days=10, **to) -> AccessGrant:
    now = timezone.now()
    row = AccessGrant(
        unit=school,
        reason="核对名册",
        granted_by=by,
        started_at=now,
        ends_at=now + timedelta(days=days),
        **to,
    )
    with acting(Act(user=by)):
        row.save()
    return row


def answers(user, school) -> dict[str, int]:
    browser = Client()
    browser.force_login(user)
    return {name: browser.get(page).status_code for name, page in pages_of(school).items()}


def names_seen(user) -> list[str]:
    with scope_of(user):
        return list(Member.objects.values_list("name", flat=True))


ALL, NONE = (
    dict.fromkeys(("year", "figure", "preview", "json", "html"), code) for code in (200, 404)
)


def test_access_opens_the_records_to_an_administrator_and_ends(cast, school):
    """Check 15: a grant to see business text is logged and ends by itself."""
    assert set(answers(cast.administrator, school).values()) == {403}
    given(school, cast.secretary, user=cast.administrator)
    assert answers(cast.administrator, school) == ALL
    assert names_seen(cast.administrator) == ["张三丰"]
    with time_machine.travel(timezone.now() + timedelta(days=10, seconds=1)):
        assert set(answers(cast.administrator, school).values()) == {403}
        assert names_seen(cast.administrator) == []


def test_access_of_an_administrator_opens_the_admin_for_reading_alone(cast, school):
    """Check 15."""
    given(school, cast.secretary, user=cast.administrator)
    with scope_of(cast.administrator):
        person = Member.objects.get()
    browser = Client()
    browser.force_login(cast.administrator)
    page = reverse("admin:members_member_change", args=[person.pk])
    assert "张三丰" in browser.get(page).content.decode()
    assert browser.post(page, {"name": "别人"}).status_code == 403
    assert browser.get(reverse("admin:members_member_add")).status_code == 403
    assert not cast.administrator.has_right(Right.SEE_CONTACT)


def test_access_opens_names_to_the_district(cast, school, other_school, office, district):
    """Check 22: names only where the school has granted it."""
    factories.unit_year(other_school)
    assert answers(office, school) == {**NONE, "year": 200}
    given(school, cast.secretary, to_unit=district, days=365)
    assert answers(office, school) == ALL
    assert answers(office, other_school) == {**NONE, "year": 200}
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        assert answers(office, school) == {**NONE, "year": 200}


def test_withdrawn_access_is_closed_at_once(cast, school, office, district):
    row = given(school, cast.secretary, to_unit=district)
    assert answers(office, school) == ALL
    with acting(Act(user=cast.secretary)):
        row.withdraw(moment=timezone.now())
    assert answers(office, school) == {**NONE, "year": 200}


@pytest.mark.parametrize("part", ["clerk", "viewer", "auditor", "administrator", "colleague"])
def test_only_a_secretary_of_the_unit_gives_access(cast, school, district, part):
    """Check 15."""
    with pytest.raises(PermissionDenied):
        given(school, getattr(cast, part), to_unit=district)


def test_access_is_given_in_ones_own_name(cast, school, district):
    with pytest.raises(PermissionDenied), acting(Act(user=cast.clerk)):
        AccessGrant(
            unit=school,
            to_unit=district,
            reason="x",
            granted_by=cast.secretary,
            started_at=timezone.now(),
            ends_at=timezone.now() + timedelta(days=1),
        ).save()


@pytest.mark.parametrize(("to", "days"), [("administrator", 31), ("district", 366)])
def test_access_has_a_longest_term(cast, school, district, to, days):
    receiver = {"user": cast.administrator} if to == "administrator" else {"to_unit": district}
    with pytest.raises(ValidationError):
        given(school, cast.secretary, days=days, **receiver)
    assert given(school, cast.secretary, days=days - 1, **receiver).pk


def test_access_goes_to_administrators_of_the_unit_and_offices_above_it_alone(
    cast, school, other_school, district
):
    stranger = factories.user(Role.ADMINISTRATOR, unit=other_school)
    for to in (
        {"user": stranger},
        {"user": cast.viewer},
        {"user": cast.secretary},
        {"to_unit": other_school},
        {"to_unit": school},
        {},
        {"user": cast.administrator, "to_unit": district},
    ):
        with pytest.raises(ValidationError):
            given(school, cast.secretary, **to)
    elsewhere = factories.unit(code="other-district", kind=Unit.Kind.DISTRICT)
    with pytest.raises(ValidationError):
        given(school, cast.secretary, to_unit=elsewhere)


def test_nobody_gives_access_to_themselves_through_the_office(cast, school, district):
    factories.role_grant(cast.secretary, district, Role.VIEWER)
    with pytest.raises(ValidationError):
        given(school, cast.secretary, to_unit=district)


def test_access_is_never_lengthened_nor_deleted(cast, school, district):
    row = given(school, cast.secretary, to_unit=district)
    row.ends_at += timedelta(days=5)
    for change in (
        row.save,
        row.delete,
        AccessGrant.objects.all().delete,
        lambda: AccessGrant.objects.update(ends_at=row.ends_at),
        lambda: AccessGrant.objects.bulk_create([row]),
        lambda: AccessGrant.objects.bulk_update([row], ["ends_at"]),
        lambda: district.accesses.set([]),
        lambda: cast.administrator.accesses.add(row),
    ):
        refused = pytest.raises(PermissionDenied)
        with refused, acting(Act(user=cast.secretary)), transaction.atomic():
            change()
    stored = AccessGrant.objects.get()
    assert stored.ends_at == row.ends_at - timedelta(days=5)


def test_withdrawn_access_does_not_come_back(cast, school, district):
    row = given(school, cast.secretary, to_unit=district)
    row.withdraw(moment=timezone.now())
    row.withdrawn_at = None
    with pytest.raises(PermissionDenied):
        row.save()


def test_giving_and_withdrawing_are_events(cast, school, district):
    """Check 66."""
    row = given(school, cast.secretary, to_unit=district)
    row.withdraw(moment=timezone.now())
    events = Event.objects.filter(model="units.accessgrant", unit=school).order_by("number")
    assert [event.action for event in events] == ["create", "change"]
    assert events[0].actor == cast.secretary
    assert events[0].detail.content["reason"] == [None, "核对名册"]


# --- the page ---


def page_of(school) -> str:
    return reverse("access", args=[school.code])


def browser_of(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def sent(to: dict, *, days=5) -> dict:
    last = timezone.localdate() + timedelta(days=days)
    return {"reason": "核对名册", "last_day": last.isoformat(), **to}


def test_page_gives_and_withdraws(cast, school, district, office):
    browser = browser_of(cast.secretary)
    assert browser.post(page_of(school), sent({"to_unit": district.pk})).status_code == 302
    row = AccessGrant.objects.get()
    assert row.granted_by == cast.secretary
    assert row.reason in browser.get(page_of(school)).content.decode()
    withdraw = reverse("withdraw-access", args=[school.code, row.pk])
    assert browser.get(withdraw).status_code == 405
    assert browser.post(withdraw).status_code == 302
    assert answers(office, school) == {**NONE, "year": 200}


@pytest.mark.parametrize("days", [-1, 31, 400])
def test_page_says_why_a_term_is_refused(cast, school, days):
    answer = browser_of(cast.secretary).post(
        page_of(school), sent({"user": cast.administrator.pk}, days=days)
    )
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not AccessGrant.objects.exists()


def test_page_offers_receivers_of_the_unit_alone(cast, school, other_school, district):
    stranger = factories.user(Role.ADMINISTRATOR, unit=other_school)
    browser = browser_of(cast.secretary)
    form = browser.get(page_of(school)).context["form"]
    assert list(form.fields["user"].queryset) == [cast.administrator]
    assert list(form.fields["to_unit"].queryset) == [district]
    for to in ({"user": stranger.pk}, {"to_unit": other_school.pk}, {}):
        assert browser.post(page_of(school), sent(to)).status_code == 200
    assert not AccessGrant.objects.exists()


def test_page_is_read_by_readers_of_the_unit_and_written_by_its_secretary(cast, school, district):
    given(school, cast.secretary, to_unit=district)
    row = AccessGrant.objects.get()
    seen = {}
    for part, user in cast:
        browser = browser_of(user)
        withdraw = reverse("withdraw-access", args=[school.code, row.pk])
        seen[part] = (
            browser.get(page_of(school)).status_code,
            browser.post(page_of(school), sent({"to_unit": district.pk})).status_code,
            browser.post(withdraw).status_code,
        )
    assert seen == {
        "clerk": (200, 403, 403),
        "secretary": (200, 302, 302),
        "auditor": (404, 404, 404),
        "administrator": (404, 404, 404),
        "viewer": (200, 403, 403),
        "colleague": (404, 404, 404),
    }


def test_page_of_another_units_access_is_not_found(cast, school, other_school, district):
    row = given(school, cast.secretary, to_unit=district)
    secretary = factories.user(Role.SECRETARY, unit=other_school)
    withdraw = reverse("withdraw-access", args=[other_school.code, row.pk])
    assert browser_of(secretary).post(withdraw).status_code == 404
    row.refresh_from_db()
    assert row.withdrawn_at is None


def test_page_says_who_has_access_and_the_year_leads_there(cast, school, office, district):
    given(school, cast.secretary, to_unit=district)
    assert (
        page_of(school)
        in browser_of(cast.viewer).get(address("report-year", school)).content.decode()
    )
    assert (
        page_of(school)
        not in browser_of(office).get(address("report-year", school)).content.decode()
    )
