"""Pages of deeds: what they say before and after, who may, two at once, other units' keys."""

import re
from html import unescape

import pytest
from django.urls import reverse

from members.models import Appointment, Employment, Member, Membership, Title
from tests import factories
from units.editing import new_token
from units.models import Event
from units.scoping import scope_of_unit

LIVE = {"HX-Request": "true"}


@pytest.fixture
def somebody(in_scope) -> Member:
    """徐文清, in service, of 民盟, with a post in the unit and one in the party."""
    person = factories.member(in_scope, "徐文清", party="民盟")
    factories.appointment(person, "主任", kind="school", level="unit", body="教务处")
    factories.appointment(person, "主委")
    return person


@pytest.fixture
def clerk(client, cast):
    client.force_login(cast.clerk)
    return client


def page(name: str, row) -> str:
    return reverse(name, args=[row.unit.code, row.pk])


def deeds_of(answer) -> dict[str, list[str]]:
    """{about: names of the deeds} on a person's page."""
    return {each.about: [label for label, _address in each.links] for each in _deeds(answer)}


def _deeds(answer):
    return answer.context["deeds"]


def told_after(client, address: str, **data) -> list[str]:
    """The messages on the page that a deed leads to."""
    answer = client.post(address, {"_token": new_token(), **data}, follow=True)
    assert answer.redirect_chain, answer.context["form"].errors
    return [str(each) for each in answer.context["messages"]]


def faults(answer) -> list[str]:
    assert answer.status_code == 200
    return [each for errors in answer.context["form"].errors.values() for each in errors]


def test_person_page_offers_what_can_be_true_of_them(clerk, school, somebody):
    always = ["新任职务", "新评职称", "加入民主党派"]
    assert deeds_of(clerk.get(page("person", somebody))) == {
        "": ["调离本单位", "退休", *always],
        "党派成员身份“民盟盟员”": ["转移组织关系", "退出党派"],
        "职务“教务处主任”": ["免去职务"],
        "职务“民盟区委主委”": ["免去职务"],
    }
    retired = factories.member(school, status="retired")
    assert deeds_of(clerk.get(page("person", retired)))[""][:2] == ["调离本单位", "调回或返聘"]
    gone = factories.person(school)
    assert deeds_of(clerk.get(page("person", gone))) == {"": ["调回或返聘", *always]}


def test_readers_are_offered_nothing(client, cast, somebody):
    client.force_login(cast.viewer)
    assert _deeds(client.get(page("person", somebody))) == []


def test_every_offered_deed_opens(clerk, somebody):
    found = [a for each in _deeds(clerk.get(page("person", somebody))) for _l, a in each.links]
    assert [clerk.get(address).status_code for address in found] == [200] * 9


def test_leaving_asks_about_posts_and_ticks_those_in_the_unit(clerk, somebody):
    form = clerk.get(page("person-leave", somebody)).context["form"]
    own, district = Appointment.objects.order_by("pk").values_list("pk", flat=True)
    assert [key for key, _label in form.fields["posts"].choices] == [own, district]
    assert form.initial["posts"] == [own]


def test_what_is_done_is_said_before_and_after_in_the_same_words(clerk, somebody):
    own = Appointment.objects.get(kind="school")
    address = page("person-leave", somebody)
    words = [
        "在职情况“在职”：2017-08-31当天仍计入，自2017-09-01起不再计入。",
        "职务“教务处主任”：2017-08-31当天仍计入，自2017-09-01起不再计入。",
    ]
    entered = {"day": "2017年9月1日", "posts": own.pk}
    before = clerk.post(address, entered, headers=LIVE).content.decode()
    assert [unescape(each) for each in re.findall("<li>(.*?)</li>", before)] == words
    assert Employment.objects.get().ended_on is None
    assert told_after(clerk, address, **entered) == [" ".join(words)]
    assert str(Employment.objects.get().ended_on) == "2017-09-01"


def test_refusal_is_foretold_too(clerk, somebody):
    post = factories.appointment(somebody, "委员", ended_on="2017-03-01")
    answer = clerk.post(page("end-post", post), {"day": "2017-9-1"}, headers=LIVE)
    assert "已于2017-03-01结束" in answer.content.decode()


