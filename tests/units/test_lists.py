"""What all lists have in common, shown at the roster: files, orders, pages, words, columns."""

from datetime import date
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, example, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from members.roster_columns import COLUMNS
from tests import factories
from tests.listed import in_csv, in_xlsx, shown, shown_on_all_pages
from units.events import Action
from units.models import Event
from units.questions import Column, Question

# 57 people, 50 of them on the first page; past the last page is the last one.
_PAGES = {"1": 50, "2": 7, "99": 7, "0": 7, "x": 50}
HTMX = {"HX-Request": "true"}
NASTY = ("=1+2", "@SUM(A1)", "-3", "0912", "310104197001010000", "1e5", "a\tb", '"甲", 乙')
PARTIES = ("民革", "民盟", "民进", "农工")


@pytest.fixture
def roster(client, cast, school, settings):
    """The address of the roster, asked by the clerk, who may make many files."""
    settings.EXPORTS_PER_HOUR = 10_000
    client.force_login(cast.clerk)
    return reverse("roster", args=[school.code])


@pytest.fixture
def crowd(school):
    """More people than one page shows, with texts that a spreadsheet would run or shorten."""
    departments = [factories.department(school, name) for name in ("数学", "=cmd|'/C calc'!A0")]
    for number in range(57):
        person = factories.member(
            school,
            party=PARTIES[number % 4] if number % 5 else None,
            department=departments[number % 2] if number % 3 else None,
            sex=("male", "female", "")[number % 3],
            full_time_teacher=number % 2 == 0,
            staff_number=NASTY[number] if number < len(NASTY) else "",
            born_on=date(1955 + number % 40, 1 + number % 12, 1) if number % 7 else None,
            checked_on=date(2017, 3, number % 28 + 1) if number % 4 == 0 else None,
            title="高级教师" if number % 6 else None,
            joined_on=date(2000 + number % 17, 5, 1) if number % 8 else None,
        )
        if number % 9 == 0:
            factories.appointment(person, f"委员{number}", body="=区委")


def _with_name(keys: list[str]) -> list[str]:
    return ["name", *keys]


ASKED = st.fixed_dictionaries(
    {},
    optional={
        "day": st.sampled_from(["2017-12-31", "2009年9月1日", "2004-04-30", "not a day"]),
        "who": st.sampled_from(["", "here", "gone", "all"]),
        "party": st.lists(st.sampled_from(["04", "05", "07", "11"]), max_size=2),
        "status": st.sampled_from(["", "in_service", "any_retired", "nonsense"]),
        "sex": st.sampled_from(["", "male", "female"]),
        "age": st.sampled_from(["", "31-40", "≥51", "?"]),
        "teacher": st.sampled_from(["", "yes", "no"]),
        "post": st.sampled_from(["", "party", "school"]),
        "title_level": st.lists(st.sampled_from(["senior", "associate_senior"]), max_size=1),
        # With the name, so that no row of the file is empty: one at its end would not be there.
        "columns": st.lists(st.sampled_from([c.key for c in COLUMNS]), max_size=6).map(_with_name),
        "order": st.sampled_from(
            ["", "nonsense", *(f"{sign}{c.key}" for c in COLUMNS if c.order for sign in ("", "-"))]
        ),
        "words": st.sampled_from(["", "zhao", "安", "z", "0912", "没有此人"]),
    },
)


