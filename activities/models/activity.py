"""What happened: one day or a series, where, with what themes, by whom."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.models import Organisation
from units.dates import Period, Precision, first_day_of
from units.dating import Inside
from units.scoping import UnitRow, scoped


class _NamedInOrder(UnitRow):
    """A name of the unit's own list; reports keep the order given here."""

    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="%(class)s_once_per_unit",
                violation_error_message=_("This unit already has an entry of that name."),
            )
        ]

    def __str__(self):
        return self.name


class Theme(_NamedInOrder):
    """What was studied or discussed: 社会主义核心价值观, 五大发展理念."""

    dating = ()

    objects = scoped()

    class Meta(_NamedInOrder.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class Series(_NamedInOrder):
    """A recurring platform: 中心组学习, 党员组织生活, 全院教职工大会."""

    dating = ()

    objects = scoped()

    class Meta(_NamedInOrder.Meta):
        verbose_name = _("series")
        verbose_name_plural = _("series")


class ActivityQuerySet(models.QuerySet):
    """Which activities a report counts."""

    def during(self, period: Period):
        """Activities that began within ``period``.

        A date of which only the month or the year is known stands for its first day.
        """
        return self.filter(started_on__range=(period.first, period.last))

    def drafts(self):
        """Entries without a date, which no report counts."""
        return self.filter(started_on__isnull=True)

    def of_kind(self, *kinds: str):
        """Activities of any of ``kinds``."""
        return self.filter(kind__in=kinds)


class Activity(UnitRow):
    """One thing that happened, or a series of equal ones entered as one row (``times``)."""

    class Kind(models.TextChoices):
        """What it was. Consultations are activities too; see ``consultations``."""

        STUDY = "study", _("themed study session")
        VISIT = "visit", _("visit to a place")
        SYMPOSIUM = "symposium", _("symposium")
        BRIEFING = "briefing", _("briefing")
        HEARING = "hearing", _("hearing in a selection")
        POLL = "poll", _("opinion poll")
        WRITTEN_REQUEST = "written_request", _("written request for opinions")
        BIMONTHLY = "bimonthly", _("bimonthly talk")
        TALK = "talk", _("talk")
        CALL = "call", _("call on a person")
        SERVICE_PROJECT = "service_project", _("joint service project")
        SERVICE_EVENT = "service_event", _("service event")
        CEREMONY = "ceremony", _("ceremony")
        TRAINING = "training", _("training")
        INCOMING_VISIT = "incoming_visit", _("incoming visit")
        OTHER = "other", _("other")

    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    title = models.CharField(_("title"), max_length=120, blank=True)
    started_on = models.DateField(
        _("date"), null=True, blank=True, help_text=_("Without a date no report counts it.")
    )
    precision = models.CharField(
        _("precision"), max_length=5, choices=Precision, default=Precision.DAY
    )
    ended_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Empty if it took one day.")
    )
    times = models.PositiveSmallIntegerField(
        _("number of times"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("More than 1 for a series entered as one row."),
    )
    occasion = models.CharField(
        _("occasion"),
        max_length=60,
        blank=True,
        help_text=_("As the report says it: 迎“中秋国庆”双节, 学期结束前."),
    )
    place = models.CharField(_("place"), max_length=80, blank=True)
    series = models.ForeignKey(
        Series,
        verbose_name=_("series"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
    )
    themes = models.ManyToManyField(
        Theme, verbose_name=_("themes"), blank=True, related_name="activities"
    )
    organisers = models.ManyToManyField(
        Organisation, verbose_name=_("organisers"), blank=True, related_name="activities"
    )
    partner = models.CharField(
        _("partner outside"), max_length=80, blank=True, help_text=_("For example a school.")
    )
    head_count = models.PositiveIntegerField(
        _("people present in all"),
        null=True,
        blank=True,
        help_text=_("As counted on the day, guests included."),
    )
    head_count_is_about = models.BooleanField(_("about that many"), default=False)
    head_count_note = models.CharField(
        _("why the count differs from the list"), max_length=100, blank=True
    )
    summary = models.TextField(_("summary"), max_length=2000, blank=True)

    _history_m2m_fields = ("themes", "organisers")

    dating = (Inside("started_on"),)

    objects = scoped(ActivityQuerySet)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = [F("started_on").asc(nulls_first=True), "pk"]
        indexes = [models.Index(fields=["unit", "kind", "started_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="activity_ends_after_start",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(times__gte=1),
                name="activity_took_place",
                violation_error_message=_("Enter how many times it took place, at least 1."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(started_on__isnull=False),
                name="activity_with_last_day_has_first",
                violation_error_message=_("Enter the first day too."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="talk") | Q(summary=""),
                name="talk_has_no_summary",
                violation_error_message=_("What was said in a talk is not recorded."),
            ),
        ]

    def __str__(self):
        return self.title or _("%(kind)s without a title") % {"kind": self.get_kind_display()}

    @property
    def is_draft(self) -> bool:
        """Whether no report can count it yet: it has no date."""
        return self.started_on is None

    def clean(self):
        super().clean()
        if self.kind == Activity.Kind.TALK and self.summary:
            raise ValidationError({"summary": _("What was said in a talk is not recorded.")})
        if self.started_on:
            self.started_on = first_day_of(self.started_on, self.precision)
        if self.started_on and self.ended_on and self.ended_on < self.started_on:
            raise ValidationError({"ended_on": _("The last day cannot be before the first.")})
