"""The search: what is found by which words, and what by none."""

from datetime import date

import pytest

from activities.models import Activity
from consultations.models import Suggestion
from tests import factories
from tests.units.searching import EVERY_KIND, found, one_of_each
from units.search import find, searchables, words_of


@pytest.fixture
def clerk(client, cast):
    """The clerk's browser."""
    client.force_login(cast.clerk)
    return client


# --- words ---


def test_every_kind_of_record_is_found_by_a_word_from_the_middle(clerk, school):
    one_of_each(school, "绩效")
    assert {
        kind: len(rows) for kind, rows in found(clerk, school, "绩效").items()
    } == dict.fromkeys(EVERY_KIND, 1)
    assert [each.key for each in searchables()] == EVERY_KIND


def test_a_single_character_is_enough(clerk, school):
    factories.suggestion(school, wording="建议增设阅览室", number=3)
    assert found(clerk, school, "览") == {"suggestions": ["2017-3 建议增设阅览室"]}
    assert found(clerk, school, "缆") == {}


@pytest.mark.parametrize("asked", ["2017ab", "２０１７ＡＢ", "2０17Ab", " 2017AB　"])
def test_full_width_and_half_width_are_the_same_on_both_sides(clerk, school, asked):
    factories.activity(school, "学习2017ab号文件")
    factories.activity(school, "传达２０１７ＡＢ号文件")
    assert found(clerk, school, asked) == {
        "activities": ["传达２０１７ＡＢ号文件", "学习2017ab号文件"]
    }


def test_all_words_must_match_in_whichever_text_each_stands(clerk, school):
    theme = factories.theme(school, "五大发展理念")
    factories.activity(school, "中心组学习", themes=[theme], place="三楼会议室")
    factories.activity(school, "中心组扩大学习", place="三楼会议室")
    assert found(clerk, school, "中心组 三楼 理念") == {"activities": ["中心组学习"]}
    assert found(clerk, school, "中心组 四楼") == {}


def test_two_texts_side_by_side_are_not_read_as_one(clerk, school):
    factories.activity(school, "学习党章", place="程家桥")
    assert found(clerk, school, "章程") == {}


@pytest.mark.parametrize("asked", ["%", "_", "\\", "'", '"', "%学", "<学"])
def test_signs_of_the_database_are_mere_characters(clerk, school, asked):
    factories.activity(school, "学习党章")
    assert found(clerk, school, asked) == {}
    factories.activity(school, f"甲{asked}乙")
    assert found(clerk, school, asked) == {"activities": [f"甲{asked}乙"]}


@pytest.mark.parametrize("asked", ["徐文", "xwq", "xuwenq", "XWQ", "ｘｗｑ", "xu wen"])
def test_people_are_found_by_name_pinyin_and_initials(clerk, school, asked):
    factories.person(school, "徐文清")
    factories.person(school, "王明")
    assert found(clerk, school, asked) == {"people": ["徐文清"]}


@pytest.mark.parametrize(
    ("name", "asked"),
    [("曾宪梓", "zengxianzi zxz"), ("单田芳", "shantian stf"), ("解缙", "xiejin xj")],
)
def test_surnames_are_read_as_surnames(clerk, school, name, asked):
    factories.person(school, name)
    for each in asked.split():
        assert found(clerk, school, each) == {"people": [name]}, each


def test_people_are_found_by_what_they_are_too(clerk, school):
    person = factories.person(school, "徐文清")
    factories.appointment(person, "副主委", body="民盟区委")
    factories.title_of(person, "正高级教师")
    factories.honour(school, "区园丁奖", member=person)
    for asked in ("副主委", "正高级", "园丁 副主委", "徐 园丁"):
        assert found(clerk, school, asked) == {"people": ["徐文清"]}, asked
    assert found(clerk, school, "园丁 秘书长") == {}


def test_an_organisation_is_found_under_an_earlier_name(clerk, school):
    branch = factories.organisation(school, "教育学院支部")
    factories.organisation_name(
        branch, "进修学院支部", started_on=date(2000, 1, 1), ended_on=date(2010, 1, 1)
    )
    assert found(clerk, school, "进修") == {"organisations": ["教育学院支部"]}


def test_a_symposium_is_found_once_and_not_among_all_other_activities(clerk, school):
    factories.consultation(school, "迎中秋座谈会")
    factories.activity(school, "迎中秋联欢", kind=Activity.Kind.OTHER)
    assert found(clerk, school, "中秋") == {
        "activities": ["迎中秋联欢"],
        "consultations": ["迎中秋座谈会"],
    }


# --- what must not be found ---


def test_an_unsigned_suggestion_is_never_found_by_a_speaker(clerk, school):
    speaker = factories.person(school, "徐文清")
    unsigned = factories.suggestion(school, wording="改善食堂", proposers=[speaker])
    assert unsigned.signature == Suggestion.Signature.UNSIGNED
    assert found(clerk, school, "徐文清") == {"people": ["徐文清"]}
    assert found(clerk, school, "徐文清 食堂") == {}
    assert list(found(clerk, school, "食堂")) == ["suggestions"]


def test_recipients_and_what_a_talk_is_followed_up_by_are_not_found(clerk, school):
    round_ = factories.aid_round(school, "春季助学")
    recipient = factories.recipient(school, "受助学生77", community="曹杨社区")
    factories.grant(round_, recipient)
    pair = factories.talk_pair(school)
    factories.talk(pair, "岗位发展", follow_up="联系教研组")
    for asked in ("受助学生77", "曹杨", "教研组", "1500"):
        assert found(clerk, school, asked) == {}, asked


def test_telephones_and_notes_about_people_are_not_found(clerk, school):
    factories.person(school, "徐文清", note="待核对", source="人事处名册")
    assert found(clerk, school, "待核对") == found(clerk, school, "人事处") == {}


def test_all_kinds_are_asked_in_one_query(school, in_scope, django_assert_num_queries):
    one_of_each(school, "绩效")
    with django_assert_num_queries(1):
        rows = find(words_of("绩效"), searchables(), first=1, last=5)
    assert [row.kind for row in rows] == EVERY_KIND
