"""Fifty people signing in at once: two password checks at a time, and pages in between."""

from io import BytesIO
from threading import Event, Lock, Thread

from django.test import RequestFactory

from units.turns import (
    AT_WORK,
    CHECKING_PASSWORDS,
    BodyFirstMiddleware,
    TurnMiddleware,
    turn_to_check,
)


class Crowd:
    """Requests in threads of their own. ``most`` is how many were inside at the same time."""

    def __init__(self):
        self.inside = self.most = self.done = 0
        self.lock = Lock()

    def enter(self):
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)

    def leave(self):
        with self.lock:
            self.inside -= 1
            self.done += 1


def start(number, deed):
    threads = [Thread(target=deed, daemon=True) for _each in range(number)]
    for thread in threads:
        thread.start()
    return threads


def finish(threads):
    for thread in threads:
        thread.join(timeout=20)
    assert not any(thread.is_alive() for thread in threads)


def test_at_most_two_passwords_are_checked_at_a_time():
    """Check 13."""
    crowd = Crowd()

    def check():
        with turn_to_check():
            crowd.enter()
            Event().wait(0.01)
            crowd.leave()

    finish(start(20, check))
    assert (crowd.most, crowd.done) == (CHECKING_PASSWORDS, 20)


def test_at_most_four_requests_work_at_a_time():
    """Check 13. More would only wait for each other at the database."""
    crowd = Crowd()

    def work(request):
        crowd.enter()
        Event().wait(0.01)
        crowd.leave()

    page = TurnMiddleware(work)
    finish(start(20, lambda: page(None)))
    assert (crowd.most, crowd.done) == (AT_WORK, 20)


def test_pages_are_served_while_many_wait_for_their_check():
    """Check 13. The first checks do not end here; a page is answered all the same."""
    go_on, answered = Event(), Event()

    def sign_in(request):
        with turn_to_check():
            go_on.wait(20)

    waiting = start(30, lambda: TurnMiddleware(sign_in)(None))
    reading = start(1, lambda: TurnMiddleware(lambda request: answered.set())(None))
    assert answered.wait(10)
    go_on.set()
    finish(waiting + reading)


def test_turn_is_given_back_when_the_check_fails():
    """Check 13. An error must not use up turns for good."""
    done = Crowd()

    def broken(request):
        with turn_to_check():
            raise ValueError

    def ask():
        try:
            TurnMiddleware(broken)(None)
        except ValueError:
            done.leave()

    finish(start(3 * AT_WORK, ask))
    finish(start(AT_WORK, lambda: TurnMiddleware(lambda request: done.leave())(None)))
    assert done.done == 4 * AT_WORK


class SlowPhone(BytesIO):
    """What a browser sends; it comes when ``arrived`` says so."""

    def __init__(self, body: bytes, arrived: Event):
        super().__init__(body)
        self.arrived = arrived

    def read(self, size: int | None = -1) -> bytes:
        self.arrived.wait(20)
        return super().read(size)


def test_slow_uploads_keep_nobody_waiting(settings):
    """Check 47: thirty forms are on their way, and a page is answered all the same."""
    order = [name.rsplit(".", 1)[-1] for name in settings.MIDDLEWARE]
    assert order.index("BodyFirstMiddleware") < order.index("TurnMiddleware")
    arrived, answered, captions = Event(), Event(), []
    page = BodyFirstMiddleware(
        TurnMiddleware(lambda request: captions.append(request.POST.get("caption")))
    )

    def send():
        phone = SlowPhone(b"caption=a", arrived)
        kind = "application/x-www-form-urlencoded"
        more = {"wsgi.input": phone}
        page(RequestFactory().generic("POST", "/", b"caption=a", content_type=kind, **more))

    waiting = start(30, send)
    reading = start(1, lambda: TurnMiddleware(lambda request: answered.set())(None))
    assert answered.wait(10)
    assert captions == []
    arrived.set()
    finish(waiting + reading)
    assert captions == ["a"] * 30
