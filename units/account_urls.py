"""Addresses about accounts: one's own, and those in an administrator's care."""

from django.urls import path

from units import account_views, care_views, draft_views

urlpatterns = [
    path("", account_views.own_account, name="account"),
    path("code/", account_views.enter_code, name="enter-code"),
    path("confirm/", account_views.confirm, name="confirm-sign-in"),
    path("password/", account_views.change_password, name="change-password"),
    path("sessions/end/", account_views.end_own_session, name="end-session"),
    path("second-factor/", account_views.set_up_second_factor, name="set-up-second-factor"),
    path("second-factor/codes/", account_views.renew_recovery_codes, name="renew-recovery-codes"),
    path("second-factor/remove/", account_views.remove_second_factor, name="remove-second-factor"),
    path("draft/", draft_views.draft, name="draft"),
    path("draft/discard/", draft_views.discard_draft, name="discard-draft"),
    path("others/", care_views.accounts, name="other-accounts"),
    path("others/<int:pk>/", care_views.account, name="other-account"),
    path("others/<int:pk>/unlock/", care_views.unlock_account, name="unlock-account"),
    path("others/<int:pk>/sign-out/", care_views.sign_account_out, name="sign-account-out"),
    path("others/<int:pk>/disable/", care_views.disable_account, name="disable-account"),
    path("others/<int:pk>/password/", care_views.reset_password_of, name="reset-password-of"),
    path(
        "others/<int:pk>/second-factor/",
        care_views.reset_second_factor_of,
        name="reset-second-factor-of",
    ),
]
