"""Everything that happened on a date, its evidence, and the aid ledger."""

from activities.models.activity import Activity, Series, Theme
from activities.models.aid import AidRound, Gift, GiftDonor, Grant, Recipient
from activities.models.attendance import GuestGroup, Participation
from activities.models.evidence import Evidence, NotNeeded, Slot
from activities.models.talk import Talk, TalkPair
from activities.models.target import Target

__all__ = [
    "Activity",
    "AidRound",
    "Evidence",
    "Gift",
    "GiftDonor",
    "Grant",
    "GuestGroup",
    "NotNeeded",
    "Participation",
    "Recipient",
    "Series",
    "Slot",
    "Talk",
    "TalkPair",
    "Target",
    "Theme",
]
