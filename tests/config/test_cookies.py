"""Names and flags of cookies, as the settings make them with and without HTTPS."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

ASKED = [
    *("SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY"),
    *("SESSION_COOKIE_SAMESITE", "SESSION_COOKIE_PATH", "SESSION_COOKIE_DOMAIN"),
    *("CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_HTTPONLY"),
    *("CSRF_COOKIE_SAMESITE", "LANGUAGE_COOKIE_SECURE", "LANGUAGE_COOKIE_HTTPONLY"),
]
PRINT = f"""
import json
from django.conf import settings
print(json.dumps({{name: getattr(settings, name) for name in {ASKED!r}}}))
"""


def settings_with(**environment) -> subprocess.CompletedProcess:
    """What a process with that environment prints of its settings."""
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", PRINT],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("https", "prefix", "secure"), [("true", "__Host-", True), ("false", "", False)]
)
def test_cookies_with_and_without_https(https, prefix, secure):
    """Check 10."""
    assert json.loads(settings_with(HTTPS=https).stdout) == {
        "SESSION_COOKIE_NAME": f"{prefix}sessionid",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # What the prefix demands: the whole site, this very host.
        "SESSION_COOKIE_PATH": "/",
        "SESSION_COOKIE_DOMAIN": None,
        "CSRF_COOKIE_NAME": f"{prefix}csrftoken",
        "CSRF_COOKIE_SECURE": secure,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "LANGUAGE_COOKIE_SECURE": secure,
        "LANGUAGE_COOKIE_HTTPONLY": True,
    }


@pytest.mark.parametrize("minutes", ["9", "61", "0"])
def test_idle_limit_outside_ten_to_sixty_minutes_stops_the_start(minutes):
    """Check 7."""
    refused = settings_with(RECORDS_IDLE_MINUTES=minutes)
    assert refused.returncode != 0
    assert "RECORDS_IDLE_MINUTES" in refused.stderr
