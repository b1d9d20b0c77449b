"""Short forms of what ends in a colleague's life: each plans one deed of ``members.moves``."""

from datetime import date

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from members import moves
from members.models import Appointment, Employment, Member, Organisation
from members.moves import Move
from members.transfers import transfer
from units.dates import DatedRow
from units.models import Unit
from units.page_forms import (
    DayField,
    OnPage,
)

FIRST_DAY = _("The first day on which it no longer holds: the day before still counts.")


class PostsThatEnd(forms.ModelMultipleChoiceField):
    """Which of somebody's posts end together with something else."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, queryset=None, **options):
        super().__init__(queryset, required=False, **options)


class _EndForm(OnPage, forms.Form):
    """The day on which something ends."""

    day = DayField(label=_("from which day on"), help_text=FIRST_DAY)

    def __init__(self, *args, person: Member, today: date, about: DatedRow | None, **options):
        super().__init__(*args, **options)
        self.person, self.about = person, about
        self.fields["day"].year = today.year

    @property
    def day_typed(self) -> date:
        """The first day that no longer counts."""
        return self.cleaned_data["day"]


class _EndWithPostsForm(_EndForm):
    """The same, with a tick for each post that ends too."""

    posts = PostsThatEnd(
        label=_("Posts that end on the same day"),
        help_text=_("What stays unticked goes on."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        posts = self.posts_asked()
        self.fields["posts"].queryset = posts
        self.initial.setdefault("posts", [post.pk for post in posts if self.ends_too(post)])
        if not posts:
            del self.fields["posts"]

    def posts_asked(self):
        """The posts that the form asks about."""
        return moves.lasting_posts(self.person)

    def ends_too(self, post: Appointment) -> bool:
        """Whether ``post`` is ticked at first: a post in the unit ends with the work there."""
        return post.kind in (Appointment.Kind.SCHOOL, Appointment.Kind.CPC)

    @property
    def ending(self) -> list[Appointment]:
        """The posts that were ticked."""
        return list(self.cleaned_data.get("posts", ()))


class LeaveForm(_EndWithPostsForm):
    """Somebody leaves the unit. ``elsewhere`` are the other units whose records the asker keeps:
    into one of them the person may be taken along."""

    to = forms.ModelChoiceField(
        None,
        label=_("goes to"),
        required=False,
        empty_label=_("another place of work"),
        help_text=_("A unit whose records you keep too: the person is entered there as well."),
    )
    field_order = ("day", "to", "posts")

    def __init__(self, *args, elsewhere: QuerySet[Unit], **options):
        super().__init__(*args, **options)
        self.fields["to"].queryset = elsewhere
        if not elsewhere:
            del self.fields["to"]

    def move(self) -> Move:
        """What it does."""
        when = {"day": self.day_typed, "ending": self.ending}
        to = self.cleaned_data.get("to")
        return transfer(self.person, to=to, **when) if to else moves.leaving(self.person, **when)


class RetireForm(_EndWithPostsForm):
    """Somebody retires."""

    status = forms.ChoiceField(
        label=_("kind of retirement"),
        choices=[
            (each.value, each.label)
            for each in (Employment.Status.RETIRED, Employment.Status.RETIRED_VETERAN)
        ],
        help_text=_("Retired veteran (离休): only for those who took part before 1 October 1949."),
    )
    field_order = ("day", "status", "posts")

    def move(self) -> Move:
        """What it does."""
        status = self.cleaned_data["status"]
        return moves.retirement(self.person, day=self.day_typed, status=status, ending=self.ending)


class EndPostForm(_EndForm):
    """A post ends."""

    def move(self) -> Move:
        """What it does."""
        return moves.giving_up_post(self.about, day=self.day_typed)


class LeavePartyForm(_EndWithPostsForm):
    """Somebody leaves a democratic party. Why is the party's affair and recorded nowhere."""

    def posts_asked(self):
        """Posts in that party."""
        return super().posts_asked().filter(party=self.about.party)

    def ends_too(self, post: Appointment) -> bool:
        """All of them: only a member holds one."""
        return True

    def move(self) -> Move:
        """What it does."""
        return moves.leaving_party(self.about, day=self.day_typed, ending=self.ending)


class ChangeOrganisationForm(_EndForm):
    """Somebody goes on in another organisation of the same party."""

    organisation = forms.ModelChoiceField(
        None,
        label=_("new organisation"),
        required=False,
        empty_label=_("none of this unit's organisations"),
    )
    field_order = ("organisation", "day")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = Organisation.objects.filter(
            unit=self.person.unit, party=self.about.party
        )
        self.fields["day"].help_text = _("The first day in the new organisation.")

    def move(self) -> Move:
        """What it does."""
        organisation = self.cleaned_data["organisation"]
        return moves.changing_organisation(
            self.about, day=self.day_typed, organisation=organisation
        )
