"""A sealed report is for good: nothing changes a byte of it, and its files are the sealed ones."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from reports.annual import annual_report
from reports.archival import files_in
from reports.models import Report, Seal
from reports.models.seal import sha256
from reports.sealed import content_of, sealed_file
from tests import factories


@pytest.fixture
def seal(in_scope, cast):
    """One member and one visit, handed in by the clerk, signed by the secretary."""
    factories.unit_year(in_scope)
    factories.member(in_scope, "张三丰", party="民盟")
    factories.activity(in_scope, "参观航海博物馆", kind="visit", place="航海博物馆")
    report = factories.report(in_scope, title="{report_year}年统战工作总结")
    factories.section(report, body="共有党派成员{members_total}，参观{visit_places}。")
    return factories.sealed(report, author=cast.clerk, signer=cast.secretary)


def test_later_edits_change_no_sealed_byte(seal, in_scope):
    """Check 77, probe 17."""
    pdf, register = bytes(seal.pdf), annual_report(in_scope, 2017).render("json")
    with connection.cursor() as cursor:
        # What no door of ours lets in: by hand, in the tables themselves.
        cursor.execute("UPDATE activities_activity SET place = '别处'")
        cursor.execute("UPDATE reports_section SET body = '别的'")
    annual = annual_report(in_scope, 2017)
    assert annual.figures["visit_places"].value == ("别处",)
    assert (annual.render("pdf"), annual.render("json")) == (pdf, register)
    assert "航海博物馆" in annual.render("html").decode()
    assert annual.render("docx").startswith(b"PK")


def test_same_seal_same_bytes(seal):
    """Check 77: printing the sealed content again gives the sealed file."""
    stored = Seal.objects.get()
    with translation.override("en"):
        again = sealed_file(content_of(stored), stored.content, stored.digest)
    assert again == bytes(seal.pdf)


def test_sealed_file_carries_what_was_signed(seal):
    """Check 77: the checksum that the paper prints is that of the file inside it."""
    files = files_in(bytes(seal.pdf))
    assert sha256(files["content.json"]) == seal.digest
    assert files["content.json"].decode() == seal.content
    assert "航海博物馆" in files["records.csv"].decode()


def test_sealed_row_is_changed_through_no_door(seal):
    """Checks 19 and 77."""
    seal.content = "{}"
    for deed in (
        seal.save,
        seal.delete,
        Seal.objects.all().delete,
        lambda: Seal.objects.update(content="{}"),
        lambda: Seal.objects.bulk_update([seal], ["content"]),
        lambda: Report.objects.get().seal.delete(),
    ):
        with pytest.raises((PermissionDenied, ValidationError)), transaction.atomic():
            deed()
    with pytest.raises((ValidationError, DatabaseError)), transaction.atomic():
        Report.objects.get().delete()
    assert json.loads(Seal.objects.get().content)["year"] == 2017


STATEMENTS = {
    "update": "UPDATE reports_seal SET content = '{}'",
    "update of the file": "UPDATE reports_seal SET pdf = pdf",
    "delete": "DELETE FROM reports_seal",
}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_database_refuses_to_alter_a_seal(seal, statement):
    """Check 77: also by hand."""
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
