"""Pages of Django's admin that overwrite nobody's work and make each record once."""

from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.forms.models import _get_foreign_key
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from units.editing import (
    STAMP_FIELD,
    TOKEN_FIELD,
    differences,
    is_stale,
    made_by,
    new_token,
    stale_message,
    stamp_of,
    use_token,
)
from units.events import hold_chain
from units.recording import ChangeRefused


class CarefulForm:
    """Mixed into the forms of such pages: refuses to validate on a page that is out of date."""

    stale = False
    refusals: tuple[str, ...] = ()

    def clean(self):
        """Refuse the whole page, in words that say that nothing is lost."""
        cleaned = super().clean()
        if self.stale:
            self.add_error(None, stale_message())
        for refusal in self.refusals:
            self.add_error(None, refusal)
        return cleaned


class CarefulAdmin(admin.ModelAdmin):
    """Every page for editing is stamped with the versions it shows; every empty form is used once.

    Writers take turns from the first look at the record on (``hold_chain``), so that of two who
    save at the same instant the second sees what the first has written.
    """

    change_form_template = "admin/careful_change_form.html"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """As Django's; what only the writing itself refused comes back on the page."""
        try:
            return self._once(request, object_id, form_url, extra_context)
        except ChangeRefused as refusal:
            request.refusals = refusal.messages
            return self._once(request, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        """As Django's; a refusal is said on the record's page."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except ChangeRefused as refusal:
            return self._say(request, refusal, "change", object_id)

    def changelist_view(self, request, extra_context=None):
        """As Django's; an action is done as a whole, or leads back to the list and says why not."""
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        try:
            with transaction.atomic():
                return super().changelist_view(request, extra_context)
        except ChangeRefused as refusal:
            return self._say(request, refusal, "changelist")

    def _say(self, request, refusal, page: str, *about):
        for message in refusal.messages:
            messages.error(request, message)
        names = f"{self.opts.app_label}_{self.opts.model_name}"
        return redirect(reverse(f"admin:{names}_{page}", args=about))

    def _once(self, request, object_id, form_url, extra_context):
        """A form sent twice leads to the one record it made."""
        if object_id is not None or request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            made = self._already_made(request)
            if made is None:
                raise
            return made

    def _changeform_view(self, request, object_id, form_url, extra_context):
        if request.method == "POST":
            hold_chain()
            # Only now has the other sender of the same form finished, and before the form is asked:
            # it would complain of the name that the other one has just taken.
            if object_id is None and (made := self._already_made(request)):
                return made
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form; when it comes back, it knows whether its page is out of date."""
        form = super().get_form(request, obj, change=change, **kwargs)
        stale = (
            change
            and request.method == "POST"
            and is_stale(request.POST.get(STAMP_FIELD, ""), self._rows_shown(request, obj))
        )
        refusals = tuple(getattr(request, "refusals", ()))
        return type(form.__name__, (CarefulForm, form), {"stale": stale, "refusals": refusals})

    def save_model(self, request, obj, form, change):
        """Save, and in the same transaction note what the empty form made."""
        super().save_model(request, obj, form, change)
        if not change:
            use_token(request.POST.get(TOKEN_FIELD, ""), user=request.user, row=obj)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Put the stamp or the token on the page, and both versions side by side if they differ."""
        if add:
            token = request.POST.get(TOKEN_FIELD) or new_token()
            context["careful_field"] = {"name": TOKEN_FIELD, "value": token}
        else:
            stamp = stamp_of(self._rows_shown(request, obj))
            context["careful_field"] = {"name": STAMP_FIELD, "value": stamp}
            context["conflicts"] = self._conflicts(context) if request.method == "POST" else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _rows_shown(self, request, obj):
        """The record and every row that its page shows below it."""
        yield type(obj)._default_manager.get(pk=obj.pk)
        for _formset, inline in self.get_formsets_with_inlines(request, obj):
            key = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name)
            yield from inline.get_queryset(request).filter(**{key.name: obj}).order_by("pk")

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Not found, as on all other pages: Django would lead to its start page, which opens."""
        raise Http404

    def _conflicts(self, context) -> list[dict]:
        """For each form of a page out of date: whose record, and field by field both versions."""
        main = context["adminform"].form
        if not getattr(main, "stale", False):
            return []
        rows = [form for inline in context["inline_admin_formsets"] for form in inline.formset]
        found = []
        for form in [main, *rows]:
            stored = type(form.instance)._default_manager.filter(pk=form.instance.pk).first()
            if stored is not None and (pairs := differences(form, stored)):
                found.append({"record": str(stored), "pairs": pairs})
        return found

    def _already_made(self, request):
        """The way to the record that this very form made, or None."""
        token = request.POST.get(TOKEN_FIELD, "")
        key = made_by(token, user=request.user, model=self.model)
        if key is None:
            return None
        messages.info(request, _("This was saved already, once: here it is."))
        names = f"{self.opts.app_label}_{self.opts.model_name}"
        return redirect(reverse(f"admin:{names}_change", args=[key]))
