"""Figures read for a year: value, words, evidence, gaps and contradictions."""

from datetime import date

import pytest
from django.utils import translation

from members.models import Membership
from reports.readings import Figures
from tests import factories


@pytest.fixture
def figures(in_scope):
    """Reads the figures of 2017 anew, as each page does."""
    return lambda: Figures(in_scope.reporting_year(2017))


def test_phrase_in_the_usual_and_in_another_wording(in_scope, figures):
    for _ in range(2):
        factories.member(in_scope, party="民盟")
    reading = figures()["members_total"]
    assert [reading.phrase(), reading.phrase("cn"), reading.phrase("bare")] == [
        "2人",
        "两人",
        "2",
    ]


def test_phrase_in_an_unknown_wording(figures):
    with pytest.raises(KeyError):
        figures()["members_total"].phrase("words")


def test_figures_are_read_by_key(figures):
    read = figures()
    assert (len(read), list(read)[0]) == (len(list(read)), "unit_name")
    with pytest.raises(KeyError):
        read["total_members"]


def test_reading_asks_for_its_value_once(in_scope, figures, django_assert_num_queries):
    factories.member(in_scope, party="民盟")
    reading = figures()["members_total"]
    with django_assert_num_queries(1):
        assert [reading.phrase(), reading.phrase("cn"), reading.value] == ["1人", "一人", 1]


def test_evidence_is_what_was_counted(in_scope, figures):
    member = factories.member(in_scope, party="民盟")
    assert list(figures()["members_total"].evidence) == [member]


# --- gaps ---


def test_gap_without_a_head_count(in_scope, figures):
    factories.member(in_scope, party="民盟")
    reading = figures()["members_share_of_staff"]
    assert (reading.is_gap, reading.value, reading.evidence) == (True, None, None)
    assert reading.says_something
    assert reading.phrase() == reading.phrase("digits") == reading.gap_notice


def test_gap_names_what_to_enter_and_where(figures):
    notices = {
        key: figures()[key].phrase()
        for key in ("members_share_of_staff", "members_share_of_teachers")
    }
    # The two say different things, in brackets, and name the form.
    form = str(translation.gettext("unit's year"))
    assert len(set(notices.values())) == 2
    assert all(form in notice for notice in notices.values())
    assert not any(digit in notice for notice in notices.values() for digit in "0123456789")


def test_gap_is_in_the_documents_language_whoever_reads(figures):
    with translation.override("zh-hans"):
        chinese = figures()["motto"].phrase()
    with translation.override("en"):
        assert figures()["motto"].phrase() == chinese


def test_gap_closes_when_the_head_count_is_entered(in_scope, figures):
    factories.member(in_scope, party="民盟")
    factories.unit_year(in_scope, staff_total=5, full_time_teachers=None)
    assert figures()["members_share_of_staff"].phrase() == "20%"
    assert figures()["members_share_of_teachers"].is_gap


# --- contradictions ---


def test_contradiction_where_the_part_is_larger_than_the_base(in_scope, figures):
    for _ in range(3):
        factories.member(in_scope, party="民盟")
    factories.unit_year(in_scope, staff_total=2, full_time_teachers=1)
    reading = figures()["members_share_of_staff"]
    assert (reading.is_gap, reading.contradicts) == (True, True)
    assert ("3" in reading.phrase(), "2" in reading.phrase()) == (True, True)
    assert reading.evidence.count() == 3


def test_no_contradiction_where_all_are_members(in_scope, figures):
    factories.member(in_scope, party="民盟")
    factories.unit_year(in_scope, staff_total=1, full_time_teachers=1)
    reading = figures()["members_share_of_staff"]
    assert (reading.is_gap, reading.phrase()) == (False, "100%")


# --- what has nothing to say ---


def test_says_something(in_scope, figures):
    empty = figures()
    keys = ("members_total", "parties_present", "aid_total", "symposia_occasions")
    assert [empty[key].says_something for key in keys] == [False] * 4
    member = factories.member(in_scope, party="民盟")
    aid = factories.aid_round(in_scope)
    factories.grant(aid, factories.recipient(in_scope))
    factories.consultation(in_scope, started_on=date(2017, 6, 22))
    filled = figures()
    assert [filled[key].says_something for key in keys] == [True] * 4
    assert not filled["senior_title_members"].says_something
    factories.title_of(member)
    assert figures()["senior_title_members"].says_something


def test_phrases_of_empty_figures_never_trail_off(in_scope, figures):
    read = figures()
    phrases = {key: read[key].phrase() for key in read}
    assert [key for key, phrase in phrases.items() if not phrase.strip()] == []
    assert (phrases["members_total"], phrases["parties_present"]) == ("0人", "无")
    assert (phrases["aid_total"], phrases["symposia_occasions"]) == ("0元", "无")


def test_last_member_gone_changes_the_words(in_scope, figures):
    factories.member(in_scope, party="民盟")
    assert figures()["parties_present"].phrase() == "民盟"
    Membership.objects.all().delete()
    assert figures()["parties_present"].phrase() == "无"
