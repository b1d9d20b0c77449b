"""Editing in the admin: no silent overwrite, nothing typed lost, each form used once."""

import threading
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from activities.models import Theme
from members.models import Member
from tests import factories
from tests.admin_forms import add_row, errors_of, form_data
from units.editing import STAMP_FIELD, TOKEN_FIELD
from units.models import Department, User
from units.roles import Role
from units.scoping import scope_of_unit

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def browser_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at_once(*deeds):
    """Do all ``deeds`` at the same instant, each in a thread of its own; what each gave."""
    barrier = threading.Barrier(len(deeds))
    results = [None] * len(deeds)

    def run(place, deed):
        barrier.wait()
        try:
            results[place] = deed()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def names_of(model, school) -> list[str]:
    with scope_of_unit(school):
        return list(model.objects.values_list("name", flat=True))


@pytest.fixture
def editors(cast, school):
    """Two people with the same person's page open."""
    member = factories.member(school, name="陈喆", note="原来的说明")
    page = reverse("admin:members_member_change", args=[member.pk])
    return browser_of(cast.clerk), browser_of(cast.secretary), page


def test_stale_save_is_refused_and_shows_both_versions(editors, school):
    """Check 78, probe 15."""
    clerk, secretary, page = editors
    first, second = form_data(clerk.get(page)), form_data(secretary.get(page))
    assert clerk.post(page, first | {"note": "录入员的说明"}).status_code == 302
    refused = secretary.post(page, second | {"name": "陈珺", "note": "书记的说明"})
    assert refused.status_code == 200
    shown = refused.content.decode()
    assert "录入员的说明" in shown
    assert 'value="书记的说明"' in shown
    pairs = {
        pair.label: (pair.theirs, pair.yours)
        for conflict in refused.context["conflicts"]
        for pair in conflict["pairs"]
    }
    assert sorted(pairs.values()) == [("录入员的说明", "书记的说明"), ("陈喆", "陈珺")]
    with scope_of_unit(school):
        assert Member.objects.values_list("name", "note").get() == ("陈喆", "录入员的说明")


def test_refused_page_can_be_saved_after_looking(editors, school):
    clerk, secretary, page = editors
    second = form_data(secretary.get(page))
    clerk.post(page, form_data(clerk.get(page)) | {"note": "录入员的说明"})
    refused = secretary.post(page, second | {"note": "书记的说明"})
    assert secretary.post(page, form_data(refused)).status_code == 302
    with scope_of_unit(school):
        assert Member.objects.get().note == "书记的说明"


def test_row_added_below_by_somebody_else_makes_the_page_stale(editors):
    clerk, secretary, page = editors
    second = form_data(secretary.get(page))
    first = form_data(clerk.get(page))
    add_row(
        first,
        "titles",
        name="一级教师",
        level="middle",
        started_on="2010-01-01",
        started_precision="day",
    )
    assert clerk.post(page, first).status_code == 302
    assert len(errors_of(secretary.post(page, second | {"note": "书记的说明"}))) == 1


@pytest.mark.parametrize("stamp", [None, "", "made-up"])
def test_page_without_its_stamp_is_refused(editors, school, stamp):
    clerk, _secretary, page = editors
    data = form_data(clerk.get(page)) | {"note": "录入员的说明", STAMP_FIELD: stamp}
    if stamp is None:
        del data[STAMP_FIELD]
    assert clerk.post(page, data).status_code == 200
    with scope_of_unit(school):
        assert Member.objects.get().note == "原来的说明"


def test_account_is_not_overwritten_either(cast, school):
    factories.user(Role.ADMINISTRATOR, unit=school, username="second")
    administrators = [
        browser_of(user) for user in (cast.administrator, User.objects.get(username="second"))
    ]
    page = reverse("admin:units_user_change", args=[cast.viewer.pk])
    first, second = (form_data(client.get(page)) for client in administrators)
    assert administrators[0].post(page, first | {"full_name": "甲"}).status_code == 302
    assert administrators[1].post(page, second | {"full_name": "乙"}).status_code == 200
    cast.viewer.refresh_from_db()
    assert cast.viewer.full_name == "甲"


def test_form_sent_again_makes_no_second_record(cast, school):
    """Check 79."""
    clerk = browser_of(cast.clerk)
    page = reverse("admin:activities_theme_add")
    data = form_data(clerk.get(page)) | {"name": "中国梦教育行"}
    answers = [clerk.post(page, data) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [302] * 5
    with scope_of_unit(school):
        theme = Theme.objects.get()
    assert {answer.url for answer in answers[1:]} == {
        reverse("admin:activities_theme_change", args=[theme.pk])
    }


def test_another_empty_form_makes_another_record(cast, school):
    """Probe 10: two equal people are two records when they were meant so."""
    clerk = browser_of(cast.clerk)
    page = reverse("admin:members_member_add")
    for _ in range(2):
        data = form_data(clerk.get(page)) | {"name": "陈喆"}
        assert clerk.post(page, data).status_code == 302
    assert names_of(Member, school) == ["陈喆", "陈喆"]


def test_token_of_another_person_is_no_way_to_their_record(cast, school):
    """Check 79: what another person sends is another form, and no failure either."""
    clerk, secretary = browser_of(cast.clerk), browser_of(cast.secretary)
    page = reverse("admin:members_member_add")
    data = form_data(clerk.get(page)) | {"name": "陈喆"}
    assert TOKEN_FIELD in data
    clerk.post(page, data)
    assert secretary.post(page, data).status_code == 302
    assert names_of(Member, school) == ["陈喆", "陈喆"]


@pytest.mark.django_db(transaction=True)
def test_form_sent_five_times_at_once_makes_one_record(cast, school):
    """Check 79: also where the name may be taken once only, and the first has just taken it."""
    clerk = browser_of(cast.clerk)
    for model, name in ((Member, "陈喆"), (Department, "教研室")):
        page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        data = form_data(clerk.get(page)) | {"name": name}
        answers = at_once(*[lambda: browser_of(cast.clerk).post(page, data).status_code] * 5)  # noqa: B023
        assert answers == [302] * 5
        assert names_of(model, school) == [name]


@pytest.mark.django_db(transaction=True)
def test_of_eight_savers_at_once_exactly_one_wins(cast, school):
    """Check 78: in every round one save is taken and seven are told."""
    member = factories.member(school, name="陈喆")
    page = reverse("admin:members_member_change", args=[member.pk])

    def save(client, data):
        return client.post(page, data).status_code

    clients = [browser_of(cast.clerk if place % 2 else cast.secretary) for place in range(8)]
    for _ in range(3):
        forms = [form_data(client.get(page)) for client in clients]
        deeds = [
            partial(save, client, form | {"note": f"说明{place}"})
            for place, (client, form) in enumerate(zip(clients, forms, strict=True))
        ]
        answers = at_once(*deeds)
        assert sorted(answers) == [200] * 7 + [302]
        with scope_of_unit(school):
            assert Member.objects.get().note == f"说明{answers.index(302)}"
