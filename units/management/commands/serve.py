"""``manage.py serve``: what ``prepare`` does, and then the web server, in the same process.

Starting Python and importing everything costs more than all the rest of a start; here it is paid
once, and the server's processes share what was read.
"""

import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.core.servers.basehttp import get_internal_wsgi_application
from django.db import connections
from django.urls import get_resolver

from units.log_text import visible

# Each is installed only where it runs.
if sys.platform == "win32":
    import waitress
else:
    import gunicorn.app.base
    import gunicorn.glogging

GUNICORN = {
    "worker_class": "gthread",
    "workers": 2,
    # Most of them only wait for their turn (units/turns.py): fifty people may sign in at once.
    "threads": 32,
    # A 400-page report is the longest answer there is.
    "timeout": 120,
    # Longer than browsers and proxies keep a connection: who closes first must not be the server,
    # just as a form is sent over it.
    "keepalive": 75,
    # A process is replaced now and then, so that nothing can pile up in it.
    "max_requests": 1000,
    "max_requests_jitter": 200,
    "control_socket_disable": True,
    # Address, time, method, path, status, bytes, seconds. Neither the query, which may hold a name
    # that was looked for, nor the page before, whose address may hold one, nor the browser.
    "access_log_format": '%(h)s %(t)s "%(m)s %(U)s" %(s)s %(b)s %(L)s',
}


class Command(BaseCommand):
    """Prepare this installation and serve it until stopped."""

    help = "Prepare this installation and serve it until stopped."

    def add_arguments(self, parser):
        parser.add_argument("--bind", default="127.0.0.1:8000", help="address and port")

    def handle(self, *args, bind, **options):
        call_command("prepare", bind=bind, stdout=self.stdout)
        self.stdout.flush()
        application = get_internal_wsgi_application()
        # Read the pages' addresses, and with them the views, before the processes part.
        get_resolver().url_patterns  # noqa: B018
        # A database connection must not be shared between processes.
        connections.close_all()
        if sys.platform == "win32":
            serve_with_waitress(application, bind)
        else:
            serve_with_gunicorn(application, bind)


def serve_with_gunicorn(application, bind: str):
    """Serve ``application`` with two processes of 32 threads each, until a signal ends it.

    Who asked for what goes to the file named by RECORDS_ACCESS_LOG, one line for each request.
    """

    class PathLogger(gunicorn.glogging.Logger):
        def atoms(self, *args):
            # A path may hold whatever %0A stands for: it must not begin a line of its own.
            atoms = super().atoms(*args)
            return {**atoms, "U": visible(atoms["U"])}

    class Site(gunicorn.app.base.BaseApplication):
        def load_config(self):
            chosen = {
                "bind": bind,
                "accesslog": settings.ACCESS_LOG or None,
                "logger_class": PathLogger,
            }
            for name, value in {**GUNICORN, **chosen}.items():
                self.cfg.set(name, value)

        def load(self):
            return application

    Site().run()


def serve_with_waitress(application, bind: str):
    """Serve ``application`` with one process of 32 threads, until interrupted."""
    waitress.serve(application, listen=bind, threads=32)
