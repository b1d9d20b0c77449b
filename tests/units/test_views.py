"""Signing in and out, the language, and the pages of errors."""

import re

import pytest
from django.test import Client
from django.urls import path, reverse

from config.urls import urlpatterns as pages
from tests import factories
from units.roles import Role

PASSWORD = "ein-langer-Satz-2017"  # noqa: S105 - of an account that lives for one test


@pytest.fixture
def clerk(school):
    """An account with a password."""
    return factories.user(Role.CLERK, unit=school, username="chenjing", password=PASSWORD)


def sign_in(client, username, password, **more):
    return client.post(reverse("login"), {"username": username, "password": password, **more})


def test_the_right_password_leads_home(client, clerk):
    answer = sign_in(client, "chenjing", PASSWORD)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(clerk.pk)


def test_a_wrong_password_an_unknown_name_and_a_closed_account_read_alike(client, clerk, school):
    closed = factories.user(
        Role.CLERK, unit=school, username="closed", password=PASSWORD, is_active=False
    )
    answers = [
        sign_in(client, "chenjing", "wrong-wrong-wrong"),
        sign_in(client, "nobody-here", PASSWORD),
        sign_in(client, closed.username, PASSWORD),
    ]
    notices = [
        re.search(r'role="alert">(.*?)</div>', each.content.decode(), re.S)[1] for each in answers
    ]
    assert [each.status_code for each in answers] == [200, 200, 200]
    assert len(set(notices)) == 1
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("page", ["/putuo-jy/2017/", "/putuo-jy/2017/report/?page=2"])
def test_signing_in_leads_back_to_the_page_asked_for(client, clerk, page):
    assert sign_in(client, "chenjing", PASSWORD, next=page)["Location"] == page


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org/",
        "///example.org",
        "https:example.org",
        "/\\example.org",
        "javascript:alert(1)",
        "http://testserver@example.org/",
    ],
)
def test_signing_in_never_leads_to_another_site(client, clerk, elsewhere):
    assert sign_in(client, "chenjing", PASSWORD, next=elsewhere)["Location"] == reverse("home")


def test_the_session_gets_a_new_key_when_somebody_signs_in(client, clerk):
    client.post(reverse("language"), {"language": "en"})
    client.get(reverse("login"))
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    sign_in(client, "chenjing", PASSWORD)
    assert client.session.session_key != planted


def test_signing_out_is_a_post_that_ends_the_session(client, clerk):
    sign_in(client, "chenjing", PASSWORD)
    key = client.session.session_key
    assert client.get(reverse("logout")).status_code == 405
    assert client.post(reverse("logout"))["Location"] == reverse("login")
    assert not client.session.exists(key)
    assert client.get(reverse("home")).status_code == 302


def test_forms_without_their_token_are_refused_with_a_page_of_ours(clerk):
    strict = Client(enforce_csrf_checks=True)
    for page in ("login", "logout", "language"):
        strict.force_login(clerk)
        answer = strict.post(reverse(page), {"language": "en"})
        assert answer.status_code == 403
        assert "units/site.css" in answer.content.decode()


def test_the_language_is_kept_in_a_cookie_and_leads_back(client, db):
    answer = client.post(reverse("language"), {"language": "en", "next": reverse("login")})
    assert answer["Location"] == reverse("login")
    assert '<html lang="en">' in client.get(reverse("login")).content.decode()
    client.post(reverse("language"), {"language": "zh-hans"})
    assert '<html lang="zh-hans">' in client.get(reverse("login")).content.decode()


def test_the_language_is_chosen_by_post_and_never_leads_elsewhere(client, db):
    assert client.get(reverse("language")).status_code == 405
    answer = client.post(
        reverse("language"),
        {"language": "en", "next": "https://example.org/"},
        headers={"referer": "https://example.org/"},
    )
    assert answer["Location"] == "/"
    client.post(reverse("language"), {"language": "xx"})
    assert client.get(reverse("login")).headers["Content-Language"] == "en"


def test_the_first_language_is_chinese_whatever_the_browser_asks(client, db):
    page = client.get(reverse("login"), headers={"accept-language": "en-US,en"})
    assert '<html lang="zh-hans">' in page.content.decode()


def test_the_sign_in_page_warns_of_secrets_and_is_not_kept(client, db):
    """Check 62."""
    page = client.get(reverse("login"))
    assert "涉密" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_the_menu_names_the_person_and_all_their_roles(client, clerk, other_school):
    factories.role_grant(clerk, other_school, Role.AUDITOR)
    client.force_login(clerk)
    page = client.get(reverse("home"), follow=True).content.decode()
    assert str(clerk) in page
    assert f"{Role.CLERK.label}、{Role.AUDITOR.label}" in page


def test_addresses_that_lead_nowhere_get_a_page_of_ours(client, db):
    answer = client.get("/nowhere/at/all/")
    assert answer.status_code == 404
    assert "units/site.css" in answer.content.decode()


def test_a_foreign_host_is_refused_without_a_trace(client, db):
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "Traceback" not in answer.content.decode()


def fail(request):
    """A page with a fault, for the test below."""
    raise RuntimeError("SELECT hidden_words FROM settings")


urlpatterns = [path("failing/", fail), *pages]
handler500 = "units.views.server_error"


@pytest.mark.urls(__name__)
def test_a_failure_shows_a_number_that_the_log_has_and_nothing_else(clerk, caplog):
    """Checks 48 and 61."""
    client = Client(raise_request_exception=False)
    client.force_login(clerk)
    answer = client.get("/failing/")
    page = answer.content.decode()
    assert answer.status_code == 500
    number = re.search(r"\b[0-9a-f]{8}\b", page)[0]
    assert f"Failure {number} at /failing/" in caplog.text
    assert "hidden_words" not in page
    assert "no-store" in answer["Cache-Control"]
