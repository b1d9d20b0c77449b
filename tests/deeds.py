"""Everything that can be done by a form or a button, each on a row of which it can be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from activities.aid_deeds import close
from activities.models import Activity, AidRound, Evidence, Gift, Recipient, Series, Target
from consultations.models import Consultation, Promise, Proposal, Suggestion
from members.importing import PEOPLE_FROM_SHEETS
from members.models import Contact, Member, Organisation
from tests import factories
from tests.activities.uploads import samples
from tests.factories.rows import saved
from tests.html_forms import Form, forms_on
from tests.test_matrix import COLUMNS, SEALED, _model_of_admin, address_of, expected, line_of
from tests.units.signing_in import fail, with_second_factor
from tests.urls_walk import names
from units.editing import STAMP_FIELD, stamp_of
from units.imports.storing import store
from units.models import AccessGrant, SheetImport, Unit
from units.roles import Role
from units.scoping import scope_of_unit

# About nobody but the account itself, and open to every account.
OWN = {
    *("login", "logout", "language", "account", "enter-code", "confirm-sign-in"),
    *("change-password", "end-session", "set-up-second-factor", "renew-recovery-codes"),
    *("remove-second-factor", "draft", "discard-draft", "admin:login", "admin:logout"),
    *("admin:password_change", "admin:index", "admin:app_list", "admin:<path:object_id>/"),
}
SPARE = "多余"
NOT_BEGUN, HANDED_IN, RETURNED = 2012, 2013, 2014
ABOUT: dict[str, dict[str, object]] = {
    "report-begin": {"year": NOT_BEGUN},
    **dict.fromkeys(("report-return", "report-sign"), {"year": HANDED_IN}),
    "report-take-up": {"year": RETURNED},
    "report-promises": {"year": SEALED},
    "step": {"kind": "note"},
    **dict.fromkeys(("edit-row", "delete-row"), {"kind": "post"}),
}
"""What stands in an address so that its deed can be done, where the usual will not do."""
BEGINS, ENDS = {"started_on": "2019-9-1"}, {"day": "2019-9-1"}
"""Days after the year that is closed."""


@dataclass(frozen=True)
class Ground:
    """A school with a row of everything, and with what each deed needs to be done.

    ``spare`` are rows on which nothing hangs, to be taken away; ``twin`` is a second person of the
    same name as the spare one; ``branch`` an organisation of 民盟 to which nobody belongs;
    ``closed`` a round of aid whose account is closed.
    """

    school: Unit
    cast: object
    rows: dict[type, object]
    spare: dict[type, object]
    twin: int
    branch: int
    closed: int

    def address(self, name: str) -> str:
        """The address called ``name``, about a row of which the deed can be done."""
        rows = {**self.rows, **self.spare} if takes_away(name) else self.rows
        about = {"keep": self.twin, "gone": self.spare[Member], **ABOUT.get(name, {})}
        if name == "reopen-aid-round":
            about["pk"] = self.closed
        return address_of(name, rows, self.school, **about)


def takes_away(name: str) -> bool:
    """Whether what is there is deleted or erased under that address."""
    ends = name.endswith(("_delete", "_changelist", "-erase", "import-undo"))
    return ends or name.startswith(("delete-", "reverse-"))


def ground_of(school: Unit, cast, rows: dict[type, object]) -> Ground:
    """The ground over the ``rows`` of everything."""
    _reports_on_their_way(school, cast)
    _account_in_trouble(cast.viewer)
    factories.unit_year(school, NOT_BEGUN)
    leaver = factories.person(school, "离职")
    factories.employment(leaver, started_on=date(2017, 9, 1), ended_on=date(2020, 7, 1))
    saved(Contact(member=leaver, phone="13912340000"))
    now = timezone.now()
    running = AccessGrant.objects.create(
        unit=school,
        user=factories.user(Role.ADMINISTRATOR, unit=school.parent),
        reason="核对",
        granted_by=cast.secretary,
        started_at=now,
        ends_at=now + timedelta(days=5),
    )
    twin = factories.person(school, SPARE).pk
    since = date(2017, 9, 1)
    branch = factories.organisation(school, party=factories.party(), started_on=since).pk
    rows = {**rows, AccessGrant: running.pk}
    spare = {**_spare_rows(school), SheetImport: _stored_import(school, cast).pk}
    closed = _closed_account(school, cast.secretary)
    return Ground(school, cast, rows, spare, twin, branch, closed)


def _stored_import(school: Unit, cast) -> SheetImport:
    """An import that can be undone."""
    planned = factories.planned_import(school, cast.clerk)
    with scope_of_unit(school):
        return store(planned.pk, kind=PEOPLE_FROM_SHEETS)


def _closed_account(school: Unit, by) -> int:
    aid = factories.aid_round(school)
    with scope_of_unit(school):
        factories.gift(aid, donors=[factories.party()])
        close(aid, by=by, moment=timezone.now(), reason="结清", rest="finance")
    return aid.pk


def _reports_on_their_way(school: Unit, cast):
    factories.handed_in(factories.report(school, HANDED_IN), cast.clerk)
    returned = factories.handed_in(factories.report(school, RETURNED), cast.clerk)
    factories.step(returned, "return", cast.secretary, reason="请补充")


def _account_in_trouble(account):
    """Signed in somewhere, with a second factor, and locked."""
    with_second_factor(account, timezone.now())
    browser_of(account)
    fail(Client(), 5, account.username)


def _spare_rows(school: Unit) -> dict[type, object]:
    aid = factories.aid_round(school)
    made = [
        factories.person(school, SPARE),
        factories.activity(school),
        factories.series(school),
        factories.aid_round(school),
        factories.gift(aid),
        factories.recipient(school),
        factories.consultation(school),
        factories.suggestion(school),
        factories.proposal(school),
        factories.promise(school),
    ]
    kinds = (Member, Activity, Series, AidRound, Gift, Recipient, Consultation, Suggestion)
    return {kind: row.pk for kind, row in zip((*kinds, Proposal, Promise), made, strict=True)}


def fill(name: str, ground: Ground) -> dict[str, object]:
    """What a form asks for and does not say in its fields."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    cast, rows, school = ground.cast, ground.rows, ground.school
    if name.endswith("_changelist"):
        kind = _model_of_admin(name)
        key = cast.viewer.pk if "user" in name else {**rows, **ground.spare}.get(kind, 0)
        action = "give_new_passwords" if "user" in name else "delete_selected"
        return {"action": action, "_selected_action": key, "post": "yes"}
    return {
        "access": {"user": cast.administrator.pk, "last_day": tomorrow.isoformat()},
        "year-exceptions": {"user": cast.clerk.pk, "last_day": tomorrow.isoformat()},
        "admin:units_unityear_add": {"year": 2031, "closes_on": "2031-12-31"},
        "admin:units_unit_add": {"code": "new-school", "parent": school.pk},
        "admin:units_user_add": {
            **{"username": "newcomer", "full_name": "新来"},
            **{"grants-0-unit": school.pk, "grants-0-role": "viewer"},
        },
        "admin:members_appointment_add": {"kind": "social", "body": "区青联"},
        "admin:activities_gift_add": {"amount": "100.00"},
        "admin:activities_recipient_add": {"code": "受助学生77"},
        "admin:consultations_suggestion_add": {"wording": "新建议"},
        "new-gift": {"amount": "100"},
        "new-grants": {"amount": "100", "new_students": "2"},
        "new-pledge": {"amount_a_year": "3000", "organisation": rows[Organisation]},
        "close-aid-round": {"all_the_same": "on"},
        "report-checks": {"reason": "本节为概述，不作统计"},
        "aims": {f"{Target.Deed.values[0]}-due": 1},
        "imports": {"file": SimpleUploadedFile("名册.csv", "姓名,在职/退休\n何青,在职".encode())},
        "import-heading": {"heading": "在不在", "column": "status"},
        "import-undo": {STAMP_FIELD: _stamp_of_import(ground)},
        "new-section": {"heading": "新的一节"},
        "move-section": {"direction": "down"},
        "report-begin": {"pattern": "shipped:2017"},
        "new-proposal": {"submitted_on": "2017-5-4"},
        "edit-proposal": {"title": "改题"},
        "edit-promise": {"wording": "改措施"},
        "edit-review": {"words": "改说明"},
        "report-promises": {"form-0-kind": "measure", "form-0-wording": "措施"},
        **dict.fromkeys(("person-leave", "person-retire", "end-post", "leave-party"), ENDS),
        "person-return": {**BEGINS, "status": "retired"},
        "person-post": {**BEGINS, "kind": "social", "party": "", "body": "区青联"},
        "person-title": {**BEGINS, "level": "junior"},
        "person-join": BEGINS,
        "new-person": {"employed_on": "2019-9-1"},
        "edit-row": {"term": "新届次"},
        "change-organisation": {**ENDS, "organisation": ground.branch},
        "person-erase": {"reason": "本人要求", "sure": "on"},
        "add-evidence": {"files": SimpleUploadedFile("通知.pdf", samples.pdf())},
        "edit-evidence": {f"piece-{rows[Evidence]}-caption": "新说明"},
        "admin:members_member_merge": {"reason": "同一人"},
        "new-pair": {"friend": ground.spare[Member]},
        "save-view": {"list_name": "roster", "name": "新视图", "query": "status=in_service"},
    }.get(name, {})


