"""Pages about proposals outside the unit: entered with their adoptions, found, and handed out."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from consultations import statistics
from consultations.models import Adoption, Proposal
from tests import factories
from units.dates import Period
from units.editing import STAMP_FIELD
from units.scoping import scope_of_unit

LEVEL = Adoption.Level
YEAR = Period(date(2017, 1, 1), date(2017, 12, 31))


def page(name, unit, *args) -> str:
    return reverse(name, args=[unit.code, *args])


@pytest.fixture
def clerk(cast):
    browser = Client()
    browser.force_login(cast.clerk)
    return browser


def hidden_of(answer) -> dict:
    field = answer.context["careful"]
    return {field["name"]: field["value"]}


def rows_of(*adoptions, stored=()) -> dict:
    """What the form sends of its rows; ``stored`` are the keys of those that are there already."""
    sent = {"adoptions-TOTAL_FORMS": len(adoptions), "adoptions-INITIAL_FORMS": len(stored)}
    for place, values in enumerate(adoptions):
        names = ("body", "level", "adopted_on", "instruction")
        sent |= {f"adoptions-{place}-{n}": v for n, v in zip(names, values, strict=False)}
        if place < len(stored):
            sent[f"adoptions-{place}-id"] = stored[place]
    return sent


def entered(clerk, school, *adoptions, **fields):
    """The answer to a proposal sent from the empty form."""
    address = page("new-proposal", school)
    fields = {
        **{"kind": "proposal", "title": "关于学区停车的提案", "submitted_on": "2017-3-1"},
        **hidden_of(clerk.get(address)),
        **rows_of(*adoptions),
        **fields,
    }
    return clerk.post(address, fields)


def test_a_proposal_is_entered_with_all_its_adoptions(clerk, school):
    speaker = factories.member(school, "钱学文", party="民盟")
    answer = entered(
        clerk,
        school,
        ("区政协", LEVEL.DISTRICT, "2017-4-1", "请教育局阅处"),
        ("市政协", LEVEL.PROVINCIAL, "5.20", ""),
        ("", "", "", ""),
        proposers=[speaker.pk],
        channel="民盟区委",
    )
    assert answer.status_code == 302, answer.context["form"].errors
    with scope_of_unit(school):
        row = Proposal.objects.get()
        assert (row.title, row.made_by, row.channel) == ("关于学区停车的提案", "钱学文", "民盟区委")
        found = list(row.adoptions.values_list("body", "level", "adopted_on", "instruction"))
    assert answer["Location"] == page("proposal", school, row.pk)
    assert found == [
        ("区政协", "district", date(2017, 4, 1), "请教育局阅处"),
        # Written without a year, it is the year in which the proposal was handed in.
        ("市政协", "provincial", date(2017, 5, 20), ""),
    ]


def test_submitted_adopted_and_adoptions_are_three_figures(clerk, school):
    entered(
        clerk,
        school,
        ("区政协", LEVEL.DISTRICT, "2017-4-1", ""),
        ("市政协", LEVEL.PROVINCIAL, "2017-5-20", ""),
        ("全国政协", LEVEL.NATIONAL, "2018-2-1", ""),
    )
    entered(clerk, school, title="另一件")
    entered(clerk, school, ("民盟市委", LEVEL.PROVINCIAL, "2017-9-1", ""), title="第三件")
    with scope_of_unit(school):
        figures = [
            statistic(unit=school, period=YEAR).value()
            for statistic in (
                statistics.proposals_submitted,
                statistics.proposals_adopted,
                statistics.adoptions_count,
                statistics.adoptions_above_district,
            )
        ]
    # Three handed in; two of them adopted in 2017; 2 + 1 adoptions, the national one came in 2018;
    # of these three, the city's two lie above the district.
    assert figures == [3, 2, 3, 2]


def test_a_row_is_changed_and_another_removed(clerk, school):
    row = factories.proposal(school, submitted_on=date(2017, 3, 1))
    first = factories.adoption(row, "区政协", level="district", adopted_on=date(2017, 4, 1))
    second = factories.adoption(row, "录错的单位", adopted_on=date(2017, 5, 1))
    address = page("edit-proposal", school, row.pk)
    answer = clerk.post(
        address,
        {
            **hidden_of(clerk.get(address)),
            **{"kind": "opinion", "title": "改名", "submitted_on": "2017-3-2"},
            **rows_of(
                ("区政协", "district", "4.2", "批示"),
                ("录错的单位", "provincial", "2017-5-1", ""),
                stored=[first.pk, second.pk],
            ),
            "adoptions-1-DELETE": "on",
        },
    )
    assert answer.status_code == 302, answer.context["adoptions"].errors
    with scope_of_unit(school):
        row.refresh_from_db()
        assert (row.kind, row.title, row.submitted_on) == ("opinion", "改名", date(2017, 3, 2))
        found = list(row.adoptions.values_list("pk", "adopted_on", "instruction"))
    assert found == [(first.pk, date(2017, 4, 2), "批示")]


@pytest.mark.parametrize("is_stored", [False, True])
def test_nothing_is_adopted_before_it_was_handed_in(clerk, school, is_stored):
    early = ("区政协", LEVEL.DISTRICT, "2017-2-28", "")
    if not is_stored:
        answer = entered(clerk, school, early)
    else:
        row = factories.proposal(school, submitted_on=date(2017, 3, 1))
        address = page("edit-proposal", school, row.pk)
        fields = {"kind": "proposal", "title": "x", "submitted_on": "2017-3-1"}
        answer = clerk.post(address, {**hidden_of(clerk.get(address)), **fields, **rows_of(early)})
    assert answer.status_code == 200
    assert list(answer.context["adoptions"].forms[0].errors) == ["adopted_on"]
    with scope_of_unit(school):
        assert Adoption.objects.count() == 0
        assert Proposal.objects.count() == (1 if is_stored else 0)


def test_the_same_body_twice_is_refused_in_words(clerk, school):
    one = ("区政协", LEVEL.DISTRICT, "2017-4-1", "")
    answer = entered(clerk, school, one, one)
    assert answer.status_code == 200
    assert answer.context["adoptions"].is_valid() is False
    with scope_of_unit(school):
        assert Proposal.objects.count() == 0


def test_an_adoption_added_by_somebody_else_is_not_overwritten(clerk, school):
    row = factories.proposal(school, submitted_on=date(2017, 3, 1))
    address = page("edit-proposal", school, row.pk)
    shown = hidden_of(clerk.get(address))
    assert STAMP_FIELD in shown
    factories.adoption(row, "市政协")
    fields = {"kind": "proposal", "title": "我的题目", "submitted_on": "2017-3-1"}
    answer = clerk.post(address, {**shown, **fields, **rows_of(("市政协", "provincial", "6.1"))})
    assert answer.status_code == 200
    assert "我的题目" in answer.content.decode()
    with scope_of_unit(school):
        assert Proposal.objects.get().title == row.title
        assert Adoption.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, ["丙", "乙", "甲"]),
        ({"adopted": "adopted"}, ["乙", "甲"]),
        ({"adopted": "not_adopted"}, ["丙"]),
        ({"adopted": "district"}, ["甲"]),
        ({"adopted": "provincial"}, ["乙", "甲"]),
        ({"kind": "study"}, ["丙"]),
        ({"year": "2016"}, ["甲"]),
    ],
)
def test_the_list_is_narrowed(clerk, school, asked, titles):
    first = factories.proposal(school, "甲", submitted_on=date(2016, 3, 1))
    factories.adoption(first, "区政协", level="district")
    factories.adoption(first, "市政协")
    factories.adoption(factories.proposal(school, "乙", submitted_on=date(2017, 3, 1)), "民盟市委")
    factories.proposal(school, "丙", submitted_on=date(2017, 4, 1), kind="study")
    rows = clerk.get(page("proposals", school), asked).context["page"].object_list
    assert [row.title for row in rows] == titles


@pytest.mark.parametrize("word", ["停车", "民盟区委", "钱学文", "市政协", "阅处"])
def test_the_list_is_searched(clerk, school, word):
    speaker = factories.member(school, "钱学文", party="民盟")
    found = factories.proposal(school, "停车的提案", channel="民盟区委", proposers=[speaker])
    factories.adoption(found, "市政协", instruction="请阅处")
    factories.proposal(school, "别的", channel="区政协")
    answer = clerk.post(page("proposals", school), {"words": word}, HTTP_HX_REQUEST="true")
    assert list(answer.context["page"].object_list) == [found]


def test_the_file_says_who_adopted_it_at_which_level(clerk, school):
    row = factories.proposal(school, "停车的提案", submitted_on=date(2017, 3, 1))
    factories.adoption(row, "区政协", level="district", adopted_on=date(2017, 4, 1))
    factories.adoption(row, "市政协", adopted_on=date(2017, 5, 1))
    answer = clerk.post(page("proposals", school), {"file": "csv"})
    text = answer.content.decode("utf-8-sig")
    assert "区政协（区（县）级，2017-04-01）；市政协（省（市）级，2017-05-01）" in text


def test_the_list_asks_the_same_for_one_and_for_three(
    clerk, school, django_assert_max_num_queries, django_assert_num_queries
):
    def add():
        speaker = factories.member(school, party="民盟")
        factories.adoption(factories.proposal(school, proposers=[speaker]))

    add()
    clerk.get(page("proposals", school))
    with django_assert_max_num_queries(20) as one:
        clerk.get(page("proposals", school))
    add()
    add()
    with django_assert_num_queries(len(one.captured_queries)):
        clerk.get(page("proposals", school))
