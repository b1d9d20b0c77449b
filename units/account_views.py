"""Pages about one's own account: password, open sessions, second factor, and signing in and out."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from units.account_forms import CodeForm, NewPasswordForm, PasswordCheckForm
from units.account_gate import PASSWORD, SECOND_FACTOR, open_to
from units.events import hold_chain
from units.lockout import forgive, is_locked, refuse_code
from units.passwords import must_change, password_record
from units.recent_sign_in import recent_sign_in_required, safe_address
from units.second_factor import (
    accept,
    address_of_key,
    codes_left,
    has_second_factor,
    is_compulsory_for,
    new_key,
    new_recovery_codes,
    picture_of_key,
    remove,
    set_up,
)
from units.sessions import (
    end_sessions,
    live_sessions,
    open_session,
    renew_session_key,
    sign_out_elsewhere,
)
from units.signin import expected_user, sign_in, sign_out
from units.turns import turn_to_check

_KEY = "second_factor_key"


@login_not_required
def enter_code(request):
    """The second step of signing in: the code of the person whose password was right."""
    user, going_to = expected_user(request, now=timezone.now())
    if user is None:
        return redirect("login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and not is_locked(request, user) and form.is_valid():
        factor = accept(user, form.cleaned_data["code"], now=timezone.now())
        if factor is not None:
            return _signed_in(request, user, factor, going_to)
        refuse_code(request, user)
        form.add_error("code", _("This code is wrong, or was used already. Wait for the next one."))
    return render(request, "units/account/code.html", {"form": form})


@open_to(PASSWORD, SECOND_FACTOR)
@require_POST
def leave(request):
    """Sign out; the browser is told to forget what it kept of this site."""
    sign_out(request)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@open_to(PASSWORD, SECOND_FACTOR)
def confirm(request):
    """The password once more, before something that must not happen at an unattended screen."""
    going_to = safe_address(request, request.POST.get("next") or request.GET.get("next"))
    form = PasswordCheckForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        forgive(request.user)
        renew_session_key(request)
        return HttpResponseRedirect(going_to)
    return render(request, "units/account/confirm.html", {"form": form, "next": going_to})


@open_to(PASSWORD)
def change_password(request):
    """A new password; every other session of the account ends."""
    going_to = safe_address(request, request.POST.get("next") or request.GET.get("next"))
    form = NewPasswordForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        _change_password(request, form.cleaned_data["new_password"])
        messages.success(request, _("The password is changed; other browsers are signed out."))
        return HttpResponseRedirect(going_to)
    context = {
        "form": form,
        "next": going_to,
        "forced": must_change(request.user, now=timezone.now()),
    }
    return render(request, "units/account/password.html", context)


def own_account(request):
    """What concerns one's own account, in one place."""
    now, user = timezone.now(), request.user
    context = {
        "sessions": live_sessions(now=now).filter(user=user),
        "this_session": request.session.session_key,
        "password": password_record(user),
        "has_second_factor": has_second_factor(user),
        "compulsory": _is_compulsory(request),
        "codes_left": codes_left(user),
    }
    return render(request, "units/account/account.html", context)


@require_POST
def end_own_session(request):
    """End one of one's own sessions, or all but this one."""
    only, this = request.POST.get("session"), request.session.session_key
    if not sign_out_elsewhere(request.user, only=only, but=this) and only is not None:
        raise Http404
    messages.success(request, _("Signed out there."))
    return redirect("account")


@open_to(SECOND_FACTOR)
@recent_sign_in_required
def set_up_second_factor(request):
    """Show a key to scan or to type, and take it when the app's first code is right."""
    key = request.session.get(_KEY) or request.session.setdefault(_KEY, new_key())
    form = CodeForm(request.POST or None)
    if request.method == "POST" and not is_locked(request, request.user) and form.is_valid():
        code = "".join(form.cleaned_data["code"].split())
        codes = set_up(request.user, key, code=code, now=timezone.now())
        if codes is not None:
            del request.session[_KEY]
            end_sessions(request.user, but=request.session.session_key)
            renew_session_key(request, second_factor=True)
            return render(request, "units/account/recovery_codes.html", {"codes": codes})
        refuse_code(request, request.user)
        form.add_error(
            "code", _("This code does not belong to the key. Is the phone's clock right?")
        )
    address = address_of_key(request.user, key, issuer=str(_("United-front records")))
    context = {
        "form": form,
        "key": " ".join(key[i : i + 4] for i in range(0, len(key), 4)),
        "picture": picture_of_key(address),
        "compulsory": _is_compulsory(request),
    }
    return render(request, "units/account/second_factor.html", context)


@require_POST
@recent_sign_in_required
def renew_recovery_codes(request):
    """Ten new recovery codes; the old ones stop working."""
    if not has_second_factor(request.user):
        return redirect("account")
    codes = new_recovery_codes(request.user)
    return render(request, "units/account/recovery_codes.html", {"codes": codes})


@require_POST
@recent_sign_in_required
def remove_second_factor(request):
    """Go back to the password alone, where no role demands more."""
    if _is_compulsory(request):
        messages.error(request, _("Your role requires the second factor."))
    else:
        remove(request.user)
        messages.success(request, _("The second factor is removed."))
    return redirect("account")


def _signed_in(request, user, factor: str, going_to: str) -> HttpResponseRedirect:
    try:
        sign_in(request, user, second_factor=factor)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect("login")
    return HttpResponseRedirect(going_to)


def _change_password(request, password: str):
    user = request.user
    with turn_to_check():
        user.set_password(password)
    with transaction.atomic():
        hold_chain()
        user.must_change_password = False
        user.save()
        forgive(user)
        update_session_auth_hash(request, user)
        open_session(request, user)


def _is_compulsory(request) -> bool:
    return is_compulsory_for(role for _unit, role in request.open_session.roles_now)
