"""What was typed and not saved is offered again, to its writer and to nobody else."""

import json
from datetime import datetime, timedelta
from urllib.parse import unquote

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.units.signing_in import account, is_signed_in, signed_in
from units.drafts import keep, kept
from units.models import Draft
from units.roles import Role

NINE = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
PAGE = "/admin/members/member/add/"
TYPED = [["name", "徐文清"], ["sex", "f", "女"]]


@pytest.fixture
def clerk(school):
    return account(Role.CLERK, school, username="clerk")


def at(**later):
    return time_machine.travel(NINE + timedelta(**later), tick=False)


def leave(client, user, fields, path=PAGE, **data):
    """What the page's script posts while somebody types."""
    sent = {"path": path, "user": user.pk, "fields": json.dumps(fields), **data}
    return client.post(reverse("draft"), sent)


def offered(client, path=PAGE):
    """What the page's script fetches when the form opens."""
    return client.get(reverse("draft"), {"path": path}).json()


def test_typed_text_is_offered_again(clerk):
    """Check 7."""
    client = signed_in("clerk")
    assert leave(client, clerk, TYPED).json()["signed_in"] is True
    answer = offered(client)
    assert (answer["fields"], answer["user"]) == (TYPED, clerk.pk)
    assert "fields" not in offered(client, "/admin/members/member/7/change/")


def test_typed_text_survives_the_end_of_the_session(clerk):
    """Check 7. It was left in time."""
    with at():
        leave(signed_in("clerk"), clerk, TYPED)
    with at(minutes=31):
        assert offered(signed_in("clerk"))["fields"] == TYPED


def test_form_sent_after_the_session_ended_is_kept(clerk):
    """Check 7. Without any script: the last words arrive with the form itself."""
    with at():
        client = signed_in("clerk")
    with at(minutes=31):
        answer = client.post(PAGE, {"name": "徐文清", "note": ["甲", "乙"], "new_password": "x"})
        assert (answer.status_code, answer.url) == (302, f"/sign-in/?next={PAGE}")
        fields = offered(signed_in("clerk"))["fields"]
    assert fields == [["name", "徐文清"], ["note", "甲"], ["note", "乙"]]


def test_last_words_left_after_the_session_ended_are_kept(clerk):
    """Check 7. The script's own post comes too late."""
    with at():
        client = signed_in("clerk")
    with at(minutes=31):
        assert leave(client, clerk, TYPED).json()["signed_in"] is False
        assert leave(client, clerk, [["name", "later"]]).json()["signed_in"] is False
        assert offered(signed_in("clerk"))["fields"] == TYPED


def test_typed_text_is_forgotten_when_the_form_is_saved(clerk, school):
    """Check 7."""
    page, client = reverse("admin:units_department_add"), signed_in("clerk")
    leave(client, clerk, [["name", "教研室"]], path=page)
    form = client.get(page).context["adminform"].form
    sent = {name: form[name].value() or "" for name in form.fields}
    assert client.post(page, {**sent, "name": ""}).status_code == 200
    assert "fields" in offered(client, page)
    assert client.post(page, {**sent, "unit": school.pk, "name": "教研室"}).status_code == 302
    assert "fields" not in offered(client, page)


def test_typed_text_is_kept_when_the_password_is_asked_for_first(clerk, school):
    """Check 7 and 11."""
    account(Role.ADMINISTRATOR, school, username="administrator")
    page = reverse("admin:units_user_change", args=[clerk.pk])
    with at():
        client = signed_in("administrator")
    with at(minutes=11):
        asked = client.post(page, {"full_name": "新名字"}, HTTP_REFERER=f"http://testserver{page}")
        assert unquote(asked.url) == f"/account/confirm/?next={page}"
        assert offered(client, page)["fields"] == [["full_name", "新名字"]]


def test_typed_text_is_offered_to_its_writer_alone(clerk, school):
    """Check 7."""
    account(Role.CLERK, school, username="colleague")
    leave(signed_in("clerk"), clerk, TYPED)
    assert "fields" not in offered(signed_in("colleague"))
    assert "fields" not in offered(Client())


def test_words_of_one_person_are_never_kept_for_the_next_at_that_screen(clerk, school):
    """Check 7. A window left open by one, with somebody else signed in since."""
    account(Role.CLERK, school, username="colleague")
    leave(signed_in("colleague"), clerk, TYPED)
    assert Draft.objects.count() == 0


def test_stranger_leaves_nothing(clerk):
    """Check 7."""
    assert leave(Client(), clerk, TYPED).json()["signed_in"] is False
    assert Draft.objects.count() == 0


def test_passwords_codes_and_tokens_are_not_kept(clerk):
    """Check 7."""
    secrets = [["password", "a"], ["new_password_again", "b"], ["code", "c"]]
    leave(signed_in("clerk"), clerk, [*secrets, ["csrfmiddlewaretoken", "d"], *TYPED])
    assert kept(clerk, PAGE)[0] == TYPED


def test_typed_text_is_not_readable_in_the_database(clerk):
    """Check 7. It may be about a person."""
    leave(signed_in("clerk"), clerk, TYPED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_content FROM units_draft")
        assert "徐文清" not in str(cursor.fetchall())


def test_typed_text_is_forgotten_after_seven_days(clerk):
    """Check 7."""
    with at():
        keep(clerk, PAGE, TYPED)
    with at(days=7, minutes=-1):
        assert kept(clerk, PAGE) is not None
    with at(days=7, minutes=1):
        assert kept(clerk, PAGE) is None
        keep(clerk, "/elsewhere/", TYPED)
        assert list(Draft.objects.values_list("path", flat=True)) == ["/elsewhere/"]


def test_typed_text_can_be_discarded(clerk):
    """Check 7."""
    client = signed_in("clerk")
    leave(client, clerk, TYPED)
    client.post(reverse("discard-draft"), {"path": PAGE})
    assert "fields" not in offered(client)


@pytest.mark.parametrize("fields", ["", "x", "{}", '["a"]', '[["a"]]', '[["a", 1]]', "[" * 5000])
def test_what_no_page_sends_is_refused(clerk, fields):
    client = signed_in("clerk")
    sent = {"path": PAGE, "user": clerk.pk, "fields": fields}
    assert client.post(reverse("draft"), sent).status_code == 400


def test_too_much_is_not_kept(clerk):
    keep(clerk, PAGE, [["note", "长" * 500_001]])
    keep(clerk, "/" + "p" * 300, TYPED)
    assert Draft.objects.count() == 0


def test_draft_needs_the_form_token(clerk):
    """Check 34."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk)
    assert leave(client, clerk, TYPED).status_code == 403


def test_answers_about_drafts_are_stored_nowhere(clerk):
    client = signed_in("clerk")
    answer = client.get(reverse("draft"), {"path": PAGE})
    assert answer["Cache-Control"] == "no-store, private"


def test_draft_script_is_on_pages_and_in_the_admin(clerk):
    """Check 7 and 33: an own file, its words in attributes."""
    client = signed_in("clerk")
    for page in (reverse("account"), PAGE):
        html = client.get(page).content.decode()
        assert (page, html.count("units/draft.js")) == (page, 1)
    assert "units/draft.js" not in Client().get(reverse("login")).content.decode()
    assert is_signed_in(client)
