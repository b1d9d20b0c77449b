"""How the tests of evidence send files and read the pages that answer."""

import re
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from activities.models import Evidence
from tests.activities.uploads import samples
from units.scoping import scope_of_unit


def browser_of(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def address(name: str, row) -> str:
    return reverse(name, args=[row.unit.code, row.pk])


def upload(name: str = "通知.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, samples.pdf() if content is None else content)


def send(browser, activity, *files, token="", script=False, **fields):
    """What the form sends; with ``script``, as the page's script does."""
    accept = "application/json" if script else "text/html"
    data = {"files": list(files), "_token": token or str(uuid.uuid4()), **fields}
    return browser.post(address("add-evidence", activity), data, headers={"accept": accept})


def pieces(activity) -> list[Evidence]:
    with scope_of_unit(activity.unit):
        return list(Evidence.objects.filter(activity=activity).order_by("pk"))


def told(browser, answer) -> list[str]:
    """The messages on the page that a form leads to."""
    page = browser.get(answer["Location"]).content.decode()
    return re.findall(r'<p class="notice notice-(?:success|error|info)">(.*?)</p>', page, re.S)


def stamp_on(page: str) -> str:
    return re.search(r'name="_stamp" value="([^"]+)"', page)[1]
