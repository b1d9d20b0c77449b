"""The people who sign in, and the roles they hold in units."""

from collections.abc import Iterable

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from units.acting import current_act
from units.events import hold_chain
from units.models.unit import Unit
from units.recording import Recorded, RecordedQuerySet
from units.roles import EXCLUSIVE, RIGHTS_BY_ACCESS, Right, Role, rights_of, roles_with


class UserManager(BaseUserManager.from_queryset(RecordedQuerySet)):
    """Makes accounts. There is no superuser: rights come from roles alone."""

    def create_user(self, username: str, password: str | None = None, **fields) -> "User":
        """An active account; ``password`` None leaves it without a usable password."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user


class User(Recorded, AbstractBaseUser):
    """An account of one person. What it may do follows from its :class:`RoleGrant` rows."""

    username = models.CharField(
        _("user name"),
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("An account of that name exists already.")},
    )
    full_name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    is_active = models.BooleanField(_("active"), default=True)
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    created_at = models.DateTimeField(pgettext_lazy("account", "made at"), auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]
    HIDDEN_FIELDS = frozenset({"password"})
    is_superuser = False

    objects = UserManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["username"]

    def __str__(self):
        return self.full_name or self.username

    @property
    def held_grants(self) -> list[tuple[int, str]]:
        """(key of the unit, role) for every role of this person; read once per object."""
        if not hasattr(self, "_held_grants"):
            self.take_grants(self.grants.values_list("unit", "role"))
        return self._held_grants

    def take_grants(self, held: Iterable[tuple[int, str]]):
        """Remember (key of the unit, role) of every role, read by whoever read the account."""
        self._held_grants = list(held)

    @property
    def held_roles(self) -> set[str]:
        """The roles this person holds in any unit."""
        return {role for _unit, role in self.held_grants}

    def holds_in(self, unit: Unit, right: str) -> bool:
        """Whether a role of one's own in ``unit``, and not an access, gives ``right``."""
        return unit.pk in self.keys_of_units_with(right)

    def keys_of_units_with(self, right: str) -> set[int]:
        """The keys of the units where a role of one's own, and not an access, gives ``right``.

        ``has_perm`` answers for all units at once; whoever keeps the records of one school and only
        reads those of another must not change the second one's.
        """
        return {unit for unit, role in self.held_grants if right in rights_of(role)}

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin opens for this person."""
        return self.has_right(Right.USE_ADMIN)

    @property
    def reads_log(self) -> bool:
        """Whether the change log of some unit opens for this person."""
        return self.has_right(Right.SEE_LOG)

    @property
    def sees_contacts(self) -> bool:
        """Whether the pages about people's own data open for this person."""
        return self.has_right(Right.SEE_CONTACT)

    def reads_in(self, unit: Unit) -> bool:
        """Whether a role of one's own, and not an access from outside, opens the unit's records."""
        return self.holds_in(unit, Right.SEE_RECORDS)

    @property
    def has_access(self) -> bool:
        """Whether a secretary has opened some unit's records to this person; read once."""
        if not hasattr(self, "_has_access"):
            self._has_access = self._open_accesses().exists()
        return self._has_access

    def has_right(self, right: str) -> bool:
        """Whether one of the person's roles gives ``right``, or an access granted to them does."""
        if not self.is_active:
            return False
        if any(right in rights_of(role) for role in self.held_roles):
            return True
        return right in RIGHTS_BY_ACCESS and self.has_access

    def has_perm(self, perm: str, obj=None) -> bool:
        """Django's permission question, answered from the roles (``members.view_member`` …)."""
        return self.has_right(perm)

    def has_perms(self, perm_list, obj=None) -> bool:
        """Whether every permission of the list is held."""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether any permission within ``app_label`` is held."""
        rights = set().union(*(rights_of(role) for role in self.held_roles))
        if self.is_active and any(right.startswith(f"{app_label}.") for right in rights):
            return True
        return any(r.startswith(f"{app_label}.") for r in RIGHTS_BY_ACCESS) and self.has_right(
            Right.SEE_RECORDS
        )

    def units_with_records(self) -> models.QuerySet[Unit]:
        """The units whose records this person may see.

        Those where a role of theirs says so, and those opened to them by an access that lasts.
        """
        own = self.keys_of_units_with(Right.SEE_RECORDS)
        opened = self._open_accesses().order_by().values("unit")
        return Unit.objects.filter(Q(pk__in=own) | Q(pk__in=opened))

    def units_with_figures(self) -> models.QuerySet[Unit]:
        """The units whose figures this person may see, though perhaps not whom they count.

        Besides those with records: every unit below a district office where they read reports.
        """
        offices = Unit.objects.filter(
            kind=Unit.Kind.DISTRICT,
            grants__user=self,
            grants__role__in=roles_with(Right.SEE_REPORT),
        )
        found = Q(pk__in=self.units_with_records().order_by().values("pk"))
        for path in offices.values_list("path", flat=True):
            found |= Q(path__startswith=path)
        return Unit.objects.filter(found)

    def units_with_log(self) -> models.QuerySet[Unit]:
        """The units whose change log this person may read: where they are auditor, and below."""
        tops = Unit.objects.filter(grants__user=self, grants__role__in=roles_with(Right.SEE_LOG))
        below = Q(pk__in=[])
        for path in tops.values_list("path", flat=True):
            below |= Q(path__startswith=path)
        return Unit.objects.filter(below)

    def _open_accesses(self) -> models.QuerySet:
        """The accesses that last now, to this person or to a district office they read for."""
        return self.accesses.model.objects.open_at(timezone.now()).to_user(self)


class RoleGrantQuerySet(RecordedQuerySet):
    """Roles are given and taken one by one, so that each is judged: see :class:`RoleGrant`."""

    def update(self, **values):
        """Refused: it would judge nothing."""
        raise PermissionDenied("Roles are given one by one.")

    def bulk_create(self, objs, **options):
        """Refused: it would judge nothing."""
        raise PermissionDenied("Roles are given one by one.")

    def delete(self):
        """As Django's, unless one of the roles is the acting person's own."""
        for grant in self:
            grant.refuse_own()
        return super().delete()


class RoleGrant(Recorded):
    """One role of one person in one unit."""

    user = models.ForeignKey(
        User, verbose_name=_("account"), on_delete=models.CASCADE, related_name="grants"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="grants"
    )
    role = models.CharField(_("role"), max_length=15, choices=Role)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        # Related managers would go around the rules above through a plain base manager.
        base_manager_name = "objects"
        verbose_name = _("role of an account")
        verbose_name_plural = _("roles of accounts")
        ordering = ["user", "unit", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                name="role_once_per_user_and_unit",
                violation_error_message=_("This account already holds that role in that unit."),
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"

    def save(self, *args, **kwargs):
        """Save what passes every rule, whichever door it came through.

        PermissionDenied for the acting person's own roles, ValidationError for the others.
        """
        self.refuse_own()
        with transaction.atomic():
            # In a row with other writers: two exclusive roles must not slip in side by side.
            hold_chain()
            self.full_clean()
            super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """As Django's, unless it is the acting person's own role: PermissionDenied."""
        self.refuse_own()
        return super().delete(*args, **kwargs)

    def refuse_own(self):
        """Nobody gives or takes their own roles (GB/T 22239 访问控制 d): PermissionDenied.

        That holds for the account it is to belong to and for the one it belongs to in the table.
        """
        actor = getattr(current_act().user, "pk", None)
        if actor is None:
            return
        stored = RoleGrant.objects.filter(pk=self.pk, user=actor) if self.pk else None
        if self.user_id == actor or (stored is not None and stored.exists()):
            raise PermissionDenied("Nobody changes their own roles.")

    def clean(self):
        """Refuse two of administrator, auditor and secretary in one hand (GB/T 22239, 三员分立)."""
        super().clean()
        if self.user_id and self.role in EXCLUSIVE:
            others = EXCLUSIVE - {self.role}
            held = RoleGrant.objects.filter(user=self.user, role__in=others).exclude(pk=self.pk)
            if held.exists():
                raise ValidationError(
                    _("Nobody may hold two of administrator, auditor and secretary.")
                )


def holds(right: str, user: User, unit: Unit) -> bool:
    """Whether a role of ``user`` in that very unit gives ``right``; an access never does."""
    roles = roles_with(right)
    return (
        user.is_active and RoleGrant.objects.filter(user=user, unit=unit, role__in=roles).exists()
    )
