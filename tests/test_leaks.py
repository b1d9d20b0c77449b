"""Two units full of rows: what one can reach tells nothing of itself to the other, or to nobody.

One clerk's browser crawls every address it finds, files included; a second, of another school, and
a third, of nobody, ask for the same addresses. An answer with a word that stands only in the first
school's rows is a leak.
"""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse

from activities.models import Activity
from config.urls import urlpatterns as pages
from members.models import Contact, Member
from tests import factories
from tests.config.test_admin import autocompletes
from tests.crawling import MOST, PRESENT, SEALED, content_of, crawl
from tests.factories.rows import saved
from tests.one_of_everything import one_of_everything
from tests.urls_walk import converters
from units.models import Event
from units.roles import Role

pytestmark = pytest.mark.ignore_template_errors

CANARY = "隐秘"  # in every text of the first school's rows
OWN = "自家"  # in every text of the second school's rows


@pytest.fixture
def two_schools(cast, school, other_school, settings):
    """Both schools, each with a row of every kind; gives the first school's own words."""
    settings.EXPORTS_PER_HOUR = MOST  # a crawl takes every file
    rows = one_of_everything(school, CANARY)
    evidence_of(rows[Activity], CANARY)
    evidence_of(one_of_everything(other_school, OWN)[Activity], OWN)
    report = factories.report(school, SEALED, title=f"{CANARY}总结")
    factories.sealed(report, author=cast.clerk, signer=cast.secretary)
    contact = rows[Contact]
    contact.phone = "13987654321"
    saved(contact)
    return [CANARY, "139****4321"]


def evidence_of(activity: Activity, mark: str):
    """A document and a photo, whose bytes are words, and an address."""
    words = f"{mark}佐证".encode()
    photo = {"content_type": "image/jpeg", "slot": "photo", "thumbnail": words}
    factories.evidence(activity, words, name=f"{mark}.txt", content_type="text/plain")
    factories.evidence(activity, words, name=f"{mark}.jpg", caption=f"{mark}合影", **photo)
    factories.evidence(activity, address="https://example.org/", slot="news", caption=f"{mark}报道")
    factories.not_needed(activity, "plan", f"{mark}理由")


