"""Lists of names and themes."""

import pytest

from reports.phrases import enumerate_cn, join_and, quoted


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([], ""),
        (["民革"], "民革"),
        (["民革", "民盟"], "民革、民盟"),
        (["民革", "民盟", "民进", "农工"], "民革、民盟、民进、农工"),
        (["“三创”行动规划", "绩效考核分配方案"], "“三创”行动规划、绩效考核分配方案"),
        (["中国梦", " ", "", " 党风 "], "中国梦、党风"),
    ],
)
def test_enumerate_cn_keeps_order_and_leaves_out_blanks(items, words):
    assert enumerate_cn(items) == words


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([], ""),
        (["甲"], "甲"),
        (["甲", "乙"], "甲和乙"),
        (["甲", "乙", "丙"], "甲、乙和丙"),
        (["甲", "", "丙"], "甲和丙"),
    ],
)
def test_join_and_puts_and_before_the_last(items, words):
    assert join_and(items) == words


def test_lists_take_any_iterable():
    assert enumerate_cn(name for name in ("甲", "乙")) == "甲、乙"
    assert join_and(name for name in ("甲", "乙")) == "甲和乙"


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([], ""),
        (["中国梦教育行", "党风廉政建设"], "“中国梦教育行”“党风廉政建设”"),
        (["“三创”行动规划"], "“‘三创’行动规划”"),
        (["“三创”"], "“三创”"),
        (["“共建”与“共享”"], "“‘共建’与‘共享’”"),
        (["", "甲"], "“甲”"),
    ],
)
def test_quoted_nests_quotation_marks(items, words):
    assert quoted(items) == words
