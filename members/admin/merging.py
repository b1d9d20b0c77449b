"""Two entries of one person made one, from the roster: tick two, look at both, confirm."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.merge_forms import MergeForm
from members.merge_plan import plan_of
from members.merging import MergeRefused, merge, refuse_unless_allowed
from members.models import Member
from units.editing import STAMP_FIELD, is_stale, stamp_of
from units.events import hold_chain

_STALE = gettext_lazy(
    "Somebody changed one of these entries in the meantime. Nothing was merged: look at both again "
    "and confirm once more."
)


class MergingAdmin(admin.ModelAdmin):
    """Mixed into the admin of people: the action, and the page on which it is confirmed."""

    def get_urls(self):
        """The page on which two entries stand side by side."""
        page = path(
            "<int:keep>/merge/<int:gone>/",
            self.admin_site.admin_view(self.merge_page),
            name="members_member_merge",
        )
        return [page, *super().get_urls()]

    @admin.action(
        description=gettext_lazy("Merge two entries of one person"), permissions=["delete"]
    )
    def merge_two(self, request, queryset):
        """Lead to the page that shows both; the older entry is the one that remains."""
        keys = sorted(queryset.values_list("pk", flat=True)[:3])
        if len(keys) != 2:
            self.message_user(request, _("Tick exactly two entries."), messages.ERROR)
            return None
        return redirect("admin:members_member_merge", *keys)

    def merge_page(self, request, keep: int, gone: int):
        """Both entries side by side; when confirmed, one."""
        with transaction.atomic():
            if request.method == "POST":
                hold_chain()
            entries = [self._entry(request, key) for key in (keep, gone)]
            return self._merge_page(request, *entries)

    def _entry(self, request, key: int) -> Member:
        entry = self.get_queryset(request).filter(pk=key).first()
        if entry is None:
            self._refuse_strangers(request)
            raise Http404
        if not (
            self.has_change_permission(request, entry)
            and self.has_delete_permission(request, entry)
        ):
            raise PermissionDenied
        return entry

    def _refuse_strangers(self, request):
        """Whoever may merge nothing anywhere learns nothing about what is there."""
        if not self.has_delete_permission(request):
            raise PermissionDenied

    def _merge_page(self, request, keep: Member, gone: Member):
        plan = plan_of(keep, gone)
        form = MergeForm(request.POST or None, plan=plan)
        obstacle = _obstacle(keep, gone)
        stale = form.is_bound and is_stale(request.POST.get(STAMP_FIELD, ""), plan.rows_shown())
        if stale:
            form.add_error(None, _STALE)
        if not obstacle and form.is_valid() and self._merged(request, keep, gone, form):
            return redirect(reverse("admin:members_member_change", args=[keep.pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Merge two entries of one person"),
            "keep": keep,
            "gone": gone,
            "form": form,
            "obstacle": obstacle,
            "careful_field": {"name": STAMP_FIELD, "value": stamp_of(plan.rows_shown())},
        }
        return TemplateResponse(request, "admin/members/member/merge.html", context).render()

    def _merged(self, request, keep: Member, gone: Member, form: MergeForm) -> bool:
        """Whether it was done; if not, the form says why."""
        try:
            with transaction.atomic():
                merge(
                    keep,
                    gone,
                    reason=form.cleaned_data["reason"],
                    day=timezone.localdate(),
                    choices=form.choices(),
                )
        except MergeRefused as refused:
            form.add_error(None, str(refused))
            return False
        self.log_change(request, keep, str(_("Merged with another entry of the same person.")))
        self.message_user(request, _("Merged: this is the one entry now."), messages.SUCCESS)
        return True


def _obstacle(keep: Member, gone: Member) -> str:
    """Why the two cannot be merged for any reason; empty if they can."""
    try:
        refuse_unless_allowed(keep, gone, reason=" – ", day=timezone.localdate())
    except MergeRefused as refused:
        return str(refused)
    return ""