def test_half_filled_form_foretells_nothing(clerk, somebody):
    answer = clerk.post(page("person-retire", somebody), {"day": "2017年"}, headers=LIVE)
    assert "<li>" not in answer.content.decode()
    assert "填好后，这里会写明将如何记录。" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "entered", "model", "expected"),
    [
        (
            "person-retire",
            {"day": "2017-9-1", "status": "retired"},
            Employment,
            {"status": "retired", "started_on": "2017-09-01", "started_precision": "day"},
        ),
        (
            "person-post",
            {
                **{"kind": "party", "level": "district", "party": "05", "body": "区委"},
                **{"post": "副主委", "started_on": "2017.9"},
            },
            Appointment,
            {"post": "副主委", "started_on": "2017-09-01", "started_precision": "month"},
        ),
        (
            "person-title",
            {"name": "高级教师", "started_on": "2017"},
            Title,
            {"level": "associate_senior", "started_on": "2017-01-01", "started_precision": "year"},
        ),
        (
            "person-join",
            {"party": "08", "started_on": ""},
            Membership,
            {"party_id": "08", "started_on": "None", "started_precision": "day"},
        ),
    ],
)
def test_each_adds_one_row(clerk, somebody, name, entered, model, expected):
    before = set(model.objects.values_list("pk", flat=True))
    told_after(clerk, page(name, somebody), **entered)
    (row,) = model.objects.exclude(pk__in=before)
    assert {field: str(getattr(row, field)) for field in expected} == expected
    assert (row.member, row.unit) == (somebody, somebody.unit)


def test_known_title_with_another_level_is_refused(clerk, somebody):
    """小学高级教师 is a middle level."""
    entered = {"name": "小学高级教师", "level": "associate_senior"}
    answer = clerk.post(page("person-title", somebody), entered)
    assert faults(answer) == ["“小学高级教师”的职称级别应为“中级”，请更正。"]


def test_rows_end_from_their_own_pages(clerk, somebody):
    district = Appointment.objects.get(kind="party")
    membership = Membership.objects.get()
    branch = factories.organisation(somebody.unit, "民盟二支部", party=factories.party())
    told_after(
        clerk,
        page("change-organisation", membership),
        day="2017-3-1",
        organisation=branch.pk,
    )
    goes_on = Membership.objects.get(organisation=branch)
    assert (str(goes_on.started_on), goes_on.ended_on) == ("2017-03-01", None)
    told_after(clerk, page("leave-party", goes_on), day="2017-9-1", posts=district.pk)
    district.refresh_from_db()
    assert [str(row.ended_on) for row in (district, Membership.objects.latest("pk"))] == [
        "2017-09-01"
    ] * 2


def test_somebody_retired_is_employed_again_and_a_retired_teacher_is_none(clerk, in_scope):
    retired = factories.member(in_scope, status="retired")
    entered = {"started_on": "2017.9.1", "status": "in_service"}
    told_after(clerk, page("person-return", retired), **entered)
    rows = Employment.objects.filter(member=retired).order_by("started_on")
    assert [(row.status, str(row.started_on), str(row.ended_on)) for row in rows] == [
        ("retired", "2000-09-01", "2017-09-01"),
        ("in_service", "2017-09-01", "None"),
    ]
    entered = {"started_on": "2018", "status": "retired", "full_time_teacher": "on"}
    answer = clerk.post(page("person-return", retired), {"_token": new_token(), **entered})
    assert faults(answer) == ["只有在职人员才能勾选“专职教师”。"]
    assert rows.count() == 2


def test_same_form_sent_twice_does_it_once(clerk, somebody):
    entered = {"_token": new_token(), "day": "2017-9-1", "status": "retired"}
    address = page("person-retire", somebody)
    answers = [clerk.post(address, entered) for _number in range(2)]
    assert [answer["Location"] for answer in answers] == [page("person", somebody)] * 2
    assert Employment.objects.count() == 2


