"""Who works and who waits when many ask at once.

Checking a password costs half a second of processor time on purpose. If fifty people sign in at
once, their checks must neither fill all threads, so that nobody gets a page any more, nor all
processors. So each process checks two passwords at a time; whoever waits for that hands the turn
to work to somebody else. At most four requests work at a time: more would only wait for each other
at the database, and SQLite has no queue there. What a browser sends is read before the turn begins:
a phone in a museum sends a photo for minutes.
"""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from threading import BoundedSemaphore

AT_WORK = 4
CHECKING_PASSWORDS = 2
READING_FILES = 2

_work = BoundedSemaphore(AT_WORK)
_check = BoundedSemaphore(CHECKING_PASSWORDS)
_read = BoundedSemaphore(READING_FILES)
_is_at_work: ContextVar[bool] = ContextVar("is_at_work", default=False)


class BodyFirstMiddleware:
    """Reads what the browser sends before a turn is taken: a slow one keeps nobody else waiting."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method == "POST":
            # Django reads the body when it is first asked for, and keeps it.
            request.POST  # noqa: B018
        return self.get_response(request)


class TurnMiddleware:
    """Lets at most four requests of this process work at the same time."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with _work:
            token = _is_at_work.set(True)
            try:
                return self.get_response(request)
            finally:
                _is_at_work.reset(token)


@contextlib.contextmanager
def turn_to_check() -> Iterator[None]:
    """One's turn to check a password. Not inside a transaction: others wait for that one too."""
    with _turn(_check):
        yield


@contextlib.contextmanager
def turn_to_read_a_file() -> Iterator[None]:
    """One's turn to look into a file that came in, which takes memory. Not inside a transaction."""
    with _turn(_read):
        yield


@contextlib.contextmanager
def _turn(queue: BoundedSemaphore) -> Iterator[None]:
    was_at_work = _is_at_work.get()
    if was_at_work:
        _work.release()
    try:
        with queue:
            yield
    finally:
        if was_at_work:
            _work.acquire()
