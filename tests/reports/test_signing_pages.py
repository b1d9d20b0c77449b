"""The report's way in the browser: what each page shows, what its buttons do, and why not."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports.models import Report, Seal, Step
from reports.states import State
from tests import factories
from tests.admin_forms import form_data
from tests.reports.addresses import address
from units.acting import Act, acting
from units.models import Event
from units.scoping import scope_of_unit


@pytest.fixture
def report(school, cast):
    """A draft that can be handed in."""
    with acting(Act(user=cast.clerk)):
        factories.unit_year(school)
        factories.activity(school, "参观航海博物馆", kind="visit", place="航海博物馆")
        row = factories.report(school)
        factories.section(row, heading="共建", body="参观{visit_places}。")
    return row


def browser_of(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def clerk(cast):
    return browser_of(cast.clerk)


@pytest.fixture
def secretary(cast):
    return browser_of(cast.secretary)


def state(school) -> State:
    with scope_of_unit(school):
        return Report.objects.get().state


def text(answer) -> str:
    return answer.content.decode()


def shown_digest(answer) -> str:
    return re.search(r'name="shown" value="([0-9a-f]{64})"', text(answer))[1]


def test_report_goes_from_draft_to_sealed_in_the_browser(report, clerk, secretary, school, cast):
    """Check 19: handed in, returned with a reason, taken up, handed in again, signed."""
    page = address("report-preview", school)
    assert "起草中" in text(clerk.get(page))
    answer = clerk.post(address("report-submit", school), follow=True)
    assert "总结已提交。签发或退回之前，正文不再变动。" in text(answer)
    assert state(school) is State.SUBMITTED

    back = address("report-return", school)
    assert secretary.get(back).status_code == 200
    answer = secretary.post(back, {"reason": "请补充不足之处"}, follow=True)
    assert "总结已退回" in text(answer)
    assert "请补充不足之处" in text(clerk.get(page))
    clerk.post(address("report-take-up", school))
    assert state(school) is State.DRAFT
    clerk.post(address("report-submit", school))

    sign = address("report-sign", school)
    shown = secretary.get(sign)
    assert "航海博物馆" in text(shown)
    answer = secretary.post(sign, {"shown": shown_digest(shown), "read": "on"}, follow=True)
    assert "总结已签发封存，本年度的记录随之封存。" in text(answer)
    with scope_of_unit(school):
        seal = Seal.objects.get()
        assert [step.deed for step in Step.objects.all()] == [
            *("submit", "return", "take_up", "submit", "sign"),
        ]
    assert seal.digest in text(clerk.get(page))
    assert f"{cast.secretary}" in text(clerk.get(page))


def test_page_shows_what_each_person_can_do_and_why_not(report, clerk, secretary, cast, school):
    page = address("report-preview", school)
    assert "提交审签</button>" in text(clerk.get(page))
    clerk.post(address("report-submit", school))
    shown = text(clerk.get(page))
    assert "总结由本单位的书记签发。" in shown
    assert address("report-sign", school) not in shown
    shown = text(secretary.get(page))
    assert address("report-sign", school) in shown
    assert address("report-return", school) in shown
    # Who only reads is shown where it stands, and no button.
    shown = text(browser_of(cast.viewer).get(page))
    assert "已提交" in shown
    assert "choice" not in shown


def test_secretary_who_edited_last_is_told_why_not(report, secretary, clerk, cast, school):
    """Check 16."""
    with acting(Act(user=cast.secretary)):
        report.subtitle = "二〇一七年"
        with scope_of_unit(school):
            report.save()
    clerk.post(address("report-submit", school))
    words = "正文最后由您修改：请本单位其他人通读并保存一次，或由另一位书记签发。"
    assert words in text(secretary.get(address("report-preview", school)))
    sign = secretary.get(address("report-sign", school))
    assert words in text(sign)
    assert 'name="shown"' not in text(sign)
    secretary.post(address("report-sign", school), {"shown": "0" * 64, "read": "on"})
    assert state(school) is State.SUBMITTED


@pytest.mark.parametrize("name", ["report-submit", "report-take-up", "report-return"])
@pytest.mark.parametrize("where", State)
def test_every_button_in_every_state(report, clerk, secretary, cast, school, name, where):
    """Check 19: a deed that does not lead on from here changes nothing, and the page says so."""
    _bring(report, where, cast)
    browser = secretary if name == "report-return" else clerk
    leads_on = {
        "report-submit": (State.DRAFT, State.SUBMITTED),
        "report-take-up": (State.RETURNED, State.DRAFT),
        "report-return": (State.SUBMITTED, State.RETURNED),
    }[name]
    answer = browser.post(address(name, school), {"reason": "再改"}, follow=True)
    if where is leads_on[0]:
        assert state(school) is leads_on[1]
    else:
        assert state(school) is where
        assert "总结目前“" in text(answer)


def _bring(report, where, cast):
    if where is not State.DRAFT:
        factories.handed_in(report, cast.clerk)
    if where is State.RETURNED:
        factories.step(report, "return", cast.secretary, reason="再改")
    if where is State.SIGNED:
        factories.sealed(report, author=cast.clerk, signer=cast.secretary)


def test_what_changed_since_the_page_was_opened_is_not_signed(report, secretary, cast, school):
    """Whoever signs signs what the page showed; the new content comes back to be read."""
    factories.handed_in(report, cast.clerk)
    sign = address("report-sign", school)
    shown = shown_digest(secretary.get(sign))
    factories.activity(school, "参观规划馆", kind="visit", place="规划馆")
    answer = secretary.post(sign, {"shown": shown, "read": "on"})
    assert "打开本页之后，正文、指标或记录有了变化" in text(answer)
    assert shown_digest(answer) != shown
    assert state(school) is State.SUBMITTED
    secretary.post(sign, {"shown": shown_digest(answer), "read": "on"})
    assert state(school) is State.SIGNED


def test_signing_asks_for_the_tick_and_the_password(report, secretary, cast, school):
    """Check 11: signing needs a recent sign-in."""
    factories.handed_in(report, cast.clerk)
    sign = address("report-sign", school)
    shown = shown_digest(secretary.get(sign))
    answer = secretary.post(sign, {"shown": shown})
    assert "请通读总结并勾选此项，然后签发。" in text(answer)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        answer = secretary.post(sign, {"shown": shown, "read": "on"})
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/account/confirm/")
    assert state(school) is State.SUBMITTED


def test_return_without_a_reason_asks_for_it(report, secretary, cast, school):
    factories.handed_in(report, cast.clerk)
    answer = secretary.post(address("report-return", school), {"reason": " "})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["reason"]
    assert state(school) is State.SUBMITTED


def test_report_is_begun_from_its_page(clerk, school, cast):
    factories.unit_year(school)
    page = address("report-preview", school)
    assert "开始起草" in text(clerk.get(page))
    assert "开始起草" not in text(browser_of(cast.viewer).get(page))
    clerk.post(address("report-begin", school), {"pattern": "shipped:2017"})
    with scope_of_unit(school):
        sections = Report.objects.get().sections.count()
    assert sections > 3
    answer = clerk.post(address("report-begin", school), {"pattern": "shipped:2017"}, follow=True)
    assert "本单位" in text(answer)
    with scope_of_unit(school):
        assert Report.objects.count() == 1


def test_planted_fields_change_nothing(report, clerk, school, cast):
    """Check 18: no form takes a state, a signer or a time."""
    page = reverse("admin:reports_report_change", args=[report.pk])
    planted = {"state": "signed", "signed_at": "2018-01-01", "signed_by": cast.clerk.pk}
    clerk.post(page, form_data(clerk.get(page)) | planted)
    clerk.post(address("report-submit", school), {**planted, "deed": "sign", "by": 1})
    with scope_of_unit(school):
        assert [(step.deed, step.by) for step in Step.objects.all()] == [("submit", cast.clerk)]


@pytest.mark.ignore_template_errors
def test_admin_shows_a_report_that_is_handed_in_without_its_form(report, clerk, cast, school):
    """Check 19: also through Django's admin."""
    page = reverse("admin:reports_report_change", args=[report.pk])
    data = form_data(clerk.get(page))
    factories.handed_in(report, cast.clerk)
    shown = text(clerk.get(page))
    assert 'name="title"' not in shown
    assert 'name="sections-0-body"' not in shown
    assert clerk.post(page, data | {"title": "别的"}).status_code == 403
    delete = reverse("admin:reports_report_delete", args=[report.pk])
    assert clerk.post(delete, {"post": "yes"}).status_code == 403
    with scope_of_unit(school):
        assert Report.objects.get().title == "统战工作总结"


def test_sealed_file_is_served_byte_for_byte(report, clerk, cast, school, district):
    """Check 77: to the school and to the office it is handed in to; the log says so."""
    sealed = address("report-sealed", school)
    assert clerk.get(sealed).status_code == 404
    seal = factories.sealed(report, author=cast.clerk, signer=cast.secretary)
    office = factories.user("viewer", unit=district)
    for browser in (clerk, browser_of(cast.viewer), browser_of(office)):
        answer = browser.get(sealed)
        assert (answer.content, answer["Content-Type"]) == (bytes(seal.pdf), "application/pdf")
    ordinary = clerk.get(address("report-file", school, "pdf"))
    assert ordinary.content == bytes(seal.pdf)
    event = Event.objects.filter(action="export", actor=office).get()
    assert event.detail.content["file"] == "sealed report"


def test_nobody_from_another_school_gets_the_sealed_file(report, cast, school):
    """Check 24."""
    factories.sealed(report, author=cast.clerk, signer=cast.secretary)
    for name in ("report-sealed", "report-drift", "year-exceptions", "report-preview"):
        assert browser_of(cast.colleague).get(address(name, school)).status_code == 404
