"""No picture with children leaves in a file, unless somebody has said that faces are covered.

The rule stands in ``Evidence.may_leave`` alone (and, for lists, in the queryset's method of that
name); test_evidence_checklist holds the two to each other.
"""

import io
import re
import zipfile
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from activities.models import Evidence
from tests import factories
from tests.activities.uploads import samples
from units.models import Event

PICTURE = samples.picture()
PHOTO = {"name": "合影.jpg", "content_type": "image/jpeg", "thumbnail": b"small", "slot": "photo"}
ROOMS = ("units", "members", "activities", "consultations", "reports", "cases")
READS = re.compile(r"\.(?:file|thumbnail)\.(?:open|read|path|chunks)\b|default_storage\.open")
HANDS_OUT = re.compile(r"hand_out\(|ZipFile\(|write_pdf\(|with_files\(|FileResponse")


@pytest.fixture
def clerk(cast) -> Client:
    browser = Client()
    browser.force_login(cast.clerk)
    return browser


@pytest.fixture
def event(school):
    factories.unit_year(school)
    factories.report(school)
    return factories.activity(school, "参观")


def saved(browser: Client, row: Evidence):
    """The answer to saving the picture."""
    return browser.get(reverse("evidence-file", args=[row.unit.code, row.pk]), {"download": "1"})


# (minors visible, faces covered) → handed out; None: nobody has looked yet
@pytest.mark.parametrize(
    ("visible", "covered", "status"),
    [(None, False, 409), (True, False, 409), (True, True, 200), (False, False, 200)],
)
def test_a_picture_is_saved_only_where_no_child_can_be_recognised(
    clerk, event, visible, covered, status
):
    """Check 56."""
    more = {"minors_visible": visible, "minors_unrecognisable": covered}
    row = factories.evidence(event, PICTURE, **PHOTO, **more)
    answer = saved(clerk, row)
    assert answer.status_code == status
    exported = Event.objects.filter(action="export").count()
    assert exported == (1 if status == 200 else 0)
    if status == 409:
        assert "遮挡" in answer.content.decode()
        assert PICTURE not in answer.content


def test_those_who_keep_the_records_still_look_at_it(clerk, event):
    row = factories.evidence(event, PICTURE, minors_visible=True, **PHOTO)
    answer = clerk.get(reverse("evidence-file", args=[row.unit.code, row.pk]))
    assert b"".join(answer.streaming_content) == PICTURE
    assert answer["Content-Disposition"].startswith("inline")


def files_of(unit, person) -> dict[str, str]:
    """The address of every file that the unit's records leave in, by what it is."""
    lists = {
        f"{name}.{kind}": f"{reverse(name, args=[unit.code])}?file={kind}"
        for name in ("activities", "suggestions", "roster", "proposals")
        for kind in ("xlsx", "csv")
    }
    report = {
        f"report.{kind}": reverse("report-file", args=[unit.code, 2017, kind])
        for kind in ("pdf", "docx", "html", "json")
    }
    return lists | report | {"sheet": reverse("person-sheet-file", args=[person.pk])}


def parts_of(content: bytes) -> list[bytes]:
    """The file, and every file inside it: of a ZIP, an office file, a PDF."""
    found = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as inside:
            found += [inside.read(name) for name in inside.namelist()]
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
            found += [each.read_raw_bytes() for each in streams]
    return found


def test_parts_of_files_are_looked_into():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("照片/合影.jpg", PICTURE)
    assert PICTURE in parts_of(packed.getvalue())
    pdf, drawn = pikepdf.new(), io.BytesIO()
    pdf.attachments["a.jpg"] = pikepdf.AttachedFileSpec(pdf, PICTURE)
    pdf.save(drawn, compress_streams=False)
    assert PICTURE in parts_of(drawn.getvalue())


def test_no_file_that_exists_holds_a_picture_with_children(clerk, event, school):
    """Check 56: neither the picture nor its small copy nor where it is stored."""
    person = factories.member(school, party="民盟")
    row = factories.evidence(event, PICTURE, minors_visible=True, **PHOTO)
    factories.suggestion(school)
    answered = {}
    for name, address in files_of(school, person).items():
        answer = clerk.get(address)
        content = answer.content if not answer.streaming else b"".join(answer.streaming_content)
        answered[name] = answer.status_code, len(content) > 0
        for part in parts_of(content):
            assert PICTURE not in part, name
            assert part != b"small", name
            for path in row.paths:
                assert path.encode() not in part, name
    assert set(answered.values()) == {(200, True)}, answered
    assert len(answered) == 13


def test_what_reads_stored_evidence_into_a_file_asks_whether_it_may_leave():
    """A later export fails here until it asks ``may_leave``."""
    root = Path(settings.BASE_DIR)
    texts = {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for room in ROOMS
        for path in (root / room).rglob("*.py")
    }
    hand_out = {
        name
        for name, text in texts.items()
        if HANDS_OUT.search(text) and (READS.search(text) or "FieldFile" in text)
    }
    assert "activities/evidence_file_views.py" in hand_out
    assert {name for name in hand_out if "may_leave" not in texts[name]} == set()
