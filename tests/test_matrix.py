"""Who may do what: every address of the site × everybody who works here × asking and sending.

The table is the rule. An address without a line fails the test, and so does a line without its
address. A cell has two signs, for GET and for POST (of an empty form):

    +  opens or takes effect    >  leads elsewhere      s  sent to sign in
    x  forbidden (403)          .  not found (404)      -  no such way to ask (405)

All objects are of the school. "colleague" is clerk of another school, "district" reads reports at
the office above both, and has been given no access.
"""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from activities.models import (
    Activity,
    AidRound,
    Evidence,
    Gift,
    Grant,
    Pledge,
    Talk,
    TalkPair,
)
from consultations.models import Promise, PromiseKept, Proposal, Suggestion
from members.models import Appointment, Contact, CorrectionRequest, Member, Membership, Party
from reports.models import Section
from tests import factories
from tests.factories.rows import saved
from tests.matrix_table import FAMILIES, TABLE
from tests.one_of_everything import one_of_everything
from tests.urls_walk import converters, names
from units.models import (
    AccessGrant,
    Event,
    Holiday,
    SavedView,
    SheetImport,
    Unit,
    User,
    YearException,
)
from units.roles import Role

pytestmark = pytest.mark.ignore_template_errors

COLUMNS = ("clerk", "secretary", "administrator", "auditor", "viewer", "colleague", "district")
NAMELESS = {
    "admin:<path:object_id>/": "/admin/members/member/{member}/",
    "admin:(?P<url>.*)$": "/admin/leads/nowhere/",
}
SEALED = 2015
"""The year whose report is signed; the other pages are about 2017, a draft."""
ABOUT_SEALED = {
    *("report-sealed", "report-drift", "year-exceptions", "year-exception"),
    "withdraw-year-exception",
}
_KINDS = {"step": "accepted", "edit-row": "post", "delete-row": "post"}
SIGNS = {200: "+", 403: "x", 404: ".", 405: "-"}


@pytest.fixture
def rows(cast, school, district) -> dict[type, int]:
    """The key of one row of every kind that an address can be about, all of the school."""
    made = one_of_everything(school)
    now = timezone.now()
    access = AccessGrant.objects.create(
        unit=school,
        user=cast.administrator,
        reason="核对",
        granted_by=cast.secretary,
        started_at=now - timedelta(days=9),
        ends_at=now - timedelta(days=8),
    )
    seal = factories.sealed(
        factories.report(school, SEALED), author=cast.clerk, signer=cast.secretary
    )
    exception = factories.year_exception(seal.closed_year, cast.clerk, cast.secretary)
    view = saved(SavedView(unit=school, owner=cast.clerk, list_name="roster", name="在职"))
    holiday = Holiday.objects.create(day=date(2017, 10, 2), name="国庆节")
    more = [
        access,
        exception,
        view,
        holiday,
        factories.planned_import(school, cast.clerk),
        factories.evidence(made[Activity], slot="photo", thumbnail=b"small", minors_visible=False),
        factories.party(),
        Group.objects.create(name="x"),
        school,
        cast.viewer,
    ]
    return {type(row): row.pk for row in [*made.values(), *more, school, cast.viewer]}


def address_of(name: str, rows: dict[type, int], school: Unit, **more) -> str:
    """The address called ``name``, about the school's own row; ``more`` says it otherwise."""
    if name in NAMELESS:
        return NAMELESS[name].format(member=rows[Member])
    about = {
        "unit": school.code,
        "year": SEALED if name in ABOUT_SEALED else 2017,
        "key": "members_total",
        "file_format": "csv" if name == "suggestion-ledger-file" else "html",
        "app_label": "members",
        "number": Event.objects.filter(unit=school).latest("number").number,
        "pk": rows[_kind_of_key(name)],
        "review": rows[PromiseKept],
        "keep": rows[Member],
        "gone": rows[Member],
        "kind": _KINDS.get(name, "study"),
        "what": "people",
        "ending": "xlsx",
        "line": 2,
        "object_id": rows.get(_model_of_admin(name), rows[Member]),
        "content_type_id": ContentType.objects.get_for_model(Member).pk,
        **more,
    }
    return reverse(name, kwargs={argument: about[argument] for argument in converters()[name]})


