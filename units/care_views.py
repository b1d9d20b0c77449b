"""Pages where a system administrator looks after other people's accounts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from units.account_care import (
    accounts_in_care_of,
    disable,
    reset_second_factor,
    states,
)
from units.lockout import unlock
from units.passwords import give_one_time_password
from units.recent_sign_in import recent_sign_in_required
from units.sessions import live_sessions, sign_out_elsewhere


@require_safe
def accounts(request):
    """The accounts in one's care: locked, signed in, unused for 90 days."""
    lines = states(_accounts(request), now=timezone.now())
    context = {
        "lines": [line for line in lines if line.account.is_active],
        "disabled": [line for line in lines if not line.account.is_active],
    }
    return render(request, "units/account/others.html", context)


@require_safe
def account(request, pk: int):
    """One account: its state, its sessions, and what can be done for it."""
    account = get_object_or_404(_accounts(request), pk=pk)
    now = timezone.now()
    (state,) = states(_accounts(request).filter(pk=pk), now=now)
    sessions = live_sessions(now=now).filter(user=account)
    return render(request, "units/account/other.html", {"state": state, "sessions": sessions})


@require_POST
def unlock_account(request, pk: int):
    """Open a locked account before its time."""
    account = get_object_or_404(_accounts(request), pk=pk)
    unlock(account)
    messages.success(request, _("%(name)s can sign in again.") % {"name": account})
    return redirect("other-account", pk=pk)


@require_POST
def sign_account_out(request, pk: int):
    """End one session of an account, or all of them."""
    account = get_object_or_404(_accounts(request), pk=pk)
    only = request.POST.get("session")
    if not sign_out_elsewhere(account, only=only) and only is not None:
        raise Http404
    messages.success(request, _("Signed out there."))
    return redirect("other-account", pk=pk)


@require_POST
@recent_sign_in_required
def disable_account(request, pk: int):
    """Close the account of somebody who leaves, in one step."""
    account = get_object_or_404(_accounts(request), pk=pk)
    disable(account)
    messages.success(request, _("The account of %(name)s is disabled.") % {"name": account})
    return redirect("other-accounts")


@require_POST
@recent_sign_in_required
def reset_password_of(request, pk: int):
    """A new one-time password, shown this once; the second factor stays."""
    account = get_object_or_404(_accounts(request), pk=pk)
    password = give_one_time_password(account)
    account.save()
    context = {"account": account, "password": password}
    return render(request, "units/account/one_time_password.html", context)


@require_POST
@recent_sign_in_required
def reset_second_factor_of(request, pk: int):
    """Take away the second factor of somebody who lost phone and recovery codes."""
    account = get_object_or_404(_accounts(request), pk=pk)
    reset_second_factor(account)
    messages.success(
        request,
        _("%(name)s signs in with the password alone until a new one is set up.")
        % {"name": account},
    )
    return redirect("other-account", pk=pk)


def _accounts(request):
    """The accounts in care of the person who asks; 403 for everybody but administrators."""
    if not request.user.has_perm("units.change_user"):
        raise PermissionDenied
    return accounts_in_care_of(request.user)
