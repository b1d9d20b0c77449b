"""The program's own log: failures with the lines of code they came through, and nobody's words."""

import json
import logging
import logging.config
import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.test import Client
from django.urls import path

from config.log_lines import LineFormatter, logging_to
from config.urls import urlpatterns as pages

NAME = "张三丰"


@login_not_required
def fails(request):
    """A fault whose message holds what somebody typed, as a database's does."""
    try:
        {}[request.POST["name"]]
    except KeyError as missing:
        raise IntegrityError(f"Key (name)=({request.POST['name']})\nis there") from missing


urlpatterns = [path("fails/", fails), *pages]
handler500 = "units.views.server_error"


@pytest.fixture
def log(tmp_path, settings):
    """The file to which the program's log goes; afterwards it goes where it did."""
    file = tmp_path / "records.log"
    root = logging.getLogger()
    handlers = list(root.handlers)
    logging.config.dictConfig(logging_to(str(file)))
    yield file
    for each in root.handlers:
        each.close()
    logging.config.dictConfig(settings.LOGGING)
    root.handlers[:] = handlers


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_failure_is_one_line_with_its_number_and_none_of_what_was_typed(log):
    """Check 61: the kind of the failure and the lines of code, but not its message."""
    page = Client(raise_request_exception=False).post("/fails/", {"name": NAME})
    (line,) = log.read_text("utf-8").splitlines()
    told = json.loads(line)
    number = re.search(r"Failure ([0-9a-f]{8}) at /fails/", told["says"])[1]
    assert number in page.content.decode()
    assert (told["level"], told["from"]) == ("ERROR", "records")
    assert told["kinds"] == ["builtins.KeyError", "django.db.utils.IntegrityError"]
    assert re.fullmatch(r".*/tests/config/test_log_lines\.py:\d+ fails", told["lines"][-1])
    assert NAME not in line


def test_pages_not_found_are_not_said(log, client):
    """Anybody can ask for anything; the access log has it, where there is one."""
    assert client.get(f"/{NAME}/nowhere/").status_code in (302, 404)
    logging.getLogger("somewhere").warning("said")
    assert [json.loads(line)["says"] for line in log.read_text("utf-8").splitlines()] == ["said"]


def test_words_begin_no_line_of_their_own():
    record = logging.makeLogRecord({"name": "x", "msg": "one\n\u202etwo", "created": 0})
    (line,) = LineFormatter().format(record).splitlines()
    assert json.loads(line) == {
        "at": "1970-01-01T00:00:00.000+00:00",
        "level": "Level None",
        "from": "x",
        "says": "one⟨U+000A⟩⟨U+202E⟩two",
    }
