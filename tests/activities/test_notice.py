"""Pasted notices: what is read of day, place, title and kind, from which words, and what is not."""

from datetime import date

import pytest

from activities.notice import read_notice
from activities.notice_dates import day_of_event, days_in, own_date

WHOLE = """关于召开学期末党派人员座谈会的通知
各民主党派成员：
　　为听取对学院“三创”行动规划的意见，经研究，召开座谈会。现将有关事项通知如下：
　　一、时间：12月8日（周五）下午2:00
　　二、地点：学院二楼会议室
　　三、参加人员：全体民主党派成员
　　　　　　　　中共普陀区教育学院总支委员会
　　　　　　　　２０１７年１２月４日
"""


def read(text: str, year: int = 2026) -> dict[str, tuple[str, str]]:
    """{field: (value, words)} of what was read."""
    return {each.field: (each.value, each.words) for each in read_notice(text, year=year).readings}


def test_a_whole_notice():
    notice = read_notice(WHOLE, year=2026)
    assert read(WHOLE) == {
        "title": ("学期末党派人员座谈会", "关于召开学期末党派人员座谈会的通知"),
        # The year is that of the notice's own date, not the one at hand.
        "started_on": ("2017-12-08", "12月8日（周五）下午2:00"),
        "place": ("学院二楼会议室", "二、地点：学院二楼会议室"),
    }
    assert (notice.kind, notice.kind_words) == ("symposium", "座谈")
    assert [each.doubt for each in notice.readings] == ["", "", ""]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2017年12月8日", date(2017, 12, 8)),
        ("2017.12.8", date(2017, 12, 8)),
        ("2017-12-08", date(2017, 12, 8)),
        ("二〇一七年十二月八日", date(2017, 12, 8)),
        ("二○一七年十一月二十八日", date(2017, 11, 28)),
        ("12月8日下午2:00", date(2017, 12, 8)),
        ("十二月二十日", date(2017, 12, 20)),
        # The notice is of Monday, 4 December 2017.
        ("本周五", date(2017, 12, 8)),
        ("这周日", date(2017, 12, 10)),
        ("下周三", date(2017, 12, 13)),
        ("下个星期一", date(2017, 12, 11)),
        ("明天下午", date(2017, 12, 5)),
        # Before the notice, so it is the next year's.
        ("1月8日", date(2018, 1, 8)),
    ],
)
def test_days_as_notices_write_them(words, day):
    written = days_in(f"定于{words}召开")[0]
    assert day_of_event(written, signed=date(2017, 12, 4), year=2026).day == day


def test_without_a_date_of_its_own_the_year_at_hand_is_understood():
    assert read("时间：6月19日", year=2017)["started_on"][0] == "2017-06-19"


def test_this_friday_needs_the_notices_date():
    (reading,) = read_notice("定于本周五召开", year=2017).readings
    assert (reading.value, reading.words) == ("", "本周五")
    assert reading.doubt != ""


def test_a_weekday_that_does_not_fit_is_in_doubt():
    # 8 December is a Friday in 2017, a Saturday in 2018.
    fits, not_fits = (read_notice("时间：12月8日（周五）", year=year) for year in (2017, 2018))
    assert fits.readings[0].doubt == ""
    assert "2018-12-08" in not_fits.readings[0].doubt


def test_a_day_that_does_not_exist_is_said():
    (reading,) = read_notice("时间：2月30日", year=2017).readings
    assert (reading.value, reading.doubt != "") == ("", True)


def test_several_days():
    found = read("时间：2017年7月8日至10日")
    assert (found["started_on"][0], found["ended_on"][0]) == ("2017-07-08", "2017-07-10")
    found = read("时间：2017年7月28日—8月2日")
    assert (found["started_on"][0], found["ended_on"][0]) == ("2017-07-28", "2017-08-02")


def test_day_and_place_within_a_sentence():
    text = "兹定于2017年12月8日（星期五）下午2:00在学院二楼会议室召开党派人员座谈会，请准时出席。"
    found = read(text)
    assert found["started_on"][0] == "2017-12-08"
    assert found["place"] == ("学院二楼会议室", "在学院二楼会议室召开")


def test_the_notices_own_date_is_not_the_events():
    assert own_date("各位老师：\n  二〇一七年十二月四日 \n").day == date(2017, 12, 4)
    assert "started_on" not in read("关于征集建议的通知\n2017年12月4日")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("迎国庆党派人员座谈会", "symposium"),
        ("双月座谈会", "bimonthly"),
        ("校情通报会", "briefing"),
        ("“好党员”民意测验", "poll"),
        ("十九大精神专题学习", "study"),
        ("参观中共一大会址", "visit"),
        ("帮困助学捐赠仪式", "ceremony"),
        # Two kinds at once, and none: for the person to say.
        ("学习考察活动", ""),
        ("校园开放日", ""),
    ],
)
def test_the_kind_is_read_where_the_title_makes_it_clear(title, kind):
    assert read_notice(f"关于举行{title}的通知", year=2017).kind == kind


@pytest.mark.parametrize("text", ["", "\n\n", "你好", "12.8 3.5", "￥" * 5000, "关于" * 5000])
def test_text_that_is_no_notice_gives_nothing(text):
    assert read_notice(text, year=2017).readings == ()
