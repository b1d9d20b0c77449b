"""Years that are closed for good, and the exceptions under which something in one is corrected."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from units.acting import current_act
from units.dates import Period
from units.dating import YearOfUnit
from units.events import Action
from units.models.unit import Unit
from units.models.user import User, holds
from units.permanent import PermanentQuerySet, PermanentRow
from units.roles import Right, roles_with
from units.scoping import UnitRow, scoped

LONGEST_EXCEPTION = timedelta(days=30)
KEEPS_RECORDS = "units.change_unityear"
"""The permission that tells who may correct records, and so may be given an exception."""


class ClosedYear(PermanentRow):
    """One unit's year whose report is signed. ``first_on`` and ``last_on`` are its days then."""

    year = models.PositiveSmallIntegerField(_("year"))
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("closing day"))
    closed_at = models.DateTimeField(_("closed at"))
    closed_by = models.ForeignKey(
        User, verbose_name=_("closed by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = scoped(PermanentQuerySet)

    class Meta(PermanentRow.Meta):
        verbose_name = _("closed year")
        verbose_name_plural = _("closed years")
        ordering = ["unit", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="year_closed_once",
                violation_error_message=_("This year is closed already."),
            ),
            models.CheckConstraint(
                condition=Q(last_on__gt=F("first_on")), name="closed_year_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return f"{self.unit} {self.year}"

    def in_question(self) -> YearOfUnit:
        """The year as the rules of :mod:`units.dating` ask about it."""
        return YearOfUnit(self.unit_id, self.year, Period(self.first_on, self.last_on))

    def exception_for(self, actor: User | None, *, moment: datetime) -> "YearException | None":
        """The exception under which ``actor`` may correct this year at ``moment``."""
        if actor is None:
            return None
        return self.exceptions.open_at(moment).filter(user=actor).order_by("pk").first()

    def openers_but(self, actor: User | None) -> str:
        """The names of those who may give ``actor`` an exception, joined; "" if there is nobody."""
        openers = User.objects.filter(
            is_active=True, grants__unit=self.unit_id, grants__role__in=roles_with(Right.OPEN_YEAR)
        ).exclude(pk=getattr(actor, "pk", None))
        return "、".join(map(str, openers.distinct()))

    def clean(self):
        """Refuse a year closed by somebody who may not sign the unit's reports."""
        super().clean()
        if (
            self.unit_id
            and self.closed_by_id
            and not holds(Right.SIGN_REPORT, self.closed_by, self.unit)
        ):
            raise ValidationError({"closed_by": _("Only a secretary of the unit closes its year.")})


class YearExceptionQuerySet(PermanentQuerySet):
    """Questions about exceptions; they are given and withdrawn one by one."""

    def open_at(self, moment: datetime) -> "YearExceptionQuerySet":
        """Those that last at ``moment``."""
        return self.filter(started_at__lte=moment, ends_at__gt=moment, withdrawn_at__isnull=True)


class YearException(PermanentRow):
    """A closed year opened to one person, by another, for a reason and a time.

    Once given, it can be withdrawn and nothing else. What was changed under it are its
    ``changes``.
    """

    closed_year = models.ForeignKey(
        ClosedYear,
        verbose_name=_("closed year"),
        on_delete=models.PROTECT,
        related_name="exceptions",
    )
    user = models.ForeignKey(
        User, verbose_name=_("for"), on_delete=models.PROTECT, related_name="year_exceptions"
    )
    reason = models.CharField(
        _("reason"),
        max_length=200,
        help_text=_("What has to be corrected, and on what ground; no names of people."),
    )
    granted_by = models.ForeignKey(
        User, verbose_name=_("given by"), on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(_("given at"))
    ends_at = models.DateTimeField(_("ends at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = scoped(YearExceptionQuerySet)

    class Meta(PermanentRow.Meta):
        verbose_name = _("exception for a closed year")
        verbose_name_plural = _("exceptions for closed years")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("started_at")),
                name="exception_ends_after_it_begins",
                violation_error_message=_("The end must come after the beginning."),
            ),
            models.CheckConstraint(
                condition=~Q(user=F("granted_by")),
                name="exception_from_another_hand",
                violation_error_message=_("Nobody gives an exception to themselves."),
            ),
        ]

    def __str__(self):
        return f"{self.closed_year}: {self.user}"

    def lasts_at(self, moment: datetime) -> bool:
        """Whether it opens anything at ``moment``."""
        return self.withdrawn_at is None and self.started_at <= moment < self.ends_at

    def save(self, *args, **kwargs):
        """Give what the rules allow, or withdraw. ValidationError, PermissionDenied."""
        if self._state.adding:
            self.full_clean()
            self._refuse_unless_opener(self.granted_by)
            super().save(*args, **kwargs)
        else:
            self._refuse_all_but_withdrawing()
            UnitRow.save(self, *args, **kwargs)

    def withdraw(self, *, moment: datetime):
        """End it before its time; does nothing to one that is over already."""
        if self.lasts_at(moment):
            self.withdrawn_at = moment
            self.save()

    def clean(self):
        """Who may receive it, and for how long."""
        super().clean()
        if None in (self.unit_id, self.user_id, self.started_at, self.ends_at):
            return
        if self._state.adding and not holds(KEEPS_RECORDS, self.user, self.unit):
            raise ValidationError({"user": _("Choose somebody who keeps this unit's records.")})
        if self.ends_at - self.started_at > LONGEST_EXCEPTION:
            raise ValidationError(_("At most %(days)s days.") % {"days": LONGEST_EXCEPTION.days})

    def _refuse_all_but_withdrawing(self):
        """Only the end before time may be added, once, by somebody who may give exceptions."""
        stored = YearException.objects.get(pk=self.pk)
        free = {"withdrawn_at", "version"}
        names = [f.attname for f in self._meta.concrete_fields if f.attname not in free]
        changed = any(getattr(stored, name) != getattr(self, name) for name in names)
        if changed or stored.withdrawn_at is not None:
            raise PermissionDenied("An exception that was given can only be withdrawn.")
        if current_act().user is not None:
            self._refuse_unless_opener(current_act().user)

    def _refuse_unless_opener(self, giver: User):
        """PermissionDenied unless ``giver`` acts, and is a secretary of the unit."""
        actor = current_act().user
        if actor is not None and actor.pk != giver.pk:
            raise PermissionDenied("An exception is given in one's own name.")
        if not opens_years(giver, self.unit):
            raise PermissionDenied("Only a secretary of the unit opens a closed year.")


class ChangeUnderException(models.Model):
    """One change of a closed year and the exception it was made under; written with its event.

    ``number`` is the event's. Who did it is who the exception is for.
    """

    exception = models.ForeignKey(
        YearException,
        verbose_name=_("exception"),
        on_delete=models.PROTECT,
        related_name="changes",
    )
    number = models.PositiveBigIntegerField(_("number"))
    at = models.DateTimeField(_("time"))
    action = models.CharField(_("what happened"), max_length=15, choices=Action)
    model = models.CharField(_("kind of record"), max_length=60)
    object_id = models.CharField(_("record"), max_length=60)

    class Meta:
        verbose_name = _("change under an exception")
        verbose_name_plural = _("changes under exceptions")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["exception", "number"], name="change_under_exception_once"
            )
        ]

    def __str__(self):
        return f"{self.number} {self.get_action_display()}"


def opens_years(user: User, unit: Unit) -> bool:
    """Whether ``user`` may give exceptions for the closed years of ``unit``."""
    return holds(Right.OPEN_YEAR, user, unit)
