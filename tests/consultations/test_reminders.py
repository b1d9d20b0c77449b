"""What is to be done on a day, its page and its mail: sent once, told when it fails."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.deadlines import Deadlines
from consultations.digest import digest
from consultations.models import Policy, Reminder, Step, Suggestion
from consultations.reminding import GIVEN_UP, begin
from tests import factories
from tests.factories.rows import saved
from units.models import Holiday
from units.scoping import scope_of_unit

MADE_ON = date(2017, 3, 15)  # a Wednesday
KIND = Step.Kind


def shown(unit, day) -> dict[str, list]:
    """The rows of each part of the digest, parts without any left out."""
    return {
        part.key: [item.row for item in part.items]
        for part in digest(unit, day=day).parts
        if part.items
    }


@pytest.fixture
def suggestion(in_scope):
    return factories.suggestion(in_scope, registered_on=MADE_ON)


# --- what is due ---


def test_an_undecided_one_comes_near_and_is_late(in_scope, suggestion):
    # To be decided within five working days: Wed 22 March. Five working days before it is the
    # 15th itself, so it is near from the first day on.
    assert shown(in_scope, date(2017, 3, 14)) == {}
    assert shown(in_scope, MADE_ON) == {"soon": [suggestion]}
    assert shown(in_scope, date(2017, 3, 22)) == {"soon": [suggestion]}
    assert shown(in_scope, date(2017, 3, 23)) == {"overdue": [suggestion]}


def test_holidays_are_no_working_days(in_scope, suggestion):
    Holiday.objects.create(day=date(2017, 3, 22), name="补假")
    # The fifth working day is now Thu 23 March.
    assert shown(in_scope, date(2017, 3, 23)) == {"soon": [suggestion]}
    assert shown(in_scope, date(2017, 3, 24)) == {"overdue": [suggestion]}


def test_an_extension_stops_the_reminders(in_scope, suggestion):
    factories.course_step(suggestion, KIND.ACCEPTED)
    office = factories.department(in_scope, "总务处")
    factories.course_step(suggestion, KIND.ASSIGNED, department=office, due_on=date(2017, 4, 14))
    # Five working days before Fri 14 April is Fri 7 April.
    assert shown(in_scope, date(2017, 4, 6)) == {}
    assert shown(in_scope, date(2017, 4, 7)) == {"soon": [suggestion]}
    assert shown(in_scope, date(2017, 4, 15)) == {"overdue": [suggestion]}
    factories.course_step(
        suggestion, KIND.EXTENDED, on=date(2017, 4, 13), due_on=date(2017, 6, 30), words="需核算"
    )
    assert shown(in_scope, date(2017, 4, 15)) == {}
    # Five working days before Fri 30 June is Fri 23 June.
    assert shown(in_scope, date(2017, 6, 22)) == {}
    assert shown(in_scope, date(2017, 6, 23)) == {"soon": [suggestion]}
    assert shown(in_scope, date(2017, 7, 1)) == {"overdue": [suggestion]}


def test_what_is_answered_or_declined_is_to_be_told(in_scope, suggestion):
    factories.reply(suggestion, replied_on=date(2017, 4, 10))
    declined = factories.suggestion(in_scope, registered_on=MADE_ON)
    factories.course_step(declined, KIND.DECLINED, on=date(2017, 4, 3), words="不属职责范围")
    # The longest wait first.
    assert shown(in_scope, date(2017, 4, 11)) == {"to_tell": [declined, suggestion]}
    factories.told(suggestion, date(2017, 4, 12))
    factories.told(declined, date(2017, 4, 12))
    assert shown(in_scope, date(2017, 4, 12)) == {}


def test_what_was_planned_stays_until_it_is_done_or_dropped(in_scope, suggestion):
    factories.reply(suggestion, replied_on=date(2017, 4, 10))
    planned = {"on": date(2017, 4, 10), "result": "planned", "words": "下学期"}
    factories.course_step(suggestion, KIND.RESULT, **planned)
    factories.told(suggestion, date(2017, 4, 12))
    factories.course_step(suggestion, KIND.CLOSED, on=date(2017, 4, 13))
    assert shown(in_scope, date(2018, 12, 31)) == {"planned": [suggestion]}
    factories.course_step(suggestion, KIND.FOLLOWED_UP, on=date(2019, 1, 2), outcome="partly")
    assert shown(in_scope, date(2019, 1, 2)) == {"planned": [suggestion]}
    factories.course_step(suggestion, KIND.FOLLOWED_UP, on=date(2019, 3, 1), outcome="done")
    assert shown(in_scope, date(2019, 2, 28)) == {"planned": [suggestion]}
    assert shown(in_scope, date(2019, 3, 1)) == {}


def test_an_outcome_is_of_the_plan_before_it_not_of_a_later_one(in_scope, suggestion):
    def plan(day):
        factories.reply(suggestion, replied_on=day)
        factories.course_step(suggestion, KIND.RESULT, on=day, result="planned", words="计划")
        factories.told(suggestion, day)
        factories.course_step(suggestion, KIND.CLOSED, on=day)

    plan(date(2017, 4, 10))
    factories.course_step(suggestion, KIND.FOLLOWED_UP, on=date(2017, 9, 1), outcome="done")
    factories.course_step(suggestion, KIND.REOPENED, on=date(2017, 9, 10), words="不满意")
    plan(date(2017, 9, 20))
    assert shown(in_scope, date(2017, 9, 20)) == {"planned": [suggestion]}


def test_measures_of_last_year_are_due_until_they_are_done(in_scope):
    left = factories.promise(in_scope, made_in=2016)
    kept = factories.kept_promise(in_scope, on=date(2017, 11, 1)).promise
    factories.promise(in_scope, made_in=2017)
    factories.promise(in_scope, made_in=2016, kind="shortcoming")
    assert shown(in_scope, date(2017, 10, 31)) == {"promised": [left, kept]}
    assert shown(in_scope, date(2017, 11, 1)) == {"promised": [left]}


def test_the_list_calls_the_same_ones_late_and_near(in_scope):
    for days in range(0, 60, 3):
        row = factories.suggestion(in_scope, registered_on=MADE_ON + timedelta(days=days))
        if days % 2:
            factories.course_step(row, KIND.ACCEPTED)
    for day in (date(2017, 4, 1), date(2017, 5, 1), date(2017, 6, 1), date(2017, 7, 1)):
        deadlines, parts = Deadlines.of(in_scope), shown(in_scope, day)
        late = Suggestion.objects.overdue(**deadlines.late(day))
        near = Suggestion.objects.due_soon(**deadlines.soon(day))
        assert set(parts.get("overdue", [])) == set(late)
        assert set(parts.get("soon", [])) == set(near)


# --- the page ---


def page_of(user, unit):
    browser = Client()
    browser.force_login(user)
    return browser.get(reverse("reminders", args=[unit.code]))


def test_the_page_shows_each_with_its_department(cast, school):
    today = timezone.localdate()
    row = factories.suggestion(school, registered_on=MADE_ON, wording="建议增设停车位")
    factories.course_step(row, KIND.ACCEPTED)
    office = factories.department(school, "总务处")
    factories.course_step(row, KIND.ASSIGNED, department=office, due_on=date(2017, 4, 14))
    factories.promise(school, "完善责任区工作", made_in=today.year - 1)
    answer = page_of(cast.clerk, school)
    text = answer.content.decode()
    assert answer.context["digest"].total == 2
    for words in ("建议增设停车位", "总务处", "2017-04-14", "完善责任区工作", "修改期限"):
        assert words in text
    assert "修改期限" not in page_of(cast.viewer, school).content.decode()


def test_an_empty_page_says_so_and_nobody_unsigned_stands_on_a_full_one(cast, school):
    assert "没有待办" in page_of(cast.viewer, school).content.decode()
    speaker = factories.member(school, "钱学文", party="民盟")
    factories.suggestion(school, registered_on=MADE_ON, signature="persons", proposers=[speaker])
    assert "钱学文" not in page_of(cast.viewer, school).content.decode()


def test_the_page_asks_the_same_for_one_and_for_three(
    cast, school, django_assert_max_num_queries, django_assert_num_queries
):
    browser = Client()
    browser.force_login(cast.clerk)
    address = reverse("reminders", args=[school.code])

    def add():
        factories.suggestion(school, registered_on=MADE_ON)
        factories.reply(factories.suggestion(school, registered_on=MADE_ON))
        factories.promise(school, made_in=timezone.localdate().year - 1)

    add()
    browser.get(address)
    with django_assert_max_num_queries(20) as one:
        browser.get(address)
    add()
    add()
    with django_assert_num_queries(len(one.captured_queries)):
        browser.get(address)


# --- the mail ---

DAY = date(2017, 3, 23)  # a Thursday


@pytest.fixture
def mailed(school, settings):
    """The school, which has a mailbox and one thing overdue; mail is set up."""
    settings.MAIL_IS_SET_UP = True
    settings.SITE_ADDRESS = "https://records.example.org"
    with scope_of_unit(school):
        policy = Policy.of(school)
    policy.remind_to = "office@example.org"
    saved(policy)
    speaker = factories.member(school, "钱学文", party="民盟")
    factories.suggestion(
        school,
        registered_on=MADE_ON,
        wording="建议增设停车位",
        signature="persons",
        proposers=[speaker],
    )
    return school


def run(day=DAY):
    call_command("send_reminders", "--day", day.isoformat(), verbosity=0)


def stored(unit) -> list[tuple]:
    with scope_of_unit(unit):
        rows = Reminder.objects.filter(unit=unit).order_by("day")
        return [(row.day, row.items, row.sent_at is not None) for row in rows]


def test_the_mail_holds_numbers_and_an_address_and_nobodys_words(mailed):
    run()
    (sent,) = mail.outbox
    assert sent.to == ["office@example.org"]
    assert sent.subject == f"{mailed.short_name}：2017-03-23待办提醒"
    assert sent.body == (
        f"已逾期：1项\n\n请到此处查看：\nhttps://records.example.org/{mailed.code}/reminders/\n"
    )
    whole = sent.message().as_string() + sent.body
    assert "钱学文" not in whole
    assert "停车" not in whole
    assert stored(mailed) == [(DAY, 1, True)]


def test_run_twice_it_is_sent_once(mailed):
    run()
    run()
    assert len(mail.outbox) == 1
    run(DAY + timedelta(days=1))
    assert len(mail.outbox) == 2
    assert len({each.message()["Message-ID"] for each in mail.outbox}) == 2


def test_a_run_beside_another_leaves_its_mail_alone(mailed):
    now = timezone.now()
    with scope_of_unit(mailed):
        assert begin(digest(mailed, day=DAY), unit=mailed, moment=now) is not None
        assert begin(digest(mailed, day=DAY), unit=mailed, moment=now) is None
    run()
    assert mail.outbox == []
    with scope_of_unit(mailed):
        Reminder.objects.update(begun_at=now - GIVEN_UP)  # as after kill -9
    run()
    assert len(mail.outbox) == 1
    assert stored(mailed) == [(DAY, 1, True)]


def test_a_failed_mail_is_told_and_sent_by_the_next_run(mailed, cast, settings):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    with pytest.raises(CommandError, match=mailed.code) as told:
        run()
    assert told.value.returncode == 1
    assert stored(mailed) == [(DAY, 1, False)]
    assert "2017-03-23的提醒邮件未能发出" in page_of(cast.clerk, mailed).content.decode()
    settings.EMAIL_BACKEND = working
    run()
    assert len(mail.outbox) == 1
    assert stored(mailed) == [(DAY, 1, True)]
    assert "未能发出" not in page_of(cast.clerk, mailed).content.decode()


def test_a_unit_that_is_being_mailed_keeps_no_other_from_its_mail(mailed, other_school):
    with scope_of_unit(other_school):
        policy = Policy.of(other_school)
    policy.remind_to = "other@example.org"
    saved(policy)
    factories.suggestion(other_school, registered_on=MADE_ON)
    with scope_of_unit(mailed):
        begin(digest(mailed, day=DAY), unit=mailed, moment=timezone.now())
    run()
    assert [each.to for each in mail.outbox] == [["other@example.org"]]


def test_nothing_is_mailed_on_a_day_off_or_without_anything_to_say(mailed, settings):
    run(date(2017, 3, 25))  # a Saturday
    Holiday.objects.create(day=DAY, name="校庆")
    run()
    run(date(2017, 3, 1))  # before anything was registered
    settings.MAIL_IS_SET_UP = False
    run(DAY + timedelta(days=1))
    assert mail.outbox == []
    assert stored(mailed) == []
