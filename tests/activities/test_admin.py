"""Activities and the aid ledger in the admin, saved through the real pages."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from activities.models import Activity, AidRound, Grant, Participation
from tests import factories
from tests.admin_forms import add_row, errors_of, form_data
from units.scoping import scope_of_unit

pytestmark = pytest.mark.ignore_template_errors

ADD_ACTIVITY = "admin:activities_activity_add"
ADD_ROUND = "admin:activities_aidround_add"


@pytest.fixture
def clerk(client, cast):
    """The clerk's browser."""
    client.force_login(cast.clerk)
    return client


def test_activity_added_with_people_and_guests(clerk, school):
    person = factories.member(school)
    theme = factories.theme(school, "中国梦教育行")
    data = form_data(clerk.get(reverse(ADD_ACTIVITY)))
    data |= {"kind": "study", "title": "专题学习", "started_on": "2017-03-15", "precision": "month"}
    data["themes"] = [theme.pk]
    add_row(data, "participations", member=person.pk, status="present")
    add_row(data, "guest_groups", capacity="辖区警官", number=2, position=0)
    assert clerk.post(reverse(ADD_ACTIVITY), data).status_code == 302
    with scope_of_unit(school):
        event = Activity.objects.get()
        assert (event.unit, event.started_on) == (school, date(2017, 3, 1))
        assert list(event.themes.all()) == [theme]
        assert [(row.unit, row.member) for row in event.participations.all()] == [(school, person)]
        assert [(row.unit, row.number) for row in event.guest_groups.all()] == [(school, 2)]


@pytest.mark.parametrize("field", ["themes", "organisers", "series"])
def test_activity_with_entry_of_another_unit_refused(clerk, school, other_school, field):
    foreign = {
        "themes": factories.theme,
        "organisers": factories.organisation,
        "series": factories.series,
    }[field](other_school)
    data = form_data(clerk.get(reverse(ADD_ACTIVITY)))
    data |= {"kind": "study", "title": "专题学习", "started_on": "2017-03-15", field: foreign.pk}
    page = clerk.post(reverse(ADD_ACTIVITY), data)
    assert list(page.context["adminform"].form.errors) == [field]


@pytest.mark.parametrize("field", ["themes", "organisers"])
def test_activity_of_one_unit_with_entry_of_the_other_refused(client, school, other_school, field):
    """Somebody who keeps both units may choose from both lists, yet not mix them."""
    both = factories.user("clerk", unit=school)
    factories.role_grant(both, other_school, "clerk")
    client.force_login(both)
    make = {"themes": factories.theme, "organisers": factories.organisation}[field]
    data = form_data(client.get(reverse(ADD_ACTIVITY))) | {"unit": school.pk}
    data |= {"kind": "study", "title": "专题学习", "started_on": "2017-03-15"}
    page = client.post(reverse(ADD_ACTIVITY), data | {field: make(other_school).pk})
    assert list(page.context["adminform"].form.errors) == [field]
    assert client.post(reverse(ADD_ACTIVITY), data | {field: make(school).pk}).status_code == 302


def test_participant_of_another_unit_refused(clerk, school, other_school):
    event = factories.activity(school)
    stranger = factories.member(other_school, "外校人")
    address = reverse("admin:activities_activity_change", args=[event.pk])
    data = form_data(clerk.get(address))
    add_row(data, "participations", member=stranger.pk, status="present")
    page = clerk.post(address, data)
    assert len(errors_of(page)) == 1
    assert "外校人" not in page.content.decode()
    with scope_of_unit(school):
        assert not Participation.objects.exists()


def test_round_of_aid_added_with_gifts_and_grants(clerk, school):
    pupils = [factories.recipient(school) for _each in range(4)]
    data = form_data(clerk.get(reverse(ADD_ROUND)))
    data |= {"name": "石泉社区助学", "opened_on": "2017-01-05"}
    for pupil in pupils:
        add_row(data, "gifts", kind="cash", amount="1500", received_on="2017-01-05")
        add_row(data, "grants", recipient=pupil.pk, amount="1500", granted_on="2017-01-10")
    assert clerk.post(reverse(ADD_ROUND), data).status_code == 302
    with scope_of_unit(school):
        aid = AidRound.objects.get()
        assert sum(gift.amount for gift in aid.gifts.all()) == Decimal("6000.00")
        assert [grant.recipient for grant in aid.grants.all()] == pupils
        assert {grant.unit for grant in aid.grants.all()} == {school}


def test_grant_out_of_a_gift_of_another_round_refused(clerk, school):
    aid, other = factories.aid_round(school), factories.aid_round(school)
    elsewhere = factories.gift(other)
    address = reverse("admin:activities_aidround_change", args=[aid.pk])
    data = form_data(clerk.get(address))
    pupil = factories.recipient(school)
    add_row(
        data,
        "grants",
        recipient=pupil.pk,
        gift=elsewhere.pk,
        amount="1500",
        granted_on="2017-01-10",
    )
    assert len(errors_of(clerk.post(address, data))) == 1
    with scope_of_unit(school):
        assert not Grant.objects.exists()


def test_recipient_by_name_refused(clerk, school):
    address = reverse("admin:activities_recipient_add")
    data = form_data(clerk.get(address)) | {"code": "王小明"}
    page = clerk.post(address, data)
    assert list(page.context["adminform"].form.errors) == ["code"]
