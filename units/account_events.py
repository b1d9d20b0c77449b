"""Events about accounts: sign-ins, locks, sessions. They are seen where the account works."""

from units.events import record
from units.models import Unit, User


def report(action: str, account: User | None, **detail):
    """Put ``action`` on ``account`` into the change log, under the account's first unit.

    None stands for a name that no account has: the log then names neither account nor unit.
    """
    unit = None
    if account is not None:
        unit = Unit.objects.filter(grants__user=account).order_by("path").first()
    record(action, unit=unit, row=account, **detail)
