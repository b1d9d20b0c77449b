"""Recording a talk of a pair: the activity, the two who took part, and what is to be followed up.

What was said, and what anybody thinks, is recorded nowhere.
"""

from datetime import date

from django.db import transaction

from activities.models import Activity, Participation, Talk, TalkPair
from units.dates import Precision


@transaction.atomic
def record_talk(
    pair: TalkPair, *, day: date, precision: str = Precision.DAY, title: str, follow_up: str = ""
) -> Talk:
    """A talk that ``pair`` held on ``day``; ``title`` is the heading of its topic.

    ValidationError, and nothing stored, for what the records do not take.
    """
    activity = Activity(unit=pair.unit, kind=Activity.Kind.TALK)
    talk = Talk(unit=pair.unit, activity=activity, pair=pair, follow_up=follow_up)
    return _store(talk, day=day, precision=precision, title=title)


@transaction.atomic
def change_talk(talk: Talk, *, day: date, precision: str, title: str) -> Talk:
    """Store ``talk`` with its day and heading; after a change of its pair, with the other two."""
    return _store(talk, day=day, precision=precision, title=title)


@transaction.atomic
def take_back(talk: Talk):
    """Delete a talk that was entered by mistake. It stays in the change log."""
    activity = talk.activity
    talk.delete()
    for row in activity.participations.all():
        row.delete()
    activity.delete()


def _store(talk: Talk, *, day: date, precision: str, title: str) -> Talk:
    activity = talk.activity
    activity.started_on, activity.precision, activity.title = day, precision, title
    activity.full_clean()
    activity.save()
    talk.activity = activity
    talk.full_clean()
    talk.save()
    _seat(activity, talk.pair)
    return talk


def _seat(activity: Activity, pair: TalkPair):
    """Both of the pair took part, and nobody else."""
    wanted = {pair.leader_id, pair.friend_id}
    for row in activity.participations.all():
        if row.member_id in wanted:
            wanted.discard(row.member_id)
        else:
            row.delete()
    for member in (pair.leader, pair.friend):
        if member.pk in wanted:
            row = Participation(unit=activity.unit, activity=activity, member=member)
            row.full_clean()
            row.save()
