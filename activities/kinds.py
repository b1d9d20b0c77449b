"""What each kind of activity asks for: the fields of its form, who came, and its evidence.

One table, read by the form, by what is said to be missing, and by the checklist of evidence.
Nothing in it is compulsory: an activity is stored with whatever is known.
"""

from dataclasses import dataclass

from activities.models import Activity, Slot

Kind = Activity.Kind


@dataclass(frozen=True)
class Asked:
    """What one kind asks for.

    ``fields`` are names of fields of ``Activity`` besides the date and the title, which every kind
    has; ``needs`` what is worth a word where it is missing (see :mod:`activities.missing`);
    ``slots`` the evidence that offices file for it. ``by_name``: people are ticked on a roster. A
    poll is secret and a written request has no meeting: they keep totals, and nobody's name.
    """

    fields: tuple[str, ...]
    needs: tuple[str, ...] = ()
    by_name: bool = True
    counts_heads: bool = True
    guests: bool = True
    slots: tuple[str, ...] = ()


_MEETING = ("place", "occasion", "organisers")

ASKED: dict[str, Asked] = {
    Kind.SYMPOSIUM: Asked(
        fields=(*_MEETING, "summary"),
        needs=("place", "occasion", "attendance", "head_count"),
        slots=(
            *(Slot.NOTICE, Slot.SIGN_IN, Slot.MINUTES),
            *(Slot.PHOTO, Slot.NEWS, Slot.OPINIONS),
        ),
    ),
    Kind.BIMONTHLY: Asked(
        fields=(*_MEETING, "summary"),
        needs=("place", "attendance", "head_count"),
        slots=(
            *(Slot.NOTICE, Slot.SIGN_IN, Slot.MINUTES),
            *(Slot.PHOTO, Slot.NEWS, Slot.OPINIONS),
        ),
    ),
    Kind.BRIEFING: Asked(
        fields=(*_MEETING, "summary"),
        needs=("place", "attendance", "head_count"),
        slots=(Slot.NOTICE, Slot.SIGN_IN, Slot.MATERIAL, Slot.MINUTES, Slot.PHOTO),
    ),
    Kind.HEARING: Asked(
        fields=("place", "organisers", "summary"),
        needs=("attendance", "head_count"),
        slots=(Slot.NOTICE, Slot.SIGN_IN, Slot.MINUTES),
    ),
    Kind.POLL: Asked(
        # How many took part stands in its tally.
        fields=("organisers", "summary"),
        needs=("organisers",),
        by_name=False,
        counts_heads=False,
        guests=False,
        slots=(Slot.NOTICE, Slot.OPINIONS),
    ),
    Kind.WRITTEN_REQUEST: Asked(
        fields=("ended_on", "organisers", "summary"),
        by_name=False,
        guests=False,
        slots=(Slot.NOTICE, Slot.OPINIONS),
    ),
    Kind.STUDY: Asked(
        fields=("times", "series", "themes", "place", "organisers", "summary"),
        needs=("themes", "attendance"),
        slots=(Slot.NOTICE, Slot.SIGN_IN, Slot.MATERIAL, Slot.PHOTO, Slot.NEWS),
    ),
    Kind.VISIT: Asked(
        fields=("place", "organisers", "partner", "summary"),
        needs=("place", "attendance", "head_count"),
        slots=(Slot.NOTICE, Slot.PLAN, Slot.SIGN_IN, Slot.PHOTO, Slot.NEWS),
    ),
    Kind.TRAINING: Asked(
        fields=("ended_on", "place", "partner", "organisers", "themes", "summary"),
        needs=("place", "attendance"),
        guests=False,
        slots=(Slot.NOTICE, Slot.PROOF),
    ),
    Kind.INCOMING_VISIT: Asked(
        fields=("partner", "place", "organisers", "summary"),
        needs=("partner",),
        slots=(Slot.NOTICE, Slot.PHOTO, Slot.NEWS),
    ),
    Kind.CEREMONY: Asked(
        fields=("place", "organisers", "summary"),
        needs=("place", "head_count"),
        slots=(Slot.NOTICE, Slot.SIGN_IN, Slot.PHOTO, Slot.NEWS),
    ),
    Kind.SERVICE_PROJECT: Asked(
        fields=("partner", "ended_on", "place", "organisers", "summary"),
        needs=("partner", "organisers"),
        slots=(Slot.PLAN, Slot.PHOTO, Slot.NEWS),
    ),
    Kind.SERVICE_EVENT: Asked(
        fields=("place", "partner", "organisers", "summary"),
        needs=("place",),
        slots=(Slot.NOTICE, Slot.PLAN, Slot.PHOTO, Slot.NEWS),
    ),
    # What was said in a talk is not recorded, and no file is filed about one.
    Kind.TALK: Asked(fields=("place",), counts_heads=False, guests=False),
    Kind.CALL: Asked(
        fields=("occasion", "place", "organisers", "summary"), counts_heads=False, guests=False
    ),
    Kind.OTHER: Asked(
        fields=(
            *("ended_on", "times", "place", "occasion", "series", "themes"),
            *("organisers", "partner", "summary"),
        ),
    ),
}
"""Every kind, in the order in which the page for a new activity offers them."""