def test_two_people_at_once_end_it_once_and_the_second_is_told(clerk, cast, somebody):
    """The second one's page was open before the first one saved."""
    address = page("person-retire", somebody)
    first, second = ({"_token": new_token(), "status": "retired"} for _number in range(2))
    assert clerk.post(address, {**first, "day": "2017-9-1"}).status_code == 302
    clerk.force_login(cast.secretary)
    answer = clerk.post(address, {**second, "day": "2017-10-1"})
    assert faults(answer) == ["徐文清已是退休状态，如有误请更正原记录。"]
    assert 'value="2017-10-1"' in answer.content.decode()
    assert [str(row.ended_on) for row in Employment.objects.order_by("started_on")] == [
        "2017-09-01",
        "None",
    ]


def test_closed_year_is_said_on_the_form_and_nothing_is_stored(clerk, cast, somebody):
    factories.closed_year(somebody.unit, cast.secretary)
    number = Event.objects.count()
    answer = clerk.post(page("person-leave", somebody), {"day": "2017-9-1"})
    (fault,) = faults(answer)
    assert "属于2017年度（2017-01-01至2017-12-31）" in fault
    assert fault.endswith("申请例外。")
    assert Employment.objects.get().ended_on is None
    assert Event.objects.count() == number


def test_exception_for_the_closed_year_lets_it_through_and_is_the_reason(clerk, cast, somebody):
    closed = factories.closed_year(somebody.unit, cast.secretary)
    factories.year_exception(closed, cast.clerk, cast.secretary, reason="补录九月调离")
    told_after(clerk, page("person-leave", somebody), day="2017-9-1")
    assert (
        Event.objects.filter(model="members.employment").latest("number").reason == "补录九月调离"
    )


@pytest.mark.parametrize(
    "name", ["person-leave", "person-retire", "person-return", "person-post", "person-join"]
)
def test_person_of_another_unit_is_not_there(client, cast, somebody, other_school, name):
    client.force_login(cast.colleague)
    for code in (somebody.unit.code, other_school.code):
        address = reverse(name, args=[code, somebody.pk])
        sent = {"day": "2017-9-1", "started_on": "2017-9-1"}
        assert client.get(address).status_code == 404
        assert client.post(address, sent).status_code == 404
        assert client.post(address, sent, headers=LIVE).status_code == 404


def test_keys_of_another_unit_are_no_choice(clerk, cast, somebody, other_school):
    stranger = factories.member(other_school, party="民盟")
    post = factories.appointment(stranger)
    branch = factories.organisation(other_school, party=factories.party())
    asked = {
        ("person-leave", somebody): {"day": "2017-9-1", "posts": post.pk},
        ("person-post", somebody): {
            **{"kind": "social", "level": "unit", "body": "区青联", "post": "委员"},
            **{"started_on": "2017-9-1", "ending": post.pk, "predecessor": post.pk},
        },
        ("person-join", somebody): {"party": "05", "organisation": branch.pk},
        ("change-organisation", Membership.objects.get(member=somebody)): {
            **{"day": "2017-9-1", "organisation": branch.pk},
        },
    }
    for (name, row), entered in asked.items():
        assert faults(clerk.post(page(name, row), entered)) != [], name
    post.refresh_from_db()
    assert (post.ended_on, post.version) == (None, 1)


def test_pages_of_deeds_cost_few_queries(clerk, somebody, django_assert_max_num_queries):
    for name in ("person-leave", "person-retire", "person-return", "person-post", "person-join"):
        with django_assert_max_num_queries(12):
            clerk.get(page(name, somebody))


def test_keeper_of_two_units_keeps_them_apart(clerk, cast, somebody, other_school):
    """Both are in the scope of the request: the page's own unit decides."""
    factories.role_grant(cast.clerk, other_school, "clerk")
    clerk.force_login(cast.clerk)
    post = factories.appointment(factories.member(other_school, party="民盟"))
    entered = {
        **{"kind": "social", "level": "unit", "body": "区青联", "post": "委员"},
        **{"started_on": "2017-9-1", "predecessor": post.pk},
    }
    clerk.post(page("person-post", somebody), {"_token": new_token(), **entered})
    with scope_of_unit(other_school):
        assert Appointment.objects.get(pk=post.pk).ended_on is None
    strange = reverse("person-leave", args=[other_school.code, somebody.pk])
    assert clerk.get(strange).status_code == 404
    assert clerk.post(strange, {"day": "2017-9-1"}).status_code == 404
    assert Employment.objects.get(member=somebody).ended_on is None
