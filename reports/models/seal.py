"""What was signed, kept for good: the exact content, its PDF, and what proves both."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from reports.models.report import Report
from reports.models.step import DeedRefused, Step, obstacle_to
from reports.states import Deed
from units.events import hold_chain
from units.models import ClosedYear, User
from units.permanent import PermanentQuerySet, PermanentRow
from units.scoping import scoped


class SealQuerySet(PermanentQuerySet):
    """Seals, with or without their large parts."""

    def light(self) -> "SealQuerySet":
        """Without content and PDF, which are read when they are asked for: for lists."""
        return self.defer("content", "pdf")


class Seal(PermanentRow):
    """A signed report. Saving one is signing: it makes the step, or nothing happens at all.

    ``content`` is the canonical JSON that :mod:`reports.sealing` describes, ``digest`` its SHA-256,
    which the PDF prints; ``pdf_digest`` is the SHA-256 of the PDF's bytes. ``log_number`` and
    ``log_digest`` are the head of the change log when it was signed; the PDF prints them too.
    """

    report = models.OneToOneField(
        Report, verbose_name=_("report"), on_delete=models.PROTECT, related_name="seal"
    )
    closed_year = models.OneToOneField(
        ClosedYear, verbose_name=_("closed year"), on_delete=models.PROTECT, related_name="+"
    )
    content = models.TextField(_("content"))
    digest = models.CharField(_("checksum of the content"), max_length=64, unique=True)
    pdf = models.BinaryField(_("PDF"))
    pdf_digest = models.CharField(_("checksum of the PDF"), max_length=64, db_index=True)
    layout = models.CharField(_("version of the layout"), max_length=60)
    log_number = models.PositiveBigIntegerField(_("last event before it"))
    log_digest = models.CharField(_("seal of that event"), max_length=64)
    signed_by = models.ForeignKey(
        User, verbose_name=_("signed by"), on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed at"))

    HIDDEN_FIELDS = frozenset({"content", "pdf"})
    UNVERSIONED_FIELDS = frozenset({"content", "pdf"})

    objects = scoped(SealQuerySet)

    class Meta(PermanentRow.Meta):
        verbose_name = pgettext_lazy("seal of a report", "seal")
        verbose_name_plural = _("seals")
        ordering = ["report"]

    def __str__(self):
        return f"{self.report}: {self.digest[:8]}"

    def save(self, *args, **kwargs):
        """Sign: keep this, and take the report's last step. DeedRefused, ValidationError."""
        with transaction.atomic():
            hold_chain()
            obstacle = obstacle_to(Deed.SIGN, self.report, self.signed_by)
            if obstacle:
                raise DeedRefused(obstacle)
            super().save(*args, **kwargs)
            Step(
                unit=self.unit,
                report=self.report,
                deed=Deed.SIGN,
                by=self.signed_by,
                at=self.signed_at,
            ).save()

    def clean(self):
        """Refuse checksums that are not of this content and this PDF, and another year."""
        super().clean()
        if self.digest != sha256(self.content.encode()) or self.pdf_digest != sha256(self.pdf):
            raise ValidationError(
                gettext("The checksums are not those of the content and the PDF.")
            )
        if self.closed_year_id and self.closed_year.year != self.report.year:
            raise ValidationError(gettext("The seal belongs to another year than the report."))


def sha256(content: bytes) -> str:
    """SHA-256 in small hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
