"""Which unit a page is about, and whether the person asking may read or keep its records.

Every page below ``/<unit>/`` begins with one of these two questions. A unit that may not be seen
and one that is not there are the same 404: the answer must not tell which.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from units.models import Unit
from units.roles import Right


def unit_to_read(request: HttpRequest, code: str) -> Unit:
    """The unit called ``code``, whose records this person may see.

    PermissionDenied for somebody who sees no records anywhere, Http404 for any other unit.
    """
    if not request.user.has_right(Right.SEE_RECORDS):
        raise PermissionDenied
    for unit in request.units_seen:
        if unit.code == code:
            return unit
    raise Http404


def unit_to_keep(request: HttpRequest, code: str, permission: str) -> Unit:
    """The unit called ``code``, in which a role of this person's gives ``permission``.

    ``permission`` is one of Django's, such as ``activities.change_activity``. Whoever may read the
    unit but not keep it gets PermissionDenied.
    """
    unit = unit_to_read(request, code)
    if not may_keep(request.user, unit, permission):
        raise PermissionDenied
    return unit


def may_keep(user, unit: Unit, permission: str) -> bool:
    """Whether a role of ``user`` in ``unit`` itself gives ``permission``; an access never does."""
    return user.holds_in(unit, permission)