@trials(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(asked=ASKED)
@example(asked={"columns": [column.key for column in COLUMNS]})
def test_probe_12_files_hold_exactly_what_the_list_shows(client, roster, crowd, asked):
    """Rows, columns and their order, over all pages, whatever was asked."""
    on_the_page = shown_on_all_pages(client, roster, **asked)
    files = [client.post(roster, {**asked, "file": kind}) for kind in ("csv", "xlsx")]
    event = Event.objects.latest("number")
    rows = max(len(on_the_page) - 1, 0)
    assert (event.action, event.detail.content["rows"]) == (Action.EXPORT, rows)
    held = [in_csv(files[0]), in_xlsx(files[1])]
    if on_the_page:
        assert held == [on_the_page, on_the_page]
    else:
        assert [len(table) for table in held] == [1, 1]


def test_filters_do_narrow_the_list_of_the_test_above(client, roster, crowd):
    # 57 people; every fifth of 0…56 has no party: 12.
    assert len(shown_on_all_pages(client, roster)) == 1 + 45
    assert len(shown_on_all_pages(client, roster, who="all")) == 1 + 57


def test_cells_that_look_like_formulas_are_texts_in_both_files(client, roster, crowd):
    asked = {"columns": ["name", "department", "staff_number"], "who": "all"}
    held = in_csv(client.post(roster, {**asked, "file": "csv"}))
    numbers = {row[-1] for row in held}
    assert numbers >= {text.strip() for text in NASTY}
    raw = client.post(roster, {**asked, "file": "csv"}).content.decode("utf-8-sig")
    assert "'=cmd" in raw
    assert ",=cmd" not in raw


@pytest.mark.parametrize("key", [column.key for column in COLUMNS if column.order])
def test_every_order_turns_round_and_leaves_the_empty_last(client, roster, crowd, key):
    asked = {"columns": ["name", key], "who": "all"}
    rising, falling = (
        [row[-1] for row in shown_on_all_pages(client, roster, **asked, order=f"{sign}{key}")[1:]]
        for sign in ("", "-")
    )
    filled = [value for value in rising if value]
    assert rising[: len(filled)] == filled
    assert [value for value in falling if value][:1] == filled[-1:]
    assert falling[len(filled) :] == [""] * (len(falling) - len(filled))


def test_number_of_queries_is_the_same_with_1_3_and_300_rows(
    client, cast, roster, school, time_machine
):
    """Check 90: at most 12, those that find out who asks included."""
    # Once a minute the session notes when it was used last: not while this counts.
    time_machine.move_to("2017-06-19 12:00:00+08:00", tick=False)
    client.force_login(cast.clerk)
    asked = ({}, {"columns": [column.key for column in COLUMNS]})
    department = factories.department(school)
    numbers = []
    client.get(roster)  # the first look of a sign-in is noted in the log
    for more in (1, 2, 297):
        for _number in range(more):
            factories.appointment(factories.member(school, party="民盟", department=department))
        for each in asked:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(roster, each).status_code == 200
            numbers.append(len(queries))
    assert numbers == [10, 10] * 3


def test_answer_to_a_filter_is_the_rows_their_number_and_the_views(client, roster, crowd):
    answer = client.post(roster, {"party": ["05"], "words": ""}, headers=HTMX)
    text = answer.content.decode()
    assert "<html" not in text
    assert len(shown(answer)) > 1
    assert answer["HX-Push-Url"] == f"{roster}?party=05"
    assert 'id="list-count" hx-swap-oob="innerHTML"' in text
    # The form that keeps the view keeps what is asked now.
    assert 'name="query" value="party=05"' in text


def test_words_stand_in_no_address(client, roster, school):
    """Check 63."""
    factories.member(school, "徐文清", party="民盟")
    factories.member(school, "陈喆", party="民盟")
    for headers in ({}, HTMX):
        answer = client.post(roster, {"words": "徐文清", "sex": ""}, headers=headers)
        assert [row[0] for row in shown(answer)[1:]] == ["徐文清"]
        assert answer.get("HX-Push-Url", roster) == roster
        links = answer.content.decode().replace('value="徐文清"', "")
        assert "words=" not in links
    # An address with words, from wherever it came, asks for nobody.
    assert len(shown(client.get(roster, {"words": "徐文清"}))) == 1 + 2


def test_without_script_a_filter_leads_to_its_address(client, roster, crowd):
    answer = client.post(roster, {"party": ["05", "07"], "sex": "", "words": " ", "order": "-sex"})
    assert answer.status_code == 302
    assert answer["Location"] == f"{roster}?party=05&party=07&order=-sex"
    assert client.post(roster, {"party": "", "words": ""})["Location"] == roster


def test_usual_columns_and_unknown_orders_are_left_out_of_the_address(client, roster, crowd):
    usual = [column.key for column in COLUMNS if column.shown]
    answer = client.post(roster, {"columns": usual, "order": "nonsense"})
    assert answer["Location"] == roster
    answer = client.post(roster, {"columns": ["name", "born"]})
    assert answer["Location"] == f"{roster}?columns=name&columns=born"
    assert shown(client.get(answer["Location"]))[0] == ["姓名", "出生年月"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"day": "2017-13-01"}, "日期：没有这一天：2017-13-01。"),
        ({"age": "old"}, "年龄：“old”不是年龄段。请写成 41-50、≤30、≥51 或一个年龄。"),
    ],
)
def test_filter_that_cannot_be_read_shows_no_rows_and_says_why(client, roster, crowd, asked, said):
    answer = client.get(roster, asked)
    text = answer.content.decode()
    assert said in text
    assert shown(answer) == []
    assert in_csv(client.post(roster, {**asked, "file": "csv"}))[1:] == []


def test_any_page_asked_for_is_one_that_exists(client, roster, crowd):
    pages = {number: shown(client.get(roster, {"page": number, "who": "all"})) for number in _PAGES}
    assert {number: len(rows) - 1 for number, rows in pages.items()} == _PAGES


def test_file_is_named_by_unit_list_and_day(client, roster, crowd):
    answer = client.post(roster, {"day": "2017-12-31", "file": "xlsx"})
    assert unquote(answer["Content-Disposition"]) == (
        "attachment; filename*=utf-8''学院名册 2017-12-31.xlsx"
    )


def test_file_is_in_the_log_with_what_was_asked(client, roster, crowd):
    """Check 64; the words are left out, as they may be a name."""
    client.post(roster, {"party": ["05"], "words": "安", "file": "csv"})
    said = Event.objects.latest("number").detail.content
    assert said == {
        "file": "roster",
        "format": "csv",
        "asked": "party=05",
        "rows": said["rows"],
    }


@pytest.mark.parametrize("method", ["put", "delete", "trace", "patch"])
def test_other_ways_to_ask_are_refused(client, roster, method):
    assert getattr(client, method)(roster).status_code == 405


def test_empty_list_says_so_and_a_narrowed_one_otherwise(client, roster):
    assert "这一天的记录中没有民主党派成员。" in client.get(roster).content.decode()
    narrowed = client.get(roster, {"party": "05"}).content.decode()
    assert "没有符合条件的记录。请减少筛选条件，或显示全部。" in narrowed


def test_column_that_falls_by_itself_turns_round(rf):
    column = Column("n", "n", str, order=("-number", "name"))
    orders = [
        Question(rf.get("/", {"order": asked}), [column])
        .in_order(Event.objects.all())
        .query.order_by
        for asked in ("n", "-n")
    ]
    falls = [[each.descending for each in order[:2]] for order in orders]
    assert falls == [[True, False], [False, True]]
