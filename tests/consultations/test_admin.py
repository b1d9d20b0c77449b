"""Consultations and suggestions in the admin, saved through the real pages."""

import pytest
from django.urls import reverse

from consultations.models import Consultation, Suggestion
from tests import factories
from tests.admin_forms import add_row, form_data
from units.scoping import scope_of_unit

pytestmark = pytest.mark.ignore_template_errors

ADD_CONSULTATION = "admin:consultations_consultation_add"
ADD_SUGGESTION = "admin:consultations_suggestion_add"


@pytest.fixture
def clerk(client, cast):
    """The clerk's browser."""
    client.force_login(cast.clerk)
    return client


def test_consultation_added_with_agenda(clerk, school):
    data = form_data(clerk.get(reverse(ADD_CONSULTATION)))
    data |= {"kind": "symposium", "title": "党派人员座谈会", "started_on": "2017-06-20"}
    add_row(data, "agenda_items", kind="heard", subject="绩效考核分配方案", position=1)
    assert clerk.post(reverse(ADD_CONSULTATION), data).status_code == 302
    with scope_of_unit(school):
        items = Consultation.objects.get().agenda_items.all()
        assert [(item.unit, item.subject) for item in items] == [(school, "绩效考核分配方案")]


def test_consultation_of_a_kind_that_is_none_refused(clerk, school):
    data = form_data(clerk.get(reverse(ADD_CONSULTATION)))
    data |= {"kind": "visit", "title": "参观", "started_on": "2017-06-20"}
    page = clerk.post(reverse(ADD_CONSULTATION), data)
    assert list(page.context["adminform"].form.errors) == ["kind"]


def test_consultations_list_leaves_out_other_activities(clerk, school):
    meeting = factories.consultation(school)
    factories.activity(school, kind="visit")
    listed = clerk.get(reverse("admin:consultations_consultation_changelist")).context["cl"]
    assert list(listed.result_list) == [meeting]


def suggestion_with(clerk, **values):
    data = form_data(clerk.get(reverse(ADD_SUGGESTION)))
    data |= {"year": 2017, "number": 1, "registered_on": "2017-06-20", "wording": "建议"}
    return data | values


def test_suggestion_added_and_its_course_left_to_its_own_pages(clerk, school):
    person = factories.member(school)
    data = suggestion_with(clerk, signature="persons", proposers=[person.pk])
    add_row(data, "replies", replied_on="2017-07-01", wording="已采纳")
    assert clerk.post(reverse(ADD_SUGGESTION), data).status_code == 302
    with scope_of_unit(school):
        suggestion = Suggestion.objects.get()
        assert list(suggestion.proposers.all()) == [person]
        # A reply that was planted in the admin's form is none: it would not have to fit.
        assert list(suggestion.replies.all()) == []


@pytest.mark.parametrize(("signature", "names_proposer"), [("unsigned", True), ("persons", False)])
def test_suggestion_proposers_contradict_signature(clerk, school, signature, names_proposer):
    person = factories.member(school)
    proposers = {"proposers": [person.pk]} if names_proposer else {}
    data = suggestion_with(clerk, signature=signature, **proposers)
    page = clerk.post(reverse(ADD_SUGGESTION), data)
    assert list(page.context["adminform"].form.errors) == ["proposers"]


def test_suggestion_number_twice_refused(clerk, school):
    factories.suggestion(school, year=2017, number=1)
    page = clerk.post(reverse(ADD_SUGGESTION), suggestion_with(clerk, signature="unsigned"))
    assert page.status_code == 200
    with scope_of_unit(school):
        assert Suggestion.objects.count() == 1


def test_suggestion_number_of_another_unit_is_free(clerk, school, other_school):
    factories.suggestion(other_school, year=2017, number=1)
    answer = clerk.post(reverse(ADD_SUGGESTION), suggestion_with(clerk, signature="unsigned"))
    assert answer.status_code == 302


def test_suggestions_list_shows_latest_reply(clerk, school):
    suggestion = factories.suggestion(school)
    factories.reply(suggestion)
    factories.reply(suggestion, replied_on="2017-05-02")
    row = clerk.get(reverse("admin:consultations_suggestion_changelist")).context["cl"].result_list
    assert [entry.latest_reply.isoformat() for entry in row] == ["2017-05-02"]
