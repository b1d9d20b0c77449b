"""The people who sign in, and the roles they hold in units."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from units.models.unit import Unit
from units.recording import Recorded, RecordedQuerySet
from units.roles import EXCLUSIVE, Right, Role, rights_of


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
    full_name = models.CharField(_("name"), max_length=60)
    is_active = models.BooleanField(_("active"), default=True)
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

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
    def held_roles(self) -> set[str]:
        """The roles this person holds in any unit; read once per object."""
        if not hasattr(self, "_held_roles"):
            self._held_roles = set(self.grants.values_list("role", flat=True))
        return self._held_roles

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin opens for this person."""
        return self.has_right(Right.USE_ADMIN)

    def has_right(self, right: str) -> bool:
        """Whether one of the person's roles gives ``right``."""
        return self.is_active and any(right in rights_of(role) for role in self.held_roles)

    def has_perm(self, perm: str, obj=None) -> bool:
        """Django's permission question, answered from the roles (``members.view_member`` …)."""
        return self.has_right(perm)

    def has_perms(self, perm_list, obj=None) -> bool:
        """Whether every permission of the list is held."""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether any permission within ``app_label`` is held."""
        return self.is_active and any(
            right.startswith(f"{app_label}.")
            for role in self.held_roles
            for right in rights_of(role)
        )

    def units_with_records(self) -> models.QuerySet[Unit]:
        """The units whose records this person may see: those where a role of theirs says so."""
        reading = [role for role in Role.values if Right.SEE_RECORDS in rights_of(role)]
        return Unit.objects.filter(grants__user=self, grants__role__in=reading).distinct()


class RoleGrant(Recorded):
    """One role of one person in one unit."""

    user = models.ForeignKey(
        User, verbose_name=_("account"), on_delete=models.CASCADE, related_name="grants"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="grants"
    )
    role = models.CharField(_("role"), max_length=15, choices=Role)

    class Meta:
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
