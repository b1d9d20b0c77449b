"""Signing: what is kept for good, what proves it, and that it is all or nothing."""

import hashlib
import json
import threading
from datetime import date

import fitz
import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from reports.annual import annual_report
from reports.document import Document, Heading, Paragraph, Run, Table
from reports.document_json import read_document, written_document
from reports.models import Seal, Step
from reports.models.step import DeedRefused
from reports.rendering import RenderingUnavailableError
from reports.sealing import body_of, canonical, digest_of, sign
from reports.states import State
from tests import factories
from units.acting import Act, acting
from units.events import Event, head
from units.log_check import faults
from units.models import ClosedYear
from units.roles import Role
from units.scoping import scope_of_unit

NOW = factories.SIGNED_AT


@pytest.fixture
def report(in_scope, cast):
    """Handed in by the clerk: one member, one visit."""
    factories.unit_year(in_scope)
    factories.member(in_scope, "张三丰", party="民盟")
    factories.activity(in_scope, "参观航海博物馆", kind="visit", place="航海博物馆")
    row = factories.report(in_scope, title="{report_year}年统战工作总结")
    factories.section(row, body="共有党派成员{members_total}，参观{visit_places}。")
    return factories.handed_in(row, cast.clerk)


def shown(report) -> str:
    return digest_of(body_of(annual_report(report.unit, report.year)))


def signed(report, by) -> Seal:
    with acting(Act(user=by)):
        return sign(report, by=by, moment=NOW, shown=shown(report))


@pytest.fixture
def seal(report, cast):
    return signed(report, cast.secretary)


def content(seal) -> dict:
    return json.loads(seal.content)


def pdf_text(pdf: bytes) -> str:
    with fitz.open(stream=pdf) as document:
        return "".join(page.get_text() for page in document).replace("\n", "")


def stored() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Seal, ClosedYear, Step))


# --- what is kept ---


def test_seal_keeps_content_checksums_and_who_signed_when(seal, report, cast):
    """Check 77."""
    seal = Seal.objects.get()
    assert seal.digest == hashlib.sha256(seal.content.encode()).hexdigest()
    assert seal.pdf_digest == hashlib.sha256(bytes(seal.pdf)).hexdigest()
    assert (seal.signed_by, seal.signed_at, seal.report) == (cast.secretary, NOW, report)
    assert content(seal)["signature"] == {
        "by": str(cast.secretary),
        "account": "secretary",
        "at": "2018-01-05T09:00:00+08:00",
    }
    assert report.state is State.SIGNED
    assert [(step.deed, step.by) for step in report.steps.all()] == [
        ("submit", cast.clerk),
        ("sign", cast.secretary),
    ]


def test_seal_keeps_every_figure_with_meaning_and_evidence(report, cast, in_scope):
    """Check 77: values, wordings, definitions, bases, days and the keys of the records."""
    before = json.loads(annual_report(in_scope, 2017).render("json"))
    register = content(signed(report, cast.secretary))["register"]
    assert register == before
    total = register["figures"]["members_total"]
    assert (total["value"], total["phrase"], total["at"]) == (1, "1人", ["2017-12-31"])
    assert total["definition"]
    assert total["phrases"]["cn"] == "一人"
    assert len(total["evidence"]["ids"]) == 1
    assert register["figures"]["members_share_of_staff"]["base"]


def test_seal_keeps_text_document_records_and_layout(seal, report):
    kept = content(seal)
    assert kept["text"]["sections"] == [
        {
            "level": 1,
            "heading": "存在不足及改进措施",
            "body": "共有党派成员{members_total}，参观{visit_places}。",
        }
    ]
    assert read_document(kept["document"]).blocks[1].runs[1] == Run("1人", figure="members_total")
    assert set(kept["records"]) == {
        *("units.UnitYear", "members.Membership", "members.Employment", "activities.Activity"),
    }
    assert kept["layout"] == seal.layout
    assert seal.layout.startswith("WeasyPrint 70")


def test_seal_keeps_and_prints_the_head_of_the_change_log(report, cast):
    """Check 68: the chain is anchored on paper."""
    digest = shown(report)
    number, before = head()
    seal = sign(report, by=cast.secretary, moment=NOW, shown=digest)
    assert (seal.log_number, seal.log_digest) == (number, before)
    assert content(seal)["log"] == {"number": number, "digest": before}
    text = pdf_text(bytes(seal.pdf))
    assert f"签发前操作日志末条：第{number}号，{before}" in text
    assert f"内容校验值（SHA-256）：{seal.digest}" in text
    assert f"本件由{cast.secretary}于2018年1月5日 09:00签发并封存。" in text


def test_log_says_what_was_signed(seal, cast):
    """Check 66: one event, with both checksums."""
    event = Event.objects.get(action="sign")
    assert (event.actor, event.model, event.object_id) == (
        cast.secretary,
        "reports.report",
        str(seal.report_id),
    )
    assert event.detail.content == {"digest": seal.digest, "pdf": seal.pdf_digest, "year": 2017}
    assert event.number > seal.log_number
    assert list(faults([])) == []


def test_log_and_versions_hold_no_copy_of_the_paper(seal):
    made = Event.objects.get(action="create", model="reports.seal").detail.content
    assert (made["content"], made["pdf"]) == ([None, "•••"], [None, "•••"])
    assert not {"content", "pdf"} & {f.name for f in Seal.history.model._meta.fields}


