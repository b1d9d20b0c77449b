"""A symposium with 19 members, 3 groups of guests, 8 suggestions and 3 files: how much work it is.

The same symposium is entered on the form and, counted alike, in the plain admin, and the records
are compared. Signing in and the way to the page where one begins are not counted for either.
"""

from datetime import date

import pytest
from playwright.sync_api import expect

from activities.models import Activity, Evidence, GuestGroup, Participation
from consultations.models import AgendaItem, Suggestion
from members.models import Member
from tests.activities.uploads import samples
from tests.browser.hand import Hand
from units.scoping import scope_of_unit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

MOST = 45
TITLE, DAY, PLACE, OCCASION = "迎国庆党派人员座谈会", "2017-09-27", "学院二楼会议室", "国庆前"
GUESTS = (("学院领导", 3), ("部门负责人", 2), ("离退休老同志", 1))
AGENDA = (("通报事项", "新学期工作安排"), ("听取意见事项", "校园文化建设"))
SUGGESTIONS = (
    ("方昇", "教研室增设共享书架。"),
    ("盖书航", "图书馆周末延长开放。"),
    ("民盟支部", "每学期安排一次跨校交流。"),
    ("贺兰亭、陆珺", "完善青年教师的导师制。"),
    ("", "食堂增加清淡菜品。"),
    ("", "停车位按时段分配。"),
    ("", "培训通知提前两周发布。"),
    ("", "评优细则向全体教师说明。"),
)


@pytest.fixture
def page(case_unit, visit):
    visitor = visit()
    visitor.sign_in()
    visitor.page.wait_for_url("**/2017/")
    yield visitor.page
    assert visitor.complaints == []


@pytest.fixture
def files(tmp_path) -> list[str]:
    """The notice, the sheet that was signed, and the minutes."""
    for name, content in (
        ("座谈会通知.pdf", samples.pdf()),
        ("签到表.pdf", samples.pdf()),
        ("会议记录.docx", samples.office("docx")),
    ):
        (tmp_path / name).write_bytes(content)
    return [str(path) for path in sorted(tmp_path.iterdir())]


def stored(unit) -> dict:
    """Everything that there is of the symposium."""
    with scope_of_unit(unit):
        row = Activity.objects.get(title=TITLE)
        people = Participation.objects.filter(activity=row, status="present")
        guests = GuestGroup.objects.filter(activity=row).order_by("position")
        agenda = AgendaItem.objects.filter(consultation=row.pk).order_by("position")
        said = Suggestion.objects.filter(consultation=row.pk).select_related("organisation")
        return {
            "activity": (row.kind, str(row.started_on), row.place, row.occasion, row.head_count),
            "organisers": [each.name for each in row.organisers.all()],
            "people": sorted(people.values_list("member__name", flat=True)),
            "guests": list(guests.values_list("capacity", "number")),
            "agenda": list(agenda.values_list("kind", "subject")),
            "suggestions": sorted((each.wording, each.made_by) for each in said),
            "files": sorted(Evidence.objects.filter(activity=row).values_list("name", "slot")),
        }


def on_the_form(hand: Hand, files: list[str]):
    """From the list of activities to the last file."""
    page = hand.page
    hand.click(page.get_by_role("link", name="录入活动"))
    hand.click(page.locator(".kinds a", has_text="座谈会").first)
    hand.fill("#id_started_on", DAY)
    hand.fill("#id_title", TITLE)
    hand.fill("#id_place", PLACE)
    hand.fill("#id_occasion", OCCASION)
    hand.click("#id_organisers-ts-control")
    hand.type("总支")
    hand.press("Enter")
    hand.click("#all-present")
    for place, (capacity, number) in enumerate(GUESTS):
        hand.fill(f"#id_guests-{place}-capacity", capacity)
        hand.fill(f"#id_guests-{place}-number", str(number))
    hand.fill("#id_head_count", "25")
    for place, (_kind, subject) in enumerate(AGENDA):
        hand.fill(f"#id_agenda-{place}-subject", subject)
    lines = [f"{who}：{wording}" if who else wording for who, wording in SUGGESTIONS]
    hand.fill("#id_suggestions-pasted", "\n".join(lines))
    hand.click("button:has-text('保存')")
    page.wait_for_url("**/activities/*/")
    hand.take_files("#id_files", files)
    for path in files:
        name = path.rsplit("/", 1)[1]
        expect(page.locator(".uploads li", has_text=name)).to_contain_text("已保存")