def browser_of(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def starts() -> list[str]:
    """Where a crawl begins: the front doors, and what no page links to."""
    asked = [
        f"{reverse('admin:autocomplete')}?app_label={model._meta.app_label}"
        f"&model_name={model._meta.model_name}&field_name={name}"
        for model, name in autocompletes()
    ]
    return [reverse("home"), reverse("admin:index"), reverse("people"), *asked]


def plain_addresses(unit) -> list[str]:
    """Every address about a unit or one of its years, whether any page links to it or not."""
    about = {"unit": unit.code, "key": "members_total", "file_format": "pdf"}
    return [
        reverse(name, kwargs={each: {**about, "year": year}[each] for each in asked})
        for name, asked in converters().items()
        for year in (PRESENT, SEALED)
        if "unit" in asked and {*asked} <= {"year", *about}
    ]


def leaks(browser, addresses, words) -> list[tuple[str, str]]:
    """(address, word) for every answer that holds one of the words."""
    answers = ((page, browser.get(page)) for page in addresses)
    return [(page, word) for page, answer in answers for word in leaked(answer, page, words)]


def leaked(answer, page: str, words) -> list[str]:
    """Those of the words that the answer of an address holds."""
    if answer.status_code != 200:
        return []
    # What the asker typed into the address themselves comes back in the page's own links.
    text = content_of(answer).replace(page, "")
    return [word for word in words if word in text]


def told_to_nobody(addresses, words) -> list[tuple[str, str]]:
    """As :func:`leaks` for somebody not signed in, to whom no address opens but the doors."""
    # A form whose session has ended asks there for its draft; nobody gets an empty answer.
    doors = (reverse("login"), reverse("draft"))
    browser, found = Client(), []
    for page in addresses:
        answer = browser.get(page)
        if answer.status_code == 200 and not page.startswith(doors):
            found.append((page, "nobody"))
        found += [(page, word) for word in leaked(answer, page, words)]
    return found


def replayed(cast, words) -> tuple[dict[str, str], list]:
    """What the clerk reached, and every leak of it to the colleague and to nobody."""
    unit = cast.clerk.grants.get().unit
    # Forms ask for these files; the same question in an address gives them too.
    files = [
        f"{reverse(name, args=[unit.code])}?file={kind}"
        for name in ("roster", "activities", "suggestions")
        for kind in ("xlsx", "csv")
    ]
    unlinked = [*plain_addresses(unit), *files]
    reached = crawl(browser_of(cast.clerk), [*starts(), *unlinked])
    found = leaks(browser_of(cast.colleague), reached, words) + told_to_nobody(reached, words)
    return reached, found


def test_nothing_of_one_unit_reaches_another_or_nobody(cast, two_schools):
    """Checks 24, 28 and 29: pages, admin, autocomplete, history and files."""
    reached, found = replayed(cast, two_schools)
    assert found == []
    # The crawl went everywhere, or the line above would say nothing.
    with_words = [page for page, text in reached.items() if CANARY in text]
    evidence = (r"/evidence/\d+/$", r"/evidence/\d+/(thumbnail|delete)/$", "/evidence/edit/")
    for part in (
        *evidence,
        "/autocomplete/",
        "/history/",
        "report.pdf",
        "report.docx",
        "report.json",
        "sealed.pdf",
        r"/people/\?.*file=xlsx",
        r"/activities/\?.*file=csv",
    ):
        assert any(re.search(part, page) for page in with_words), part
    for model in apps.get_models():
        if admin.site.is_registered(model) and model._meta.app_label in {"members", "activities"}:
            lists = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            assert lists in reached, model


def test_a_colleagues_own_crawl_finds_nothing_of_the_other_unit(cast, two_schools):
    """Checks 28 and 29: also with the other unit's keys and words in every question."""
    reached = crawl(browser_of(cast.colleague), starts())
    assert any(OWN in text for text in reached.values())
    assert [page for page, text in reached.items() if CANARY in text] == []
    unit = cast.clerk.grants.get().unit_id
    lists = [page for page in reached if page.startswith("/admin/") and page.count("/") == 4]
    probes = [f"{page}?{query}" for page in lists for query in (f"unit={unit}", f"q={CANARY}")]
    with_mark = browser_of(cast.colleague)
    for page in probes:
        text = content_of(with_mark.get(page, follow=True))
        rows = re.findall(r'<t[hd] class="field-[^>]*>.*?</t[hd]>', text, re.S)
        assert [row for row in rows if CANARY in row] == [], page


def test_nothing_reaches_the_administrator_the_auditor_or_the_district(cast, two_schools, district):
    """Checks 15, 22 and 24: those who keep accounts, read the log or see figures see no record."""
    reached = crawl(browser_of(cast.clerk), starts())
    office = factories.user(Role.CLERK, unit=district)
    for user in (cast.administrator, cast.auditor):
        assert leaks(browser_of(user), reached, [CANARY, "139****5678"]) == []
    # A signed report is handed in to the office above, and nothing else is.
    signed = reverse("report-sealed", args=[cast.clerk.grants.get().unit.code, SEALED])
    assert leaks(browser_of(office), reached, [CANARY, "139****5678"]) == [(signed, CANARY)]


# --- a leak that must be found ---


def everybody(request):
    """A view that forgot the scope."""
    rows = Member._base_manager.values_list("name", flat=True)
    link = "" if request.GET else f'<a href="{reverse("everybody")}?more=1">+</a>'
    return HttpResponse(link + "、".join(rows))


def home_with_the_leak(request):
    return HttpResponse(f'<a href="{reverse("everybody")}">everybody</a>')


urlpatterns = [
    path("everybody/", everybody, name="everybody"),
    path("everybody/home/", home_with_the_leak),
    *pages,
]
handler500 = "units.views.server_error"


@pytest.mark.urls(__name__)
def test_a_planted_leak_is_found(cast, two_schools):
    """Check 24: without this, a crawl that sees nothing would pass."""
    reached = crawl(browser_of(cast.clerk), ["/everybody/home/"])
    found = leaks(browser_of(cast.colleague), reached, two_schools)
    assert found == [("/everybody/", CANARY), ("/everybody/?more=1", CANARY)]


# --- asking changes nothing ---


def _plain(value):
    """PostgreSQL hands out bytes behind an address of memory, which is another each time."""
    return bytes(value) if isinstance(value, memoryview) else value


def tables() -> dict[str, list]:
    """Every table's rows but those of sessions; of the change log only what is no look."""
    kept = ("units_event", "django_session", "units_opensession")
    names = [n for n in connection.introspection.table_names() if not n.startswith(kept)]
    content = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608
            content[name] = sorted(repr([*map(_plain, row)]) for row in cursor.fetchall())
    changes = Event.objects.exclude(action__in=["view", "export"])
    return {**content, "units_event": sorted(changes.values_list("number", flat=True))}


def changed_since(before: dict[str, list]) -> list[str]:
    return [name for name, rows in tables().items() if rows != before[name]]


def test_asking_changes_nothing(cast, two_schools):
    """Check 20: every address that the strongest roles reach, by GET and by HEAD."""
    browsers = [browser_of(getattr(cast, part)) for part in ("secretary", "administrator")]
    before = tables()
    reached = [crawl(browser, starts()) for browser in browsers]
    assert min(map(len, reached)) > 10
    assert changed_since(before) == []
    for browser, pages_reached in zip(browsers, reached, strict=True):
        for page in pages_reached:
            browser.head(page)
    assert changed_since(before) == []
