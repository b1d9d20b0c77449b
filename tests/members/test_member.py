"""A person's name, keys and staff number; who is employed on a day."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from members.models import Employment, Member
from tests import factories

DAY = date(2017, 6, 15)


# Probe 19: rare characters and dots, two to six characters.
@pytest.mark.parametrize(
    "name",
    [
        "陈喆",
        "李㐂",
        "邹𬭎",
        "欧阳若谷",
        "古丽·买买提",
        "阿卜杜拉·买买提",
        "Anna Schmidt",
        "王堃珺",
    ],
)
def test_probe_19_names_are_stored_whole(in_scope, name):
    factories.person(in_scope, name)
    assert Member.objects.get().name == name


@pytest.mark.parametrize("name", ["", "王2", "王_明", "王（退休）", "·王", "王·", "王、李", "１王"])
def test_name_with_anything_but_letters_is_refused(in_scope, name):
    with pytest.raises(ValidationError) as refused:
        Member(unit=in_scope, name=name).full_clean()
    assert list(refused.value.message_dict) == ["name"]


def test_longest_name_is_stored_on_every_database(in_scope):
    # 40 characters of the longest syllable, zhuàng, are 359 letters, tones, characters and spaces.
    person = factories.person(in_scope, "撞" * 40)
    assert Member.objects.get(initials="z" * 40) == person


def test_keys_follow_a_new_name(in_scope):
    person = factories.person(in_scope, "徐文清")
    assert (person.sort_key, person.initials) == ("xu2徐 wen2文 qing1清", "xwq")
    person.name = "刘友霞"
    person.save()
    person.refresh_from_db()
    assert (person.sort_key, person.initials) == ("liu2刘 you3友 xia2霞", "lyx")
    assert person.find_key == "liuyouxia lyx"


def test_people_are_listed_by_pinyin_on_every_database(in_scope):
    # "fan zeng" is before "fang an", as in a dictionary: syllable by syllable, then by tone.
    for name in ("方安", "王安", "单立", "汪平", "范增", "安宁"):
        factories.person(in_scope, name)
    names = [person.name for person in Member.objects.all()]
    assert names == ["安宁", "范增", "方安", "单立", "汪平", "王安"]


@pytest.mark.parametrize(
    "words",
    [
        *("徐文清", "文清", "徐", "xwq", "XWQ", "xuwenqing", "xu wen", "Xu Wenqing", "wen qing"),
        *(" xwq ", "ｘｗｑ", "0912", "xu"),
    ],
)
def test_found_by_name_pinyin_initials_or_number(in_scope, words):
    person = factories.person(in_scope, "徐文清", staff_number="0912")
    factories.person(in_scope, "陈喆", staff_number="109122")
    assert list(Member.objects.found_by(words)) == [person]


@pytest.mark.parametrize("words", ["qwx", "徐清", "091", "%", "_", "x'; --"])
def test_found_by_other_words_is_nobody(in_scope, words):
    factories.person(in_scope, "徐文清", staff_number="0912")
    assert not Member.objects.found_by(words).exists()


@pytest.mark.parametrize("words", ["", "  ", "'"])
def test_found_by_no_words_is_everybody(in_scope, words):
    person = factories.person(in_scope, "徐文清")
    assert list(Member.objects.found_by(words)) == [person]


def test_staff_number_twice_is_refused_within_a_unit_only(school, other_school):
    factories.person(school, staff_number="0912")
    factories.person(other_school, staff_number="0912")
    with pytest.raises(ValidationError) as refused:
        factories.person(school, staff_number="0912")
    assert list(refused.value.message_dict) == ["staff_number"]


def test_staff_number_may_be_missing_for_many(in_scope):
    factories.person(in_scope)
    factories.person(in_scope)
    assert Member.objects.filter(staff_number="").count() == 2


def test_birth_is_stored_with_its_precision(in_scope):
    person = factories.person(in_scope, born_on=date(1971, 4, 18))
    assert (person.born_on, person.born_precision) == (date(1971, 4, 1), "month")


def test_employed_and_in_service_on_a_day(in_scope):
    teacher = factories.member(in_scope, full_time_teacher=True)
    officer = factories.member(in_scope)
    retired = factories.member(in_scope, status=Employment.Status.RETIRED)
    veteran = factories.member(in_scope, status=Employment.Status.RETIRED_VETERAN)
    factories.person(in_scope)
    people = Member.objects.order_by("pk")
    assert list(people.employed_on(DAY)) == [teacher, officer, retired, veteran]
    assert list(people.in_service_on(DAY)) == [teacher, officer]
    assert list(people.in_service_on(DAY, full_time_teacher=True)) == [teacher]


def test_employed_on_the_days_around_coming_and_going(in_scope):
    factories.employment(factories.person(in_scope), started_on=DAY, ended_on=date(2017, 6, 17))
    found = [Member.objects.employed_on(date(2017, 6, day)).count() for day in (14, 15, 16, 17)]
    assert found == [0, 1, 1, 0]
