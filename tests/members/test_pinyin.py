"""Keys of names: surnames are read as surnames."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.pinyin import find_key_of, initials_of, sort_key_of, syllables


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("徐文清", "xu wen qing"),
        # Readings that a general dictionary gets wrong.
        ("曾晓明", "zeng xiao ming"),
        ("单立堃", "shan li kun"),
        ("解文静", "xie wen jing"),
        ("仇一鸣", "qiu yi ming"),
        ("区静仪", "ou jing yi"),
        ("朴志成", "piao zhi cheng"),
        ("华之恒", "hua zhi heng"),
        ("任之恒", "ren zhi heng"),
        ("翟素云", "zhai su yun"),
        ("盖书航", "ge shu hang"),
        ("缪文远", "miao wen yuan"),
        ("乐以宁", "yue yi ning"),
        ("查良镛", "zha liang yong"),
        ("卜佳文", "bu jia wen"),
        ("阚立平", "kan li ping"),
        ("尉健行", "wei jian xing"),
        # Two-character surnames.
        ("尉迟恭", "yu chi gong"),
        ("单于丹", "chan yu dan"),
        ("长孙无忌", "zhang sun wu ji"),
        ("乐正克", "yue zheng ke"),
        ("欧阳若谷", "ou yang ruo gu"),
        # 单于 without a given name is somebody called 于 of the family 单.
        ("单于", "shan yu"),
        # Within the name the same characters have their usual readings.
        ("王单", "wang dan"),
        ("李乐", "li le"),
    ],
)
def test_surnames_are_read_as_surnames(name, read):
    assert " ".join(syllables(name)) == read


def test_sort_key_orders_by_syllable_tone_and_character():
    # Tones: 汪 wāng, 王 wáng; one character's names stay together. 区 is ōu, 单 shàn.
    names = ["单立", "汪平", "区静", "王安", "汪安", "王强", "范增", "方安", "李明", "黎安", "沈平"]
    assert sorted(names, key=sort_key_of) == [
        *("范增", "方安", "黎安", "李明", "区静", "单立", "沈平"),
        *("汪安", "汪平", "王安", "王强"),
    ]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("徐文清", "xuwenqing xwq"),
        ("曾晓明", "zengxiaoming zxm cxm cengxiaoming"),
        ("王乐", "wangle wl wy wangyue"),
        ("吕明", "lvming lm"),
        ("阿卜杜拉·买买提", "abodulamaimaiti abdlmmt 阿卜杜拉买买提"),
        ("Anna Schmidt", "annaschmidt a"),
    ],
)
def test_find_key_has_the_right_reading_first(name, typed):
    assert find_key_of(name) == typed


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
    # Sorted key and characters go together, whatever is read as one.
    assert [part[-1] for part in sort_key_of(name).split()] == list(name)
