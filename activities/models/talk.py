"""Friends among colleagues (联谊交友、结对): who keeps in touch with whom, and when they talked.

What was said is not recorded, nor what anybody thinks: a date, a topic's heading, and what is to be
followed up.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from members.models import Member
from units.dates import DatedQuerySet, DatedRow, NoOverlap
from units.dating import Holds, With
from units.scoping import UnitRow, scoped
from units.written_dates import written


class TalkPair(UnitRow, DatedRow):
    """A leader who keeps in touch with a colleague, for a time, so many times a year."""

    NO_OVERLAP = NoOverlap(
        same=("leader_id", "friend_id"),
        message=_("These two are a pair already during these days: end that row."),
    )

    leader = models.ForeignKey(
        Member, verbose_name=_("leader"), on_delete=models.PROTECT, related_name="+"
    )
    friend = models.ForeignKey(
        Member, verbose_name=_("colleague"), on_delete=models.PROTECT, related_name="talk_pairs"
    )
    times_a_year = models.PositiveSmallIntegerField(
        _("talks a year"), default=2, validators=[MinValueValidator(1), MaxValueValidator(24)]
    )

    dating = (Holds(),)

    objects = scoped(DatedQuerySet)

    class Meta:
        verbose_name = _("pair of friends")
        verbose_name_plural = _("pairs of friends")
        ordering = ["leader__sort_key", "friend__sort_key", "pk"]
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(leader=F("friend")),
                name="pair_of_two",
                violation_error_message=_("Choose two different people."),
            ),
        ]

    def __str__(self):
        return f"{self.leader} – {self.friend}"


class Talk(UnitRow):
    """What an activity of the kind talk has besides: its pair, and what is to be followed up."""

    activity = models.OneToOneField(
        Activity, verbose_name=_("activity"), on_delete=models.PROTECT, related_name="talk"
    )
    pair = models.ForeignKey(
        TalkPair, verbose_name=_("pair of friends"), on_delete=models.PROTECT, related_name="talks"
    )
    follow_up = models.CharField(
        _("to be followed up"),
        max_length=60,
        blank=True,
        help_text=_("What is to be done; nothing about what somebody thinks or said."),
    )
    followed_up_on = models.DateField(_("done on"), null=True, blank=True)

    dating = (With("activity", leaves=["follow_up", "followed_up_on"]),)

    objects = scoped()

    class Meta:
        verbose_name = _("talk of a pair")
        verbose_name_plural = _("talks of pairs")
        ordering = ["activity__started_on", "pk"]

    def __str__(self):
        return str(self.activity)

    @property
    def day_written(self) -> str:
        """When it was held, as precisely as it is known."""
        return written(self.activity.started_on, self.activity.precision)

    def clean(self):
        super().clean()
        if self.activity_id and self.activity.kind != Activity.Kind.TALK:
            raise ValidationError({"activity": _("Choose an activity of the kind talk.")})