def in_the_admin(hand: Hand, unit, files: list[str]):
    """From the admin's first page; files have no page there, so they are added as above."""
    page = hand.page
    hand.click(page.locator("tr.model-consultation a.addlink").first)
    hand.choose("#id_kind", "座谈会")
    hand.fill("#id_title", TITLE)
    hand.fill("#id_started_on", DAY)
    hand.fill("#id_occasion", OCCASION)
    hand.fill("#id_place", PLACE)
    _find(hand, ".field-organisers .select2-selection", "总支")
    hand.fill("#id_head_count", "25")
    for place, (kind, subject) in enumerate(AGENDA):
        _row(hand, "agenda_items", place)
        hand.fill(f"#id_agenda_items-{place}-position", str(place + 1))
        hand.choose(f"#id_agenda_items-{place}-kind", kind)
        hand.fill(f"#id_agenda_items-{place}-subject", subject)
    names = _roster(unit)
    for place, name in enumerate(names):
        _row(hand, "participations", place)
        _find(hand, f"#participations-{place} .field-member .select2-selection", name)
    for place, (capacity, number) in enumerate(GUESTS):
        _row(hand, "guest_groups", place)
        hand.fill(f"#id_guest_groups-{place}-position", str(place + 1))
        hand.fill(f"#id_guest_groups-{place}-capacity", capacity)
        hand.fill(f"#id_guest_groups-{place}-number", str(number))
    hand.click("input[name=_save]")
    page.wait_for_load_state()
    for number, (who, wording) in enumerate(SUGGESTIONS, start=101):
        _suggestion_in_the_admin(hand, number, who, wording)
    with scope_of_unit(unit):
        row = Activity.objects.get(title=TITLE)
    page.goto(f"/{unit.code}/activities/{row.pk}/")
    hand.interactions += 1
    hand.take_files("#id_files", files)
    for path in files:
        name = path.rsplit("/", 1)[1]
        expect(page.locator(".uploads li", has_text=name)).to_contain_text("已保存")


def _suggestion_in_the_admin(hand: Hand, number: int, who: str, wording: str):
    page = hand.page
    hand.click(page.locator("tr.model-suggestion a.addlink").first)
    hand.fill("#id_year", "2017")
    hand.fill("#id_number", str(number))
    hand.fill("#id_registered_on", DAY)
    _find(hand, ".field-consultation .select2-selection", TITLE)
    hand.fill("#id_wording", wording)
    if who == "民盟支部":
        hand.choose("#id_signature", "以组织名义")
        _find(hand, ".field-organisation .select2-selection--single", who)
    elif who:
        hand.choose("#id_signature", "个人署名（一人或多人）")
        for name in who.split("、"):
            _find(hand, ".field-proposers .select2-selection--multiple", name)
    hand.click("input[name=_save]")
    page.wait_for_load_state()


def _row(hand: Hand, prefix: str, place: int):
    """A further row, where the page has none left."""
    if not hand.page.locator(f"#id_{prefix}-{place}-id").count():
        hand.click(f"#{prefix}-group .add-row a")


def _find(hand: Hand, what: str, text: str):
    """Open the admin's picker, type, and take the first that is found."""
    hand.click(what)
    hand.type(text)
    options = hand.page.locator(".select2-results__option--highlighted")
    expect(options.first).to_contain_text(text)
    hand.press("Enter")


def _roster(unit) -> list[str]:
    """Who belonged to a party on that day: 19 names."""
    with scope_of_unit(unit):
        people = Member.objects.filter(unit=unit).of_a_party_on(date.fromisoformat(DAY))
        return list(people.values_list("name", flat=True))


def test_a_symposium_takes_at_most_45_interactions(case_unit, page, files):
    ours, plain = Hand(page), Hand(page)
    page.goto(f"/{case_unit.code}/activities/?year=2017")
    on_the_form(ours, files)
    on_form = stored(case_unit)
    with scope_of_unit(case_unit):
        Activity.objects.filter(title=TITLE).update(title="已比较")
    page.goto("/admin/")
    in_the_admin(plain, case_unit, files)
    print(f"\ninteractions: {ours.interactions} on the form, {plain.interactions} in the admin")
    assert on_form == stored(case_unit)
    assert len(on_form["people"]) == 19
    assert (len(on_form["guests"]), len(on_form["suggestions"]), len(on_form["files"])) == (3, 8, 3)
    assert ours.interactions <= MOST
    assert plain.interactions > 3 * ours.interactions
