"""The admin's pages about units, what they state each year, and accounts with their roles."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Prefetch
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from units.account_care import units_administered_by
from units.careful_admin import CarefulAdmin
from units.models import Department, Holiday, RoleGrant, Unit, UnitYear, User
from units.passwords import give_one_time_password
from units.recent_sign_in import password_once_more, recent_sign_in_required
from units.roles import EXCLUSIVE
from units.scoped_admin import UnitRowAdmin


@admin.register(Unit)
class UnitAdmin(CarefulAdmin):
    """Units are made and renamed here; they are never deleted, nor moved within the tree."""

    fields = ["parent", "kind", "code", "name", "short_name", "signatory"]
    list_display = ["name", "kind", "code", "parent"]
    list_select_related = ["parent"]
    search_fields = ["name", "short_name", "code"]
    ordering = ["path"]

    def get_queryset(self, request):
        """The units this person administers."""
        return super().get_queryset(request).filter(pk__in=units_administered_by(request.user))

    def get_readonly_fields(self, request, obj=None):
        """Moving a unit would hand its accounts to other administrators."""
        return ["parent"] if obj is not None else []

    def get_form(self, request, obj=None, change=False, **kwargs):
        """A new unit stands below one that this person administers."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if "parent" in form.base_fields:
            form.base_fields["parent"].queryset = units_administered_by(request.user)
            form.base_fields["parent"].required = True
        return form

    def has_delete_permission(self, request, obj=None):
        """Never: records, accounts and reports refer to it."""
        return False


@admin.register(Holiday)
class HolidayAdmin(CarefulAdmin):
    """The table of holidays by which working days are counted, the same for every unit."""

    fields = ["day", "name", "works"]
    list_display = ["day", "name", "works"]
    date_hierarchy = "day"
    ordering = ["-day"]


@admin.register(UnitYear)
class UnitYearAdmin(UnitRowAdmin):
    """Head counts, motto and closing day of a year."""

    fields = [
        "unit",
        "year",
        "closes_on",
        ("staff_total", "full_time_teachers", "counted_on"),
        "motto",
    ]
    list_display = ["year", "closes_on", "staff_total", "full_time_teachers", "motto"]
    ordering = ["-year"]


@admin.register(Department)
class DepartmentAdmin(UnitRowAdmin):
    """Departments, as employments name them."""

    fields = ["unit", "name"]
    list_display = ["name"]
    search_fields = ["name"]


class RoleGrantFormSet(forms.BaseInlineFormSet):
    """The roles of one account, judged as they will stand after saving."""

    def clean(self):
        """Refuse two of administrator, auditor and secretary in one hand (GB/T 22239, 三员分立).

        A new account's rows, and rows entered together, are unknown to the row's own check.
        """
        super().clean()
        chosen = {
            form.cleaned_data.get("role")
            for form in self.forms
            if hasattr(form, "cleaned_data") and not form.cleaned_data.get("DELETE")
        }
        if len(chosen & EXCLUSIVE) > 1:
            raise ValidationError(_("Nobody may hold two of administrator, auditor and secretary."))


class RoleGrantTable(admin.TabularInline):
    """The roles of an account in the units that the person at the screen administers."""

    model = RoleGrant
    formset = RoleGrantFormSet
    fields = ["unit", "role"]
    extra = 0
    min_num = 1

    def get_queryset(self, request):
        """The grants in the units this person administers."""
        return super().get_queryset(request).filter(unit__in=units_administered_by(request.user))

    def get_formset(self, request, obj=None, **kwargs):
        """At least one role: an account without any would be seen by no administrator."""
        return super().get_formset(request, obj, validate_min=True, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Roles are given in administered units only."""
        if db_field.name == "unit":
            kwargs["queryset"] = units_administered_by(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(User)
class UserAdmin(CarefulAdmin):
    """Accounts: made with a one-time password, deactivated instead of deleted.

    An account is changed by those only who administer every unit it has a role in, since its
    password opens all of them. Nobody changes their own.
    """

    inlines = [RoleGrantTable]
    list_display = ["username", "full_name", "roles", "is_active", "must_change_password"]
    list_filter = ["is_active"]
    search_fields = ["username", "full_name"]
    readonly_fields = ["must_change_password", "last_login", "created_at"]
    actions = ["give_new_passwords"]

    def get_queryset(self, request):
        """Accounts with a role in a unit this person administers, with those roles."""
        grants = RoleGrant.objects.filter(unit__in=units_administered_by(request.user))
        return (
            super()
            .get_queryset(request)
            .filter(Exists(grants.filter(user=OuterRef("pk"))))
            .prefetch_related(
                Prefetch("grants", grants.select_related("unit"), to_attr="grants_seen")
            )
        )

    @admin.display(description=_("roles"))
    def roles(self, account: User) -> str:
        """Every role that the person at the screen may know of, with its unit."""
        return "；".join(
            f"{grant.unit.short_name} {grant.get_role_display()}" for grant in account.grants_seen
        )

    def get_fields(self, request, obj=None):
        """A new account has a name; an existing one also a state."""
        names = ["username", "full_name"]
        return names if obj is None else [*names, "is_active", *self.readonly_fields]

    def has_change_permission(self, request, obj=None):
        """Not one's own account, and no account with a role in somebody else's unit."""
        if not super().has_change_permission(request, obj) or obj == request.user:
            return False
        elsewhere = RoleGrant.objects.filter(user=obj).exclude(
            unit__in=units_administered_by(request.user)
        )
        return obj is None or not elsewhere.exists()

    def has_delete_permission(self, request, obj=None):
        """Never: what somebody did must stay attributed to them."""
        return False

    @method_decorator(recent_sign_in_required)
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Roles are not changed at a screen that somebody left: the password is asked for again."""
        return super().changeform_view(request, object_id, form_url, extra_context)

    def changelist_view(self, request, extra_context=None):
        """Nor are passwords given there to several accounts at once."""
        asking = password_once_more(request) if request.method == "POST" else None
        return asking or super().changelist_view(request, extra_context)

    def save_model(self, request, obj, form, change):
        """A new account gets its one-time password here; it is kept nowhere but in the answer."""
        if not change:
            obj.one_time_password = give_one_time_password(obj)
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        """The page that shows the one-time password, this once."""
        return self._passwords_page(request, [(obj, obj.one_time_password)])

    @admin.action(description=_("Give a new one-time password"), permissions=["change"])
    def give_new_passwords(self, request, queryset):
        """For forgotten passwords; whoever is signed in to such an account is signed out."""
        if any(not self.has_change_permission(request, account) for account in queryset):
            self.message_user(
                request, _("One of these accounts is not yours to change."), messages.ERROR
            )
            return None
        passwords = []
        for account in queryset:
            passwords.append((account, give_one_time_password(account)))
            account.save()
            self.log_change(request, account, str(_("New one-time password.")))
        return self._passwords_page(request, passwords)

    def _passwords_page(self, request, passwords) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("One-time passwords"),
            "passwords": passwords,
        }
        return TemplateResponse(request, "admin/units/user/one_time_passwords.html", context)
