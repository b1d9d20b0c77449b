"""Keys of names: surnames are read as surnames."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.pinyin import initials_of, sort_key_of, syllables


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("徐文清", "xu wen qing"),
        # Readings that a general dictionary gets wrong.
        ("曾晓明", "zeng xiao ming"),
        ("单立堃", "shan li kun"),
        ("解文静", "xie wen jing"),
        ("仇一鸣", "qiu yi ming"),
        ("区静仪", "ou jing yi"),
        ("任之恒", "ren zhi heng"),
        ("翟素云", "zhai su yun"),
        ("盖书航", "ge shu hang"),
        ("乐以宁", "yue yi ning"),
        ("查良镛", "zha liang yong"),
        # Two-character surnames.
        ("尉迟恭", "yu chi gong"),
        ("单于丹", "chan yu dan"),
        ("长孙无忌", "zhang sun wu ji"),
        ("欧阳若谷", "ou yang ruo gu"),
        # Within the name the same characters have their usual readings.
        ("王单", "wang dan"),
        ("李乐", "li le"),
    ],
)
def test_sort_key_of_surnames(name, key):
    assert sort_key_of(name) == key


def test_sort_key_of_a_compound_surname_alone():
    # 单于 without a given name is somebody called 于 of the family 单.
    assert sort_key_of("单于") == "shan yu"


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("徐文清", "xwq"),
        ("单立堃", "slk"),
        ("陈喆", "cz"),
        ("曾晓㐂", "zxx"),
        ("邹𬭎", "zh"),
        ("古丽·买买提", "glmmt"),
        ("Anna", "a"),
    ],
)
def test_initials(name, initials):
    assert initials_of(name) == initials


@given(st.text(alphabet="单曾王李尉迟于长孙买提古丽喆㐂𬭎珺堃", min_size=1, max_size=6))
def test_every_character_gives_one_syllable(name):
    assert len(syllables(name)) == len(name)
    assert len(initials_of(name)) == len(name)
