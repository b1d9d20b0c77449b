"""What is stored about one person: all of it, and nothing about anybody else."""

import json
import uuid
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from activities.models import Participation, TalkPair
from consultations.models import Suggestion
from members.models import (
    Consent,
    Contact,
    CorrectionRequest,
    LegalHold,
    Member,
    Membership,
    MergedEntry,
)
from members.notice import notice_lines
from members.own_sheet import COVER, own_sheet
from members.person_rows import unit_models
from tests import factories
from units.acting import Act, acting
from units.events import Action, Event
from units.scoping import scope_of_unit

NAME, OTHER = "张三丰", "李四光"
DAY = date(2026, 3, 2)


def everything_about(unit, name, mark):
    """A person with a row of every kind that can refer to one; every text holds ``mark``."""
    row = factories.member(
        unit, name, party="民盟", title="高级教师", staff_number=f"{mark}1", note=f"{mark}备注"
    )
    factories.education(row, school=f"{mark}大学")
    factories.appointment(row, f"{mark}委员")
    factories.honour(unit, f"{mark}荣誉", member=row)
    event = factories.activity(unit, f"{mark}参观", started_on=date(2017, 5, 4))
    factories.participation(event, row)
    factories.suggestion(unit, wording=f"{mark}建议", signature="persons", proposers=[row])
    aid = factories.aid_round(unit, f"{mark}助学")
    factories.gift(aid, donors=[row], counter=row)
    factories.grant(aid, factories.recipient(unit), signed_as="colleague", signed_by=row)
    factories.pledge(row)
    with scope_of_unit(unit):
        Contact(member=row, phone=f"1391234567{len(mark)}").save()
        Consent(
            unit=unit, member=row, kind="roster", notice_version=f"{mark}版", given_on=DAY
        ).save()
        CorrectionRequest(unit=unit, member=row, asked_on=DAY, wording=f"{mark}请更正").save()
        LegalHold(unit=unit, member=row, reason=f"{mark}争议", placed_on=DAY).save()
        MergedEntry(
            unit=unit,
            member=row,
            key=900 + len(mark),
            person=uuid.uuid4(),
            merged_on=DAY,
            reason=f"{mark}重复",
        ).save()
        factories.proposal(unit, f"{mark}提案", proposers=[row])
        TalkPair(leader=factories.person(unit, f"{mark}书记"), friend=row).save()
    return row


MARK, OTHER_MARK = "甲方", "乙方某"


@pytest.fixture
def member(school):
    everything_about(school, OTHER, OTHER_MARK)
    return everything_about(school, NAME, MARK)


@pytest.fixture
def text(member, in_scope):
    """The sheet as one text."""
    return json.dumps(own_sheet(member, day=DAY, full=True).as_json(), ensure_ascii=False)


def test_every_kind_of_row_about_the_person_is_on_the_sheet(member, in_scope):
    """Check 58. A new kind of record that refers to persons comes by itself."""
    kinds = {part.kind for part in own_sheet(member, day=DAY).parts}
    referring = {
        model._meta.label_lower
        for model in unit_models()
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.related_model is Member
    }
    assert kinds == referring - {"members.erasure"} | {"members.member"}


@pytest.mark.parametrize(
    "words",
    [
        NAME,
        "民盟",
        "高级教师",
        *(
            f"{MARK}{rest}"
            for rest in ("1", "备注", "大学", "委员", "荣誉", "建议", "版", "请更正", "争议")
        ),
        "甲方参观 (2017-05-04)",
        "13912345672",
    ],
)
def test_words_of_the_person_are_on_the_sheet(text, words):
    """Check 58."""
    assert words in text


@pytest.mark.parametrize("words", [OTHER, OTHER_MARK, "13912345673"])
def test_words_of_others_are_not(text, words):
    """Check 58: two persons planted, one exported."""
    assert words not in text


def test_others_in_texts_are_covered(member, school, in_scope):
    event = factories.activity(school, f"{NAME}、{OTHER}互访", summary=f"与{OTHER}会面")
    factories.participation(event, member)
    suggestion = member.suggestions.get()
    suggestion.proposers.add(Member.objects.get(name=OTHER))
    shown = json.dumps(own_sheet(member, day=DAY).as_json(), ensure_ascii=False)
    assert f"{NAME}、{COVER}互访" in shown
    assert OTHER not in shown


def test_own_name_within_a_longer_name_of_another(school, in_scope):
    member = factories.member(school, "李四")
    factories.member(school, OTHER)
    event = factories.activity(school, f"李四与{OTHER}对谈")
    factories.participation(event, member)
    shown = json.dumps(own_sheet(member, day=DAY).as_json(), ensure_ascii=False)
    assert f"李四与{COVER}对谈" in shown


def test_earlier_entries_are_on_the_sheet(member, in_scope):
    member.note = "新备注"
    member.save()
    member.educations.first().delete()
    sheet = own_sheet(member, day=DAY)
    earlier = {part.kind: part.earlier for part in sheet.parts}
    values = [value.value for row in earlier["members.member"] for value in row.values]
    assert f"{MARK}备注" in values
    assert len(earlier["members.education"]) == 1
    assert earlier["members.title"] == []