def _stamp_of_import(ground: Ground) -> str:
    """What the page of the import that can be undone would send."""
    with scope_of_unit(ground.school):
        return stamp_of([SheetImport.objects.get(pk=ground.spare[SheetImport])])


def browser_of(account) -> Client:
    """A browser in which the account is signed in; None: in which nobody is."""
    browser = Client(raise_request_exception=False)
    if account is not None:
        browser.force_login(account)
    return browser


def may_send(part: str, name: str) -> bool:
    """Whether the table lets ``part`` send a form to the address called ``name``."""
    asking, sending = expected()[line_of(name)][COLUMNS.index(part)]
    return asking in "+-" and sending in "+>"


def is_theirs(part: str, name: str) -> bool:
    """Whether ``part`` may send there; of a secretary, only where a clerk may not."""
    shared = part == "secretary" and may_send("clerk", name)
    return may_send(part, name) and name not in OWN and not shared


def forms_of(part: str, ground: Ground) -> Iterator[tuple[str, Form]]:
    """(name of the address it goes to, form) for each form on the pages that ``part`` may open."""
    browser, seen = browser_of(getattr(ground.cast, part)), set()
    keys = {**ground.rows, Member: factories.person(ground.school, "备用").pk}
    for name in _pages_of(part):
        address = ground.address(name)
        answer = browser.get(address)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        for form in forms_on(answer.content.decode(), address, keys.__getitem__):
            to = resolve(form.action.split("?")[0]).view_name
            key = form.action, *sorted(form.data)
            if key not in seen and is_theirs(part, to):
                seen.add(key)
                form.data.update(fill(to, ground))
                yield to, form


