"""A page that makes or changes one record with whatever is entered together with it.

What :mod:`units.careful_admin` does for Django's admin, for our own pages: a page for editing is
stamped with the versions it shows and refused when it is out of date, with both versions side by
side; an empty form makes one record, however often it is sent; writers take turns from the first
look at the record on.
"""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

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

Part = BaseForm | BaseFormSet


class CarefulPage(View):
    """Subclasses say what the page is about; this class sees that nothing is lost or doubled.

    ``self.row`` is the record being changed, None on a page for a new one. The template receives
    the parts by their names, ``careful`` (the hidden field that every form on the page must hold)
    and ``conflicts``.
    """

    http_method_names = ["get", "head", "post", "options"]
    template_name = ""
    model: type[models.Model]
    row: models.Model | None = None

    # --- what a page fills in ---

    def find_row(self) -> models.Model | None:
        """The record to change, read afresh; None on a page for a new one. Also checks rights."""
        raise NotImplementedError

    def make_parts(self, data=None, files=None) -> dict[str, Part]:
        """The forms and formsets of the page, bound to ``data`` where some is given."""
        raise NotImplementedError

    def rows_shown(self) -> Iterable[models.Model]:
        """Every stored record whose values the page shows for editing."""
        return [self.row]

    def check_together(self, parts: dict[str, Part]):
        """Add to the parts, each valid by itself, the faults that lie between them."""

    def save(self, parts: dict[str, Part]) -> models.Model:
        """Store all parts, which are valid; the record. Runs inside a transaction."""
        raise NotImplementedError

    def address_after(self, row: models.Model) -> str:
        """Where to go once ``row`` is stored."""
        raise NotImplementedError

    def page_context(self) -> dict:
        """What else the template needs."""
        return {}

    # --- the way of a request ---

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        """The page with what is stored, or with empty forms."""
        self.row = self.find_row()
        return self._page(self.make_parts())

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        """Store what was entered, all of it or nothing, and lead on; else the page again."""
        try:
            with transaction.atomic():
                hold_chain()
                return self._store()
        except ValidationError as refusal:
            return self._refused(refusal)
        except IntegrityError:
            # The same empty form arrived twice at once, and the other one was faster.
            made = self._made_already()
            if made is None:
                raise
            return made

    def _store(self) -> HttpResponse:
        self.row = self.find_row()
        if self.row is None and (made := self._made_already()):
            return made
        parts = self.make_parts(self.request.POST, self.request.FILES)
        stale = self._is_stale()
        # Every part is asked, so that all faults stand on the page at once.
        faulty = [part for part in parts.values() if not part.is_valid()]
        if not faulty:
            self.check_together(parts)
        if stale or faulty or any(_is_faulty(part) for part in parts.values()):
            return self._page(parts, stale=stale)
        is_new = self.row is None
        row = self.save(parts)
        if is_new:
            token = self.request.POST.get(TOKEN_FIELD, "")
            use_token(token, user=self.request.user, row=row)
        return HttpResponseRedirect(self.address_after(row))

    def _refused(self, refusal: ValidationError) -> HttpResponse:
        """The page again with what only the writing itself refused: a link, a closed year."""
        self.row = self.find_row()
        parts = self.make_parts(self.request.POST, self.request.FILES)
        next(iter(_forms_of(parts))).add_error(None, ValidationError(refusal.messages))
        return self._page(parts)

    def _page(self, parts: dict[str, Part], *, stale: bool = False) -> HttpResponse:
        context = {
            **self.page_context(),
            **parts,
            "row": self.row,
            "careful": self._careful_field(),
            "conflicts": self._conflicts(parts) if stale else [],
            "stale_message": stale_message() if stale else "",
            "has_faults": stale or any(_is_faulty(part) for part in parts.values()),
        }
        return render(self.request, self.template_name, context)

    def _careful_field(self) -> dict[str, str]:
        if self.row is None:
            token = self.request.POST.get(TOKEN_FIELD) or new_token()
            return {"name": TOKEN_FIELD, "value": token}
        return {"name": STAMP_FIELD, "value": stamp_of(self.rows_shown())}

    def _is_stale(self) -> bool:
        if self.row is None:
            return False
        return is_stale(self.request.POST.get(STAMP_FIELD, ""), self.rows_shown())

    def _conflicts(self, parts: dict[str, Part]) -> list[dict]:
        """For each form of a page out of date: whose record, and field by field both versions.

        A part that holds other rows than its form's own record says so in its ``conflicts()``.
        """
        found = [each for part in parts.values() for each in getattr(part, "conflicts", list)()]
        for form in _forms_of(parts):
            row = getattr(form, "instance", None)
            stored = row and row.pk and type(row)._default_manager.filter(pk=row.pk).first()
            if stored and (pairs := differences(form, stored)):
                found.append({"record": str(stored), "pairs": pairs})
        return found

    def _made_already(self) -> HttpResponse | None:
        """The way to the record that this very form made, or None."""
        token = self.request.POST.get(TOKEN_FIELD, "")
        key = made_by(token, user=self.request.user, model=self.model) if token else None
        row = self.model._default_manager.filter(pk=key).first() if key else None
        if row is None:
            return None
        messages.info(self.request, _("This was saved already, once: here it is."))
        return HttpResponseRedirect(self.address_after(row))


def _forms_of(parts: dict[str, Part]) -> Iterable[BaseForm]:
    for part in parts.values():
        yield from part.forms if isinstance(part, BaseFormSet) else [part]


def _is_faulty(part: Part) -> bool:
    if isinstance(part, BaseFormSet):
        return part.is_bound and not part.is_valid()
    return bool(part.is_bound and part.errors)
