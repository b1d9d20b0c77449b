"""Everything that happened on a date, its evidence, and the aid ledger."""

from activities.models.activity import Activity, Series, Theme
from activities.models.aid import AidRound, RoundStep
from activities.models.attendance import GuestGroup, Participation
from activities.models.evidence import Evidence, NotNeeded, Slot
from activities.models.gift import Gift, GiftDonor
from activities.models.grant import Grant, Recipient, Reversal
from activities.models.ledger import Booked, LedgerEntry
from activities.models.pledge import Pledge
from activities.models.talk import Talk, TalkPair
from activities.models.target import Target

__all__ = [
    "RoundStep",
    "Reversal",
    "Pledge",
    "LedgerEntry",
    "Booked",
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
