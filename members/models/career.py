"""What a person is and was: employment, posts, titles, schooling, honours."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.codes import LEVEL_OF_TITLE, Degree, EducationLevel, TitleLevel
from members.models.counting import employed_in, held_here
from members.models.organisation import Organisation
from members.models.party import Party
from units.dates import DatedQuerySet, DatedRow, NoOverlap, Precision, first_day_of
from units.dating import Holds, InYear
from units.models import Department
from units.scoping import UnitRow, scoped


def _of_person(related_name: str, **options) -> models.ForeignKey:
    return models.ForeignKey(
        "members.Member",
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name=related_name,
        **options,
    )


class Employment(UnitRow, DatedRow):
    """A time in the unit, in service or retired. Retiring ends one row and begins the next."""

    NO_OVERLAP = NoOverlap(
        same=("member_id",),
        message=_("This person already has an employment during these days: end that row."),
    )

    class Status(models.TextChoices):
        """Retired veterans (离休) count as members but never as in service."""

        IN_SERVICE = "in_service", _("in service")
        RETIRED = "retired", _("retired (退休)")
        RETIRED_VETERAN = "retired_veteran", _("retired veteran (离休)")

    member = _of_person("employments")
    status = models.CharField(_("status"), max_length=15, choices=Status, default=Status.IN_SERVICE)
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    full_time_teacher = models.BooleanField(_("full-time teacher"), default=False)

    dating = (Holds(),)

    objects = scoped(DatedQuerySet)

    class Meta:
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        ordering = ["member__sort_key", "started_on"]
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(full_time_teacher=False) | Q(status="in_service"),
                name="teachers_are_in_service",
                violation_error_message=_("Only somebody in service is a full-time teacher."),
            ),
        ]

    def __str__(self):
        return f"{self.get_status_display()} {self.department or ''}".strip()


class Appointment(UnitRow, DatedRow):
    """A post held from one day to another, in a body inside or outside the unit."""

    class Kind(models.TextChoices):
        """Which ledger the post belongs to."""

        PARTY = "party", _("post in a democratic party")
        CPC = "cpc", _("post in the Communist Party of China")
        SCHOOL = "school", _("post in the unit")
        CONGRESS = "congress", _("deputy to a people's congress")
        CONSULTATIVE = "consultative", _("member of a consultative conference")
        SOCIAL = "social", _("other public office")

    class Level(models.TextChoices):
        """The level of the body."""

        NATIONAL = "national", _("national")
        PROVINCIAL = "provincial", _("province or city")
        DISTRICT = "district", _("district or county")
        UNIT = "unit", _("this unit")

    member = _of_person("appointments")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    party = models.ForeignKey(
        Party,
        verbose_name=_("democratic party"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation of this unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
    )
    body = models.CharField(
        _("body"),
        max_length=60,
        blank=True,
        help_text=_("As the report names it without the party: 区委, 市委, 区政协."),
    )
    post = models.CharField(_("post"), max_length=40)
    term = models.CharField(_("term"), max_length=20, blank=True)

    dating = (Holds(counts=held_here, leaves=["term"]),)

    objects = scoped(DatedQuerySet)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = [F("party__order").asc(nulls_first=True), "started_on", "pk"]
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(kind="party") | Q(party__isnull=False),
                name="party_posts_name_their_party",
                violation_error_message=_("Choose the democratic party of this post."),
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(body=""),
                name="posts_name_their_body",
                violation_error_message=_("Name the body, or choose an organisation of the unit."),
            ),
        ]

    def __str__(self):
        return self.words

    @property
    def words(self) -> str:
        """The post as a sentence names it: 民盟区委主委, 总支书记."""
        return self.words_with(self.organisation.name if self.organisation_id else "")

    def words_with(self, organisation: str | None) -> str:
        """The same, where the organisation of this unit was called ``organisation`` on a day."""
        party = self.party.brief if self.party_id else ""
        return f"{party}{self.body or organisation or ''}{self.post}"


class Title(UnitRow, DatedRow):
    """A professional title from the day it was awarded. Reports count by ``level``."""

    member = _of_person("titles")
    name = models.CharField(_("title"), max_length=40)
    level = models.CharField(_("level"), max_length=20, choices=TitleLevel)
    code = models.CharField(_("code in GB/T 8561"), max_length=3, blank=True)

    dating = (Holds(counts=employed_in, leaves=["code"]),)

    objects = scoped(DatedQuerySet)

    class Meta:
        verbose_name = _("professional title")
        verbose_name_plural = _("professional titles")
        ordering = ["member__sort_key", "started_on"]
        constraints = DatedRow.Meta.constraints

    def __str__(self):
        return self.name

    def clean(self):
        """Refuse a level that contradicts a well-known name: 小学高级教师 is a middle level."""
        super().clean()
        known = LEVEL_OF_TITLE.get(self.name)
        if known and self.level and self.level != known:
            raise ValidationError(
                {
                    "level": _("%(title)s is a title of level %(level)s.")
                    % {"title": self.name, "level": known.label}
                }
            )


class Education(UnitRow):
    """Schooling completed. Schooling (学历) and degree (学位) are two facts."""

    member = _of_person("educations")
    level = models.CharField(_("schooling"), max_length=2, choices=EducationLevel)
    degree = models.CharField(_("degree"), max_length=8, choices=Degree, blank=True)
    part_time = models.BooleanField(_("beside the job"), default=False)
    school = models.CharField(_("school and subject"), max_length=80, blank=True)
    completed_on = models.DateField(_("completed"), null=True, blank=True)
    completed_precision = models.CharField(
        _("precision"), max_length=5, choices=Precision, default=Precision.MONTH
    )

    # Reports count the level alone, from the day it was reached.
    dating = (
        Holds(
            start="completed_on",
            end="",
            counts=employed_in,
            leaves=["school", "degree", "part_time"],
        ),
    )

    objects = scoped()

    class Meta:
        verbose_name = _("schooling")
        verbose_name_plural = _("schooling")
        ordering = ["member__sort_key", "level"]

    def __str__(self):
        return self.get_level_display()

    def clean(self):
        super().clean()
        if self.completed_on:
            self.completed_on = first_day_of(self.completed_on, self.completed_precision)


class Honour(UnitRow):
    """An honour of the unit, of an organisation or of a person.

    It counts for ``performance_year``, the year it was earned in, not for the date on the
    certificate (statistics of superiors ask for it so).
    """

    class Level(models.TextChoices):
        """Who awards it."""

        NATIONAL = "national", _("national")
        PROVINCIAL = "provincial", _("province or city")
        DISTRICT = "district", _("district or county")
        UNIT = "unit", _("this unit")

    member = _of_person("honours", null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="honours",
        help_text=_("Leave person and organisation empty for an honour of the unit itself."),
    )
    title = models.CharField(_("honour"), max_length=80)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    performance_year = models.PositiveSmallIntegerField(_("earned in the year"))
    awarded_by = models.CharField(_("awarded by"), max_length=80, blank=True)
    document_number = models.CharField(_("document number"), max_length=40, blank=True)
    awarded_on = models.DateField(_("date of the certificate"), null=True, blank=True)

    dating = (InYear("performance_year"),)

    objects = scoped()

    class Meta:
        verbose_name = _("honour")
        verbose_name_plural = _("honours")
        ordering = ["-performance_year", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=True) | Q(organisation__isnull=True),
                name="honour_has_one_recipient",
                violation_error_message=_("An honour goes to a person or to an organisation."),
            )
        ]

    def __str__(self):
        return self.title
