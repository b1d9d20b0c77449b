"""Who is acting, on whose request and why: known to everything that happens during the act."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Act:
    """The circumstances of a change.

    ``user`` is the signed-in account or None; ``source`` says through which door it came (a
    path without its query, or ``command load_case``); ``request_id`` ties together what one request
    did; ``reason`` is what the person gave as the reason, where one is asked for.
    ``demanded_by_law`` marks the blanking of personal data, which no lock stops.
    """

    user: object = None
    source: str = ""
    request_id: str = ""
    address: str = ""
    reason: str = ""
    demanded_by_law: bool = False


_current: ContextVar[Act | None] = ContextVar("act", default=None)


def current_act() -> Act:
    """The act going on; an empty one outside any."""
    return _current.get() or Act()


@contextlib.contextmanager
def acting(act: Act) -> Iterator[Act]:
    """Everything inside happens as part of ``act``."""
    token = _current.set(act)
    try:
        yield act
    finally:
        _current.reset(token)


@contextlib.contextmanager
def because(reason: str) -> Iterator[Act]:
    """The act going on, with the reason a person gave for what is done inside."""
    with acting(replace(current_act(), reason=reason)) as act:
        yield act


@contextlib.contextmanager
def as_the_law_demands() -> Iterator[Act]:
    """Everything inside is done though a year is closed or a text is signed (PIPL 46, 47).

    For :mod:`units.blanking` alone.
    """
    with acting(replace(current_act(), demanded_by_law=True)) as act:
        yield act
