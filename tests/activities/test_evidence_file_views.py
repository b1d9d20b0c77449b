"""Files are handed out by the page that asks who wants them, and in no other way."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from activities.models import Evidence
from tests import factories
from tests.activities.uploads import samples
from units.models import Event
from units.roles import Role

PHOTO = {"name": "合影.jpg", "content_type": "image/jpeg", "thumbnail": b"small", "slot": "photo"}
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def event(school):
    return factories.activity(school, "座谈会")


@pytest.fixture
def photo(event) -> Evidence:
    return factories.evidence(event, samples.picture(), minors_visible=False, **PHOTO)


@pytest.fixture
def notice(event) -> Evidence:
    return factories.evidence(event, samples.pdf(), name="通知 “一”.pdf")


@pytest.fixture
def clerk(cast) -> Client:
    return browser_of(cast.clerk)


def browser_of(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def page(row: Evidence, name: str = "evidence-file") -> str:
    return reverse(name, args=[row.unit.code, row.pk])


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_picture_opens_in_the_browser(clerk, photo):
    answer = clerk.get(page(photo))
    assert body(answer) == photo.file.read()
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == "inline; filename*=utf-8''%E5%90%88%E5%BD%B1.jpg"


def test_picture_can_be_saved(clerk, photo):
    answer = clerk.get(page(photo), {"download": "1"})
    assert answer["Content-Disposition"].startswith("attachment; ")


@pytest.mark.parametrize(
    ("name", "content_type"),
    [("通知.pdf", "application/pdf"), ("通知.docx", DOCUMENT), ("通知.txt", "text/plain")],
)
def test_other_files_are_saved_and_not_opened(clerk, event, name, content_type):
    """Check 41."""
    row = factories.evidence(event, name=name, content_type=content_type)
    answer = clerk.get(page(row))
    assert answer["Content-Type"] == content_type
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")


@pytest.mark.parametrize("name", ["evidence-file", "evidence-thumbnail"])
def test_browser_is_told_to_run_nothing_and_keep_nothing(clerk, photo, name):
    """Checks 41 and 62."""
    answer = clerk.get(page(photo, name))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].split("; ") == [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "frame-ancestors 'none'",
        "sandbox",
    ]
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"


def test_thumbnail(clerk, photo, notice):
    assert body(clerk.get(page(photo, "evidence-thumbnail"))) == b"small"
    assert clerk.get(page(notice, "evidence-thumbnail")).status_code == 404


def test_web_address_has_no_file(clerk, event):
    row = factories.evidence(event, address="https://example.org/a", slot="news")
    assert clerk.get(page(row)).status_code == 404


def test_file_that_is_missing_is_not_found(clerk, photo):
    default_storage.delete(photo.file.name)
    assert clerk.get(page(photo)).status_code == 404
    assert Event.objects.filter(action__in=["view", "export"]).count() == 0


@pytest.mark.parametrize("name", ["evidence-file", "evidence-thumbnail"])
def test_who_gets_a_file(cast, photo, district, name):
    """Check 27: each request asks for sign-in and unit."""
    asked = {part: browser_of(user).get(page(photo, name)).status_code for part, user in cast}
    asked["district"] = browser_of(factories.user(Role.VIEWER, unit=district)).get(
        page(photo, name)
    )
    asked["nobody"] = Client().get(page(photo, name))
    assert asked.pop("district").status_code == 404
    assert asked.pop("nobody")["Location"].startswith(reverse("login"))
    assert asked == {
        "clerk": 200,
        "secretary": 200,
        "viewer": 200,
        "auditor": 403,
        "administrator": 403,
        "colleague": 404,
    }


def test_file_is_found_under_its_own_unit_alone(cast, photo, other_school):
    """Check 24: under one's own unit's address, another unit's file is not there."""
    colleague = browser_of(cast.colleague)
    address = reverse("evidence-file", args=[other_school.code, photo.pk])
    assert colleague.get(address).status_code == 404


def test_right_that_is_withdrawn_ends_at_once(cast, photo):
    """Checks 8 and 27."""
    browser = browser_of(cast.viewer)
    assert browser.get(page(photo)).status_code == 200
    cast.viewer.grants.get().delete()
    assert browser.get(page(photo)).status_code in (302, 403)


@pytest.mark.parametrize("prefix", ["/", "/files/", "/media/", "/var/files/", "/static/"])
def test_path_of_storage_is_no_address(clerk, photo, prefix):
    """Check 27."""
    for row_path in photo.paths:
        assert clerk.get(prefix + row_path).status_code == 404
        assert Client().get(prefix + row_path).status_code == 404


def test_web_server_in_front_sends_the_file(clerk, photo, settings):
    settings.X_ACCEL = "/protected-files/"
    answer = clerk.get(page(photo))
    assert answer["X-Accel-Redirect"] == f"/protected-files/{photo.file.name}"
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content == b""
    thumbnail = clerk.get(page(photo, "evidence-thumbnail"))
    assert thumbnail["X-Accel-Redirect"] == f"/protected-files/{photo.thumbnail.name}"


def test_web_server_in_front_is_told_nothing_for_others(cast, photo, settings):
    """Check 27."""
    settings.X_ACCEL = "/protected-files/"
    answer = browser_of(cast.colleague).get(page(photo))
    assert (answer.status_code, "X-Accel-Redirect" in answer) == (404, False)


def test_what_is_looked_at_and_saved_is_logged(clerk, cast, photo, notice):
    """Check 66: once each; a thumbnail in a list is not."""
    clerk.get(page(photo, "evidence-thumbnail"))
    clerk.get(page(photo))
    clerk.get(page(photo), {"download": "1"})
    clerk.get(page(notice))
    logged = Event.objects.filter(model="activities.evidence").exclude(action="create")
    assert [(e.action, e.object_id, e.actor, e.unit) for e in logged.order_by("number")] == [
        ("view", str(photo.pk), cast.clerk, photo.unit),
        ("export", str(photo.pk), cast.clerk, photo.unit),
        ("export", str(notice.pk), cast.clerk, photo.unit),
    ]


@pytest.mark.parametrize("name", ["evidence-file", "evidence-thumbnail"])
def test_number_of_queries(clerk, photo, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        clerk.get(page(photo, name))
