"""All settings, in one file; what may differ between installations comes from the environment.

The table of variables is in README.md ("Settings"). A missing or weak key stops the start.
"""

import os
import sqlite3
from datetime import timedelta
from importlib.metadata import files as package_files
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.log_lines import logging_to

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

SECRET_KEY = env.str("SECRET_KEY", default="")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing or shorter than 50 characters: run script/bootstrap, which writes "
        "a random one to .env, or set it in the environment. "
        "缺少 SECRET_KEY 或不足 50 个字符：请运行 script/bootstrap。"
    )

# The change log's seal has a key of its own, so that SECRET_KEY may be renewed.
EVENT_KEY = env.str("EVENT_KEY", default=SECRET_KEY).encode()

DEBUG = env.bool("DEBUG", default=False)
TRIAL = env.bool("RECORDS_TRIAL", default=True)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
HTTPS = env.bool("HTTPS", default=False)
# A file, or "-" for the output: one line for each request, without anything that was looked for.
ACCESS_LOG = env.str("RECORDS_ACCESS_LOG", default="")
# A file, or "-" for the error output: failures of the program, without anybody's words.
LOGGING = logging_to(env.str("RECORDS_LOG", default="") or "-")
# Addresses of proxies in front of the server: only they are believed about who asks.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])

INSTALLED_APPS = [
    "units",
    "members",
    "activities",
    "consultations",
    "reports",
    "cases",
    "config.admin.RecordsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django_scopes",
    "simple_history",
]

MIDDLEWARE = [
    "units.addresses.RealAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "units.turns.BodyFirstMiddleware",
    "units.turns.TurnMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.language.ChineseFirstMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "units.sessions.OpenSessionMiddleware",
    "units.drafts.DraftMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "units.middleware.NoStoreMiddleware",
    "units.gone.GoneMiddleware",
    "units.middleware.ActMiddleware",
    "units.middleware.ScopeMiddleware",
    "units.account_gate.AccountGateMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "units.middleware.LogUnavailableMiddleware",
    "units.middleware.ChangeRefusedMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- database ------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'records.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL before 3.51.3 can corrupt a database with several writing processes (WAL-reset bug).
    SQLITE_JOURNAL_MODE = "wal" if sqlite3.sqlite_version_info >= (3, 51, 3) else "delete"
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Each test run has a database of its own, so that two can run side by side. On SQLite it is a file
# like the real one: an in-memory database locks whole tables between threads.
_test_name = f"test_records_{os.getpid()}"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    _test_name = VAR_DIR / f"{_test_name}.sqlite3"
DATABASES["default"]["TEST"] = {"NAME": _test_name}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "units.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "units.signin.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "units.passwords.LengthLimit"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "full_name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "units.passwords.NotGuessable"},
    {"NAME": "units.passwords.CharacterClasses"},
    {"NAME": "units.passwords.Remembered"},
]
# 等保模式: kinds of characters, change every 90 days, none of the last five (GB/T 22239).
PASSWORD_CLASSES = env.bool("RECORDS_PASSWORD_CLASSES", default=False)
# Roles that must have a second factor; recommended: administrator,secretary,auditor.
TOTP_ROLES = frozenset(env.list("RECORDS_TOTP_ROLES", default=[]))
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"

# --- how long a sign-in lasts, and how many wrong passwords lock a name or an address -------------
IDLE_MINUTES = env.int("RECORDS_IDLE_MINUTES", default=30)
if not 10 <= IDLE_MINUTES <= 60:
    raise ImproperlyConfigured("RECORDS_IDLE_MINUTES must lie between 10 and 60.")
ONE_SESSION = env.bool("RECORDS_ONE_SESSION", default=False)
# A file of more rows asks for the password again; nobody gets more files than that in an hour.
EXPORT_ROWS = env.int("RECORDS_EXPORT_ROWS", default=200)
EXPORTS_PER_HOUR = env.int("RECORDS_EXPORTS_PER_HOUR", default=60)
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# The other storage writes messages, and with them names, into a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
AXES_HANDLER = "units.lockout.Lockout"
AXES_FAILURE_LIMIT = 5
ADDRESS_FAILURE_LIMIT = 20
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_USERNAME_CALLABLE = "units.lockout.name_key"
AXES_LOCKOUT_TEMPLATE = "units/account/locked.html"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- language and time: Chinese first, English second --------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# --- static files: ours, Django's, and Bootstrap out of its package ------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
_bootstrap = next(f for f in package_files("XStatic-Bootstrap") if f.name == "bootstrap.min.css")
_tom_select = next(
    f for f in package_files("django-tomselect") if f.name == "django-tomselect.min.js"
)
STATICFILES_DIRS = [
    ("bootstrap", Path(str(_bootstrap.locate())).parent.parent),
    # Of this package its files are served; its widgets would bring inline scripts.
    ("tomselect", Path(str(_tom_select.locate())).parent.parent),
]
# Evidence: reached through a page that checks who asks, and through no address of its own.
MEDIA_ROOT = VAR_DIR / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES = {
    "default": {"BACKEND": "config.storage.PrivateFiles"},
    "staticfiles": {"BACKEND": "config.storage.StaticFiles"},
}

# --- files that come in -------------------------------------------------------------------------
# Photos as they were taken, with the place in them, lie here until they are looked into.
INCOMING = VAR_DIR / "incoming"
FILE_UPLOAD_HANDLERS = ["units.upload_handler.LimitedUploadHandler"]
UPLOAD_MOST_BYTES = 20 * 1024 * 1024
UPLOAD_MOST_BYTES_TOGETHER = 200 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Django's own limits, for all that is typed: 2.5 MB, and 1000 fields in the plain admin's tables.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
# ClamAV's daemon: the path of its socket, or host:port. Empty: nothing is scanned.
CLAMD = env.str("RECORDS_CLAMD", default="")
# An internal location of nginx that leads to MEDIA_ROOT. Empty: the program sends files itself.
X_ACCEL = env.str("RECORDS_X_ACCEL", default="")

# --- mail that goes out: reminders ---------------------------------------------------------------
# smtp+tls://user:password@host:587 and its like. Empty: no mail is sent.
MAIL_IS_SET_UP = bool(env.str("EMAIL_URL", default=""))
if MAIL_IS_SET_UP:
    vars().update(env.email("EMAIL_URL"))
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.str("RECORDS_MAIL_FROM", default="records@localhost")
# How the site is reached, for the links in mails.
SITE_ADDRESS = env.str("RECORDS_SITE", default="http://127.0.0.1:8000").rstrip("/")

# --- what a browser may do -----------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "img-src": [SELF, "data:"],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
if HTTPS:
    # A browser takes a cookie of such a name from this very host over HTTPS only.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