def test_altered_number_is_told_not_guessed(member, in_scope):
    contact = Contact.objects.get(member=member)
    Contact.objects.filter(pk=contact.pk).update(phone_sealed="s:AAAA")
    sheet = own_sheet(member, day=DAY, full=True)
    part = next(p for p in sheet.parts if p.kind == "members.contact")
    assert "13912345672" not in part.rows[0].values[0].value
    assert part.rows[0].values[0].value


def test_sheet_of_somebody_with_nothing_but_a_name(school, in_scope):
    sheet = own_sheet(factories.person(school, "王五四"), day=DAY)
    assert [part.kind for part in sheet.parts] == ["members.member"]
    assert sheet.looked_at == []


def test_who_looked_and_who_changed(member, cast, in_scope):
    with acting(Act(user=cast.clerk)):
        member.note = "改"
        member.save()
    sheet = own_sheet(member, day=DAY)
    newest = sheet.changed[0]
    assert (newest.who, newest.kind) == (str(cast.clerk), str(Member._meta.verbose_name))


# --- page, file and command ---


def test_page_leaves_out_what_the_program_worked_out_and_the_file_does_not(client, cast, member):
    client.force_login(cast.clerk)
    page = client.get(reverse("person-sheet", args=[member.pk])).content.decode()
    file = client.get(reverse("person-sheet-file", args=[member.pk])).content.decode()
    assert (str(member.person) in page, "zhangsanfeng" in page) == (False, False)
    assert (str(member.person) in file, "zhangsanfeng" in file) == (True, True)


def test_look_at_the_page_is_logged_and_on_the_page(client, cast, member, in_scope):
    """Check 58, 66."""
    client.force_login(cast.clerk)
    before = Event.objects.count()
    shown = client.get(reverse("person-sheet", args=[member.pk])).content.decode()
    event = Event.objects.order_by("-number").first()
    assert (Event.objects.count() - before, event.action) == (1, Action.VIEW)
    assert (event.model, event.object_id) == ("members.member", str(member.pk))
    assert str(cast.clerk) in shown
    assert f"{MARK}备注" in shown
    assert OTHER_MARK not in shown


def test_file_is_logged_as_export_and_named_by_key(client, cast, member, in_scope):
    """Checks 62, 64 and 66."""
    client.force_login(cast.clerk)
    answer = client.get(reverse("person-sheet-file", args=[member.pk]))
    content = json.loads(answer.content)
    assert (content["name"], content["unit"]) == (NAME, member.unit.name)
    assert answer["Content-Disposition"] == f'attachment; filename="person-{member.pk}.json"'
    assert answer["Cache-Control"] == "no-store, private"
    assert Event.objects.order_by("-number").first().action == Action.EXPORT


@pytest.mark.parametrize("name", ["person-sheet", "person-sheet-file"])
def test_pages_by_cast(client, cast, member, name):
    expected = {
        "clerk": 200,
        "secretary": 200,
        "auditor": 403,
        "administrator": 403,
        "viewer": 403,
        "colleague": 404,
    }
    codes = {}
    for part, user in cast:
        client.logout()
        client.force_login(user)
        codes[part] = client.get(reverse(name, args=[member.pk])).status_code
    assert codes == expected


def test_clerk_here_who_only_reads_there_gets_no_sheet_there(client, cast, member):
    """The right counts in the unit of the person, not somewhere."""
    factories.role_grant(cast.colleague, member.unit, "viewer")
    client.force_login(cast.colleague)
    assert client.get(reverse("person-sheet", args=[member.pk])).status_code == 404
    assert NAME not in client.get(reverse("people")).content.decode()


@pytest.mark.parametrize("name", ["field-register", "person-notice"])
def test_register_and_notice_by_cast(client, cast, school, name):
    address = reverse(name, args=[school.code] if name == "person-notice" else [])
    codes = {}
    for part, user in cast:
        client.logout()
        client.force_login(user)
        codes[part] = client.get(address).status_code
    elsewhere = 404 if name == "person-notice" else 200
    assert codes == {
        "clerk": 200,
        "secretary": 200,
        "auditor": 403,
        "administrator": 403,
        "viewer": 403,
        "colleague": elsewhere,
    }


def test_notice_has_the_blanks_filled(client, cast, school):
    """PIPL 17: who, why, which kinds, how long, which rights."""
    client.force_login(cast.clerk)
    shown = client.get(reverse("person-notice", args=[school.code])).content.decode()
    for words in (school.name, "离开本单位之日起1年", "永久", "撤回同意", "184", "第十七条"):
        assert words in shown
    told = {line.kind.lower() for line in notice_lines()}
    asked = {Member, Contact, Membership, Participation, Suggestion}
    assert {str(model._meta.verbose_name) for model in asked} <= told


def test_command_writes_the_same_file(member, tmp_path):
    """Check 58: one command."""
    path = tmp_path / "file.json"
    call_command("person_file", unit=member.unit.code, person=member.pk, output=path)
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["name"] == NAME
    assert OTHER_MARK not in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o777 == 0o600
    assert Event.objects.order_by("-number").first().action == Action.EXPORT


def test_command_for_a_person_of_another_unit_is_refused(member, other_school, tmp_path):
    with pytest.raises(CommandError):
        call_command("person_file", unit=other_school.code, person=member.pk, output=tmp_path / "x")
    assert not (tmp_path / "x").exists()
