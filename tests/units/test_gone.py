"""A record that somebody deletes while somebody else is changing it."""

import pytest
from django.test import Client
from django.urls import reverse

from activities.models import Theme
from tests import factories
from tests.admin_forms import form_data
from tests.html_forms import forms_on
from units.models import Event
from units.scoping import scope_of_unit

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def opened(browser, address):
    """What the form for changing on that page would send."""
    page = browser.get(address).content.decode()
    return next(form for form in forms_on(page, address, {}.get) if "_stamp" in form.data).data


@pytest.fixture
def clerk(cast):
    browser = Client()
    browser.force_login(cast.clerk)
    return browser


def test_words_typed_into_the_form_of_a_deleted_suggestion_come_back(clerk, school):
    row = factories.suggestion(school, wording="原来的话")
    address = reverse("edit-suggestion", args=[school.code, row.pk])
    typed = {**opened(clerk, address), "wording": "写了半天的<b>建议</b>", "category": "教学"}
    with scope_of_unit(school):
        row.delete()
    before = Event.objects.count()
    answer = clerk.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert answer.context["words"] == ["写了半天的<b>建议</b>", "教学"]
    assert "写了半天的&lt;b&gt;建议&lt;/b&gt;</textarea>" in page
    assert "没有保存" in page
    assert Event.objects.count() == before
    assert answer["Cache-Control"] == "no-store, private"


def test_words_typed_in_the_admin_come_back(clerk, school):
    row = factories.theme(school, "旧主题")
    address = reverse("admin:activities_theme_change", args=[row.pk])
    typed = {**form_data(clerk.get(address)), "name": "新主题的名称"}
    with scope_of_unit(school):
        row.delete()
    answer = clerk.post(address, typed)
    assert (answer.status_code, answer.context["words"]) == (404, ["新主题的名称"])
    with scope_of_unit(school):
        assert not Theme.objects.exists()


def test_record_of_another_school_answers_as_one_that_is_gone(clerk, other_school, school):
    """Check 24: also to a form with a stamp, nothing tells that it is there."""
    row = factories.suggestion(other_school, wording="隐秘")
    told = []
    for key in (row.pk, 987654):
        address = reverse("edit-suggestion", args=[school.code, key])
        answer = clerk.post(address, {"_stamp": "x", "wording": "越权"})
        told.append((answer.status_code, answer.context["words"]))
        assert "隐秘" not in answer.content.decode()
    assert told == [(404, ["越权"])] * 2
