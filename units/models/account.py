"""What belongs to an account: its sessions, passwords' ages, second factor and drafts.

None of it is a record of the unit's work, and none is in the change log by itself: the deeds that
write these rows report what they did (:mod:`units.signin`, :mod:`units.second_factor` …).
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OpenSession(models.Model):
    """One browser in which a person is signed in. Without this row a session is worth nothing."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="open_sessions"
    )
    session_key = models.CharField(max_length=40, unique=True)
    signed_in_at = models.DateTimeField(_("signed in at"))
    seen_at = models.DateTimeField(_("last used at"))
    confirmed_at = models.DateTimeField(_("password last asked for at"))
    address = models.CharField(_("address"), max_length=45)
    browser = models.CharField(_("browser"), max_length=60)
    second_factor = models.BooleanField(_("signed in with a code"), default=False)
    roles = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("open session")
        verbose_name_plural = _("open sessions")
        ordering = ["-seen_at"]

    def __str__(self):
        return f"{self.user_id} {self.signed_in_at:%Y-%m-%d %H:%M}"


class PasswordRecord(models.Model):
    """When a password was set, and whether it opens the account only once.

    ``digest`` is kept only where the rules of GB/T 22239 are switched on, which forbid the last
    five passwords; it is a hash as in ``User.password``.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="password_records"
    )
    set_at = models.DateTimeField(_("set at"))
    one_time = models.BooleanField(_("one-time password"), default=False)
    used_at = models.DateTimeField(_("used at"), null=True)
    digest = models.CharField(max_length=128, blank=True)

    class Meta:
        verbose_name = _("password's age")
        verbose_name_plural = _("passwords' ages")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.user_id} {self.set_at:%Y-%m-%d}"


class SecondFactor(models.Model):
    """The secret that an account shares with an app on its owner's phone (TOTP, RFC 6238)."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="second_factor"
    )
    sealed_key = models.CharField(max_length=200)
    set_up_at = models.DateTimeField(_("set up at"))
    last_step = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")

    def __str__(self):
        return str(self.user_id)


class RecoveryCode(models.Model):
    """A code for the day the phone is lost; it works once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=128)
    used_at = models.DateTimeField(_("used at"), null=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        ordering = ["pk"]

    def __str__(self):
        return str(self.pk)


class Draft(models.Model):
    """What somebody typed into a form and has not saved yet; seen by that person alone."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    path = models.CharField(max_length=300)
    sealed_content = models.TextField()
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["user", "path"], name="one_draft_per_user_and_page")
        ]

    def __str__(self):
        return f"{self.user_id} {self.path}"