def _kind_of_key(name: str) -> type:
    if name.startswith("evidence-") or name == "delete-evidence":
        return Evidence
    if "evidence" in name or name == "mark-not-needed":
        return Activity
    kinds = {
        **{name: SheetImport for name in names() if name.startswith("import")},
        "withdraw-access": AccessGrant,
        "remove-view": SavedView,
        "edit-pair": TalkPair,
        **dict.fromkeys(("edit-talk", "delete-talk", "talk-followed-up"), Talk),
        **dict.fromkeys(("report-section", "move-section", "remove-section"), Section),
        "section-versions": Section,
        **dict.fromkeys(("end-post", "edit-row", "delete-row"), Appointment),
        **dict.fromkeys(("leave-party", "change-organisation"), Membership),
        **dict.fromkeys(("aid-round", "edit-aid-round", "aid-round-sheet"), AidRound),
        **dict.fromkeys(("new-gift", "new-grants"), AidRound),
        **dict.fromkeys(("close-aid-round", "reopen-aid-round"), AidRound),
        **dict.fromkeys(("edit-gift", "reverse-gift"), Gift),
        **dict.fromkeys(("edit-grant", "reverse-grant"), Grant),
        "edit-pledge": Pledge,
        "year-exception": YearException,
        "withdraw-year-exception": YearException,
        **dict.fromkeys(("proposal", "edit-proposal"), Proposal),
        **dict.fromkeys(("edit-promise", "review-promise", "edit-review"), Promise),
    }
    if name in kinds:
        return kinds[name]
    if name == "person-request":
        return CorrectionRequest
    if "activity" in name or name == "sign-in-sheet":
        return Activity
    if "suggestion" in name or name in ("reply", "step"):
        return Suggestion
    return Member if name.startswith("person") else User


def _model_of_admin(name: str):
    label = name.removeprefix("admin:").rsplit("_", 1)[0]
    kinds = [*Contact._meta.apps.get_models(), Party]
    return next((m for m in kinds if f"{m._meta.app_label}_{m._meta.model_name}" == label), None)


def sign_of(browser: Client, method: str, page: str) -> str:
    """What the browser gets; whatever the request did is undone."""
    cookies = dict(browser.cookies)
    with transaction.atomic():
        answer = getattr(browser, method)(page)
        transaction.set_rollback(True)
    browser.cookies.clear()
    browser.cookies.update(cookies)
    if answer.status_code == 302:
        return "s" if answer["Location"].startswith(reverse(settings.LOGIN_URL)) else ">"
    return SIGNS.get(answer.status_code, str(answer.status_code))


def cells(browser: Client, page: str) -> str:
    return sign_of(browser, "get", page) + sign_of(browser, "post", page)


def line_of(name: str) -> str:
    """The line of the table that an address belongs to; its own name where it has none."""
    for family, (pages, kinds) in FAMILIES.items():
        kind, _, page = name.removeprefix("admin:").rpartition("_")
        if kind in kinds.split() and page in pages.split():
            return f"admin:{family}_{page}"
    return name


def expected() -> dict[str, list[str]]:
    return {name: cells for name, *cells in map(str.split, TABLE.strip().splitlines())}


def test_every_address_has_a_line_and_every_line_an_address():
    """Check 14: a new address fails until somebody decides who may open it."""
    assert {line_of(name.replace(" ", "")) for name in names()} == set(expected())


@pytest.mark.parametrize("part", [*COLUMNS, "nobody"])
def test_everybody_gets_what_the_table_says(cast, rows, school, district, part):
    """Checks 14, 15, 17 and 21."""
    browser = Client(raise_request_exception=False)
    if part == "district":
        browser.force_login(factories.user(Role.VIEWER, unit=district))
    elif part != "nobody":
        browser.force_login(getattr(cast, part))
    column = [*COLUMNS, "nobody"].index(part)
    found = {
        name: cells(browser, address_of(name, rows, school)) for name in dict.fromkeys(names())
    }
    wanted = {name: expected()[line_of(name)][column] for name in found}
    assert found == wanted
