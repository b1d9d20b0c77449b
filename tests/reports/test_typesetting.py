"""Layout marks: where a line may break and where it must not."""

import pytest

from reports.typesetting import LAYOUT_MARKS, with_break_marks

JOIN, SPACE = "\u2060", "\u200b"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("共19人", f"共19{JOIN}人"),
        ("2017年12月5日", f"2017{JOIN}年12{JOIN}月5{JOIN}日"),
        ("资助3万元", f"资助3{JOIN}万{JOIN}元"),
        ("占18%，", "占18%，"),
        ("25℃", f"25{JOIN}℃"),
        ("阿卜杜拉·买买提", f"阿卜杜拉{JOIN}·买买提"),
    ],
)
def test_marks_keep_numbers_and_names_together(text, marked):
    assert with_break_marks(text) == marked


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("以“三创”为", f"以{SPACE}“三创”{SPACE}为"),
        ("“甲”“乙”", f"“甲”{SPACE}“乙”"),
        ("（“甲”）", "（“甲”）"),
        ("“甲”，乙", "“甲”，乙"),
        ("《“甲”》", "《“甲”》"),
        ("“‘甲’说”", "“‘甲’说”".replace("’说", f"’{SPACE}说")),
    ],
)
def test_marks_let_lines_break_outside_quotation_marks_only(text, marked):
    assert with_break_marks(text) == marked


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("共 19 人", "共19人"),
        ("“中秋国庆” 双节", "“中秋国庆”双节"),
        ("活动20 余次", "活动20余次"),
        ("用 Excel 表", "用 Excel 表"),
        ("page 12 of 30", "page 12 of 30"),
    ],
)
def test_typed_spaces_go_beside_han_and_stay_in_latin(typed, set_):
    assert with_break_marks(typed).translate(LAYOUT_MARKS) == set_


def test_marks_on_an_empty_text():
    assert with_break_marks("") == ""