def _pages_of(part: str) -> Iterator[str]:
    """The pages that ``part`` may open; those of the admin, which lead nowhere else, if need be."""
    uses_admin = any(name.startswith("admin:") and is_theirs(part, name) for name in names())
    for name in dict.fromkeys(names()):
        opens = expected()[line_of(name)][COLUMNS.index(part)][0] == "+"
        if opens and (uses_admin or not name.startswith("admin:")):
            yield name


def deeds_of(part: str, ground: Ground) -> Iterator[tuple[str, Form]]:
    """The forms of ``part``, and an empty one for what has none on these pages: buttons."""
    found = set()
    for name, form in forms_of(part, ground):
        found.add(name)
        yield name, form
    for name in sorted({each for each in names() if is_theirs(part, each)} - found):
        if not name.endswith("_history"):  # pages that are only read
            yield name, Form(ground.address(name), {"post": "yes", **fill(name, ground)})


def send(browser: Client, form: Form, **more):
    """The answer to the form. A file in it is sent from its beginning, however often."""
    for value in form.data.values():
        if hasattr(value, "seek"):
            value.seek(0)
    return browser.post(form.action, {**form.data, **more})


def leads_to_sign_in(answer) -> bool:
    """Whether nobody, or nobody who may work here, is asked to sign in first."""
    doors = (reverse("login"), reverse("admin:login"))
    return answer.status_code == 302 and answer["Location"].startswith(doors)
