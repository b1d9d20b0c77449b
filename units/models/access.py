"""A unit's records opened, for a reason and a time, to somebody from outside the unit."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from units.acting import current_act
from units.models.unit import Unit
from units.models.user import RoleGrant, User
from units.recording import Recorded, RecordedQuerySet
from units.roles import Right, Role, roles_with

LONGEST_TO_ADMINISTRATOR = timedelta(days=30)
LONGEST_TO_DISTRICT = timedelta(days=365)
_ONE_BY_ONE = "Access is given and withdrawn one by one."


class AccessGrantQuerySet(RecordedQuerySet):
    """Questions about accesses; what would go around the rules for giving one is refused."""

    def open_at(self, moment: datetime) -> "AccessGrantQuerySet":
        """Those that last at ``moment``."""
        return self.filter(started_at__lte=moment, ends_at__gt=moment, withdrawn_at__isnull=True)

    def to_user(self, user: User) -> "AccessGrantQuerySet":
        """Those given to ``user``, or to a district office whose reports they read."""
        offices = user.keys_of_units_with(Right.SEE_REPORT)
        return self.filter(Q(user=user) | Q(to_unit__in=offices))

    def update(self, **values):
        """Refused."""
        raise PermissionDenied(_ONE_BY_ONE)

    def bulk_create(self, objs, **options):
        """Refused."""
        raise PermissionDenied(_ONE_BY_ONE)

    def delete(self):
        """Refused: an access is withdrawn, and stays listed."""
        raise PermissionDenied("An access is withdrawn, not deleted.")


class AccessGrant(Recorded):
    """Reading of one unit's records, given by a secretary of the unit.

    It goes to a system administrator of the unit, or to the people of a district office above it.
    Once given, it can be withdrawn and nothing else.
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="accesses_given"
    )
    user = models.ForeignKey(
        User,
        verbose_name=_("system administrator"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accesses",
    )
    to_unit = models.ForeignKey(
        Unit,
        verbose_name=_("district office"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accesses",
    )
    reason = models.CharField(_("reason"), max_length=300)
    granted_by = models.ForeignKey(
        User, verbose_name=_("given by"), on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(_("given at"))
    ends_at = models.DateTimeField(_("ends at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = AccessGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("access from outside")
        verbose_name_plural = _("accesses from outside")
        base_manager_name = "objects"
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(to_unit__isnull=True),
                name="access_is_for_one",
                violation_error_message=_("Choose either an administrator or a district office."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("started_at")),
                name="access_ends_after_it_begins",
                violation_error_message=_("The end must come after the beginning."),
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.receiver}"

    @property
    def receiver(self) -> User | Unit | None:
        """To whom the records are open."""
        return self.user or self.to_unit

    def lasts_at(self, moment: datetime) -> bool:
        """Whether it opens anything at ``moment``."""
        return self.withdrawn_at is None and self.started_at <= moment < self.ends_at

    def save(self, *args, **kwargs):
        """Give what the rules allow, or withdraw. ValidationError, PermissionDenied."""
        self.full_clean()
        if self._state.adding:
            self._refuse_unless_secretary(self.granted_by)
        else:
            self._refuse_all_but_withdrawing()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Refused: an access is withdrawn, and stays listed."""
        raise PermissionDenied("An access is withdrawn, not deleted.")

    def withdraw(self, *, moment: datetime):
        """End it before its time; does nothing to one that is over already."""
        if self.lasts_at(moment):
            self.withdrawn_at = moment
            self.save()

    def clean(self):
        """Who may receive it, for how long, and from whom."""
        super().clean()
        if None in (self.unit_id, self.granted_by_id, self.started_at, self.ends_at):
            return
        if self._state.adding:
            self._check_receiver()
            self._check_length()

    def _check_receiver(self):
        if self.user_id is not None:
            if self.user_id == self.granted_by_id:
                raise ValidationError({"user": _("Nobody gives access to themselves.")})
            if not self._administers(self.user):
                raise ValidationError({"user": _("Choose a system administrator of the unit.")})
        if self.to_unit_id is not None:
            if RoleGrant.objects.filter(user=self.granted_by, unit=self.to_unit).exists():
                raise ValidationError({"to_unit": _("Nobody gives access to themselves.")})
            above = self.unit.path.startswith(self.to_unit.path) and self.unit != self.to_unit
            if self.to_unit.kind != Unit.Kind.DISTRICT or not above:
                raise ValidationError({"to_unit": _("Choose a district office above the unit.")})

    def _check_length(self):
        longest = LONGEST_TO_DISTRICT if self.user_id is None else LONGEST_TO_ADMINISTRATOR
        if self.ends_at - self.started_at > longest:
            raise ValidationError(_("At most %(days)s days.") % {"days": longest.days})

    def _administers(self, user: User) -> bool:
        held = RoleGrant.objects.filter(user=user, role=Role.ADMINISTRATOR).select_related("unit")
        return user.is_active and any(self.unit.path.startswith(g.unit.path) for g in held)

    def _refuse_all_but_withdrawing(self):
        """Only the end before time may be added, once, by a secretary of the unit."""
        stored = AccessGrant.objects.get(pk=self.pk)
        names = [f.attname for f in self._meta.concrete_fields if f.attname != "withdrawn_at"]
        changed = any(getattr(stored, name) != getattr(self, name) for name in names)
        if changed or stored.withdrawn_at is not None:
            raise PermissionDenied("An access that was given can only be withdrawn.")
        if current_act().user is not None:
            self._refuse_unless_secretary(current_act().user)

    def _refuse_unless_secretary(self, giver: User):
        """PermissionDenied unless ``giver`` acts, and is a secretary of the unit."""
        actor = current_act().user
        if actor is not None and actor.pk != giver.pk:
            raise PermissionDenied("Access is given in one's own name.")
        if not gives_access(giver, self.unit):
            raise PermissionDenied("Only a secretary of the unit gives access to its records.")


def gives_access(user: User, unit: Unit) -> bool:
    """Whether ``user`` may open the records of ``unit`` to somebody from outside."""
    roles = roles_with(Right.GIVE_ACCESS)
    return (
        user.is_active and RoleGrant.objects.filter(user=user, unit=unit, role__in=roles).exists()
    )
