"""What shows that an activity took place: files, addresses of reports, and what is not needed."""

import logging
import re
import secrets
from collections.abc import Iterable
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from units.dating import With
from units.scoping import UnitRow, scoped

logger = logging.getLogger("records")

_LEFT_OPEN = ("caption", "minors_visible", "minors_unrecognisable")
"""What may be said of a file after its year is closed: whether it may leave is asked later too."""
_PLAIN_EXTENSION = re.compile(r"\.[a-z]{3,4}")


class Slot(models.TextChoices):
    """The kinds of evidence that offices file (domain: the default checklist)."""

    NOTICE = "notice", _("notice or invitation")
    SIGN_IN = "sign_in", _("sign-in sheet")
    MINUTES = "minutes", _("minutes")
    PHOTO = "photo", _("photos")
    NEWS = "news", _("news item")
    MATERIAL = "material", _("speech or material")
    OPINIONS = "opinions", _("sheet of opinions")
    PLAN = "plan", _("plan and approval")
    PROOF = "proof", _("document or certificate")
    OTHER = "other", _("other evidence")


def random_path(row: "Evidence", name: str) -> str:
    """A path that nobody can guess; of ``name`` it holds the extension alone, if that is plain."""
    extension = PurePosixPath(name).suffix
    ending = extension if _PLAIN_EXTENSION.fullmatch(extension) else ""
    return f"evidence/{secrets.token_hex(2)}/{secrets.token_hex(16)}{ending}"


class EvidenceQuerySet(models.QuerySet):
    """What may be shown to whom, and files that go with their rows."""

    def may_leave(self):
        """What may stand in an export: nothing in which a child could be recognised.

        A picture that nobody has looked at yet stays in the house.
        """
        no_children = Q(minors_visible=False) | Q(minors_unrecognisable=True)
        return self.filter(no_children | Q(minors_visible=None, thumbnail=""))

    def delete(self):
        """As Django's; the files go when the transaction has ended well."""
        paths = [path for row in self for path in row.paths]
        deleted = super().delete()
        _remove_after_commit(paths)
        return deleted

    delete.alters_data = True
    delete.queryset_only = True


def _remove_after_commit(paths: Iterable[str]):
    """Remove files whose rows are gone. One that cannot be removed is found by verify_files."""

    def remove():
        for path in paths:
            try:
                default_storage.delete(path)
            except OSError:
                logger.warning(
                    "The file %s could not be removed; run manage.py verify_files.", path
                )

    transaction.on_commit(remove)


class Evidence(UnitRow):
    """One file, or one address of a published report, that belongs to an activity.

    ``file`` holds what was checked and, for a picture, made anew without EXIF; ``sha256`` is over
    those bytes. A picture with children may leave the house only where nobody can recognise them;
    ``minors_visible`` is None until somebody has looked.
    """

    activity = models.ForeignKey(
        Activity, verbose_name=_("activity"), on_delete=models.PROTECT, related_name="evidence"
    )
    slot = models.CharField(_("kind of evidence"), max_length=10, choices=Slot)
    file = models.FileField(_("file"), upload_to=random_path, max_length=120, blank=True)
    thumbnail = models.FileField(upload_to=random_path, max_length=120, blank=True, editable=False)
    name = models.CharField(_("file name"), max_length=120, blank=True)
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveIntegerField(_("size"), default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    address = models.CharField(
        _("web address"), max_length=300, blank=True, validators=[URLValidator(["http", "https"])]
    )
    caption = models.CharField(_("caption"), max_length=100, blank=True)
    minors_visible = models.BooleanField(_("minors can be seen"), null=True, blank=True)
    minors_unrecognisable = models.BooleanField(_("minors made unrecognisable"), default=False)

    # What proves a closed year's activity may be filed later; what is filed stays.
    dating = (With("activity", leaves=_LEFT_OPEN, may_be_added=True),)

    objects = scoped(EvidenceQuerySet)

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        ordering = ["activity", "slot", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(address="")) | (~Q(file="") & Q(address="")),
                name="evidence_is_file_or_address",
                violation_error_message=_("Choose a file, or enter a web address: one."),
            ),
        ]

    def __str__(self):
        return self.caption or self.name or self.address

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture, with a thumbnail of its own."""
        return bool(self.thumbnail)

    @property
    def paths(self) -> list[str]:
        """Where its files are stored; none for a web address."""
        return [field.name for field in (self.file, self.thumbnail) if field]

    @property
    def may_leave(self) -> bool:
        """Whether it may stand in an export; see :meth:`EvidenceQuerySet.may_leave`."""
        if self.minors_visible is None:
            return self.minors_unrecognisable or not self.is_picture
        return not self.minors_visible or self.minors_unrecognisable

    def delete(self, *arguments, **options):
        """As Django's; the files go when the transaction has ended well."""
        with transaction.atomic():
            paths = self.paths
            deleted = super().delete(*arguments, **options)
            _remove_after_commit(paths)
        return deleted


class NotNeeded(UnitRow):
    """A kind of evidence that an activity does not need, and why."""

    activity = models.ForeignKey(
        Activity, verbose_name=_("activity"), on_delete=models.PROTECT, related_name="not_needed"
    )
    slot = models.CharField(_("kind of evidence"), max_length=10, choices=Slot)
    reason = models.CharField(_("reason"), max_length=100)

    dating = (With("activity", may_be_added=True),)

    objects = scoped()

    class Meta:
        verbose_name = _("evidence not needed")
        verbose_name_plural = _("evidence not needed")
        ordering = ["activity", "slot"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "slot"],
                name="not_needed_once",
                violation_error_message=_("This is marked as not needed already."),
            )
        ]

    def __str__(self):
        return f"{self.get_slot_display()}: {self.reason}"