def test_pdf_names_the_seal_it_belongs_to(seal, tmp_path):
    path = tmp_path / "sealed.pdf"
    path.write_bytes(bytes(seal.pdf))
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo["/Keywords"]) == f"sha256:{seal.digest}"


def test_year_is_closed_for_the_days_it_had(in_scope, cast):
    """Check 76: a year may close in October."""
    factories.unit_year(in_scope, 2016, closes_on=date(2016, 10, 31))
    factories.unit_year(in_scope, 2017, closes_on=date(2017, 10, 31))
    signed(factories.handed_in(factories.report(in_scope), cast.clerk), cast.secretary)
    closed = ClosedYear.objects.get()
    assert (closed.year, closed.first_on, closed.last_on) == (
        2017,
        date(2016, 11, 1),
        date(2017, 10, 31),
    )
    assert (closed.closed_by, closed.closed_at) == (cast.secretary, NOW)


def test_document_comes_back_from_json_as_it_was():
    document = Document(
        name="总结",
        title=(Run("2017", figure="report_year"), Run("年总结")),
        subtitle=(),
        blocks=(
            Heading(1, (Run("一、"), Run("队伍"))),
            Paragraph((Run("〔缺…〕", figure="motto", gap=True),)),
            Table("台账", ("姓名", "党派"), (("甲", "民盟"),), (1.0, 2.5)),
        ),
        signatory="总支",
        signed_on=date(2017, 12, 5),
    )
    assert read_document(json.loads(canonical(written_document(document)))) == document


# --- all or nothing ---


def test_content_that_changed_since_it_was_read_is_not_signed(report, cast, in_scope):
    """Whoever signs signs what they have read."""
    before = shown(report)
    factories.activity(in_scope, "参观城市规划馆", kind="visit", place="城市规划馆")
    with pytest.raises(DeedRefused) as refusal:
        sign(report, by=cast.secretary, moment=NOW, shown=before)
    assert "打开本页之后" in refusal.value.messages[0]
    assert (stored(), report.state) == ((0, 0, 1), State.SUBMITTED)


def test_record_that_moves_no_figure_is_part_of_what_was_read(report, cast, in_scope):
    before = shown(report)
    later = factories.activity(in_scope, started_on=date(2018, 1, 2))
    factories.participation(later, factories.person(in_scope))
    assert shown(report) == before
    factories.aid_round(in_scope)
    assert shown(report) != before


def test_report_that_states_a_gap_is_not_signed(in_scope, cast):
    report = factories.report(in_scope, title="{motto}")
    factories.unit_year(in_scope)
    factories.handed_in(report, cast.clerk)
    with pytest.raises(DeedRefused):
        signed(report, cast.secretary)
    assert stored() == (0, 0, 1)


def test_machine_without_fonts_signs_nothing(report, cast, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with pytest.raises(RenderingUnavailableError):
        signed(report, cast.secretary)
    assert (stored(), report.state) == ((0, 0, 1), State.SUBMITTED)


@pytest.mark.parametrize("part", ["clerk", "viewer", "administrator", "auditor", "colleague"])
def test_nobody_but_a_secretary_of_the_unit_signs(report, cast, part):
    """Check 16."""
    with pytest.raises(ValidationError):
        signed(report, getattr(cast, part))
    assert stored() == (0, 0, 1)


def test_report_is_signed_once(seal, report, cast):
    with pytest.raises(ValidationError):
        signed(report, cast.secretary)
    assert stored() == (1, 1, 2)


def test_seal_made_by_hand_is_refused(report, cast, in_scope):
    """Check 19: through the ORM too, a seal fits its content and follows on being handed in."""
    fields = {
        "unit": in_scope,
        "report": report,
        "closed_year": factories.closed_year(in_scope, cast.secretary),
        "content": "{}",
        "pdf": b"%PDF",
        "digest": hashlib.sha256(b"{}").hexdigest(),
        "pdf_digest": hashlib.sha256(b"%PDF").hexdigest(),
        "layout": "x",
        "log_number": 1,
        "log_digest": "0" * 64,
        "signed_at": NOW,
    }
    with pytest.raises(ValidationError):
        Seal(**fields | {"digest": "0" * 64}, signed_by=cast.secretary).save()
    with pytest.raises(DeedRefused):
        Seal(**fields, signed_by=cast.clerk).save()
    with pytest.raises(PermissionDenied):
        Seal.objects.bulk_create([Seal(**fields, signed_by=cast.secretary)])
    assert Seal.objects.count() == 0
    Seal(**fields, signed_by=cast.secretary).save()
    assert report.state is State.SIGNED


@pytest.mark.django_db(transaction=True)
def test_of_two_who_sign_at_the_same_instant_one_does(school, cast):
    report = factories.handed_in(factories.report(school), cast.clerk)
    second = factories.user(Role.SECRETARY, unit=school)
    with scope_of_unit(school):
        digest = shown(report)
    results = []

    def try_to(user):
        try:
            with scope_of_unit(school):
                results.append(sign(report, by=user, moment=NOW, shown=digest).digest)
        except ValidationError as refusal:
            results.append(refusal.messages)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_to, args=[who]) for who in (cast.secretary, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(isinstance(result, list) for result in results) == [False, True]
    with scope_of_unit(school):
        assert (stored(), list(faults([]))) == ((1, 1, 2), [])
